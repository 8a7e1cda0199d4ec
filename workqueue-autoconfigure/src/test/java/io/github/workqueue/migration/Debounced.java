package io.github.workqueue.migration;

import io.github.workqueue.annotation.DelayedWork;

import org.springframework.stereotype.Component;

@Component
class Debounced {

	private final Catalog catalog;

	Debounced(Catalog catalog) {
		this.catalog = catalog;
	}

	@DelayedWork(name = "publishPrices", delay = "200ms", debounce = true, maxWait = "2s")
	void publishPrices() {
		this.catalog.refreshPrices();
	}

}
