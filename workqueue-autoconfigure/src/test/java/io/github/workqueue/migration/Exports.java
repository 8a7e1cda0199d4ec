package io.github.workqueue.migration;

import io.github.workqueue.annotation.Work;

import org.springframework.stereotype.Component;

@Component
class Exports {

	private final Catalog catalog;

	Exports(Catalog catalog) {
		this.catalog = catalog;
	}

	@Work(name = "export", queue = "exports", maxAttempts = "5", backoff = "1s..1m ~20%")
	void export(Long order) {
		this.catalog.export(order);
	}

}
