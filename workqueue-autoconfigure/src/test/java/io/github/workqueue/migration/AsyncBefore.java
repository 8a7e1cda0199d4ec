package io.github.workqueue.migration;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

@Component
class AsyncBefore {

	private final Catalog catalog;

	AsyncBefore(Catalog catalog) {
		this.catalog = catalog;
	}

	@Async
	public void refreshPrices() {
		this.catalog.refreshPrices();
	}

	@Async
	public void refreshProduct(long product) {
		this.catalog.refreshProduct(product);
	}

}
