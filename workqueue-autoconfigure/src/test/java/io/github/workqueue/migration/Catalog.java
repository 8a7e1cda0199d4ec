package io.github.workqueue.migration;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Component;

/** What the snippets work on. */
@Component
class Catalog {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	void refreshPrices() {
		this.calls.add("prices");
	}

	void refreshProduct(long product) {
		this.calls.add("product " + product);
	}

	void removeExpired() {
		this.calls.add("expired");
	}

	void export(long order) {
		this.calls.add("export " + order);
	}

	List<String> calls() {
		return this.calls;
	}

}
