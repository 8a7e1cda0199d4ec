package io.github.workqueue.migration;

import io.github.workqueue.annotation.Work;

import org.springframework.stereotype.Component;

@Component
class Prices {

	private final Catalog catalog;

	Prices(Catalog catalog) {
		this.catalog = catalog;
	}

	@Work(name = "refreshPrices")
	void refreshPrices() {
		this.catalog.refreshPrices();
	}

	@Work(name = "refreshProduct", queue = "system_unbound_wq")
	void refreshProduct(Long product) {
		this.catalog.refreshProduct(product);
	}

}
