package io.github.workqueue.migration;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;

import org.springframework.stereotype.Component;

@Component
class PriceController {

	private final WorkItem refreshPrices;

	private final KeyedWork<Long> refreshProduct;

	PriceController(WorkItem refreshPrices, KeyedWork<Long> refreshProduct) {
		this.refreshPrices = refreshPrices;
		this.refreshProduct = refreshProduct;
	}

	void pricesChanged() {
		this.refreshPrices.schedule();
	}

	void productChanged(long product) {
		this.refreshProduct.schedule(product);
	}

}
