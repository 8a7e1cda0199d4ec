package io.github.workqueue.migration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.annotation.DelayedWork;

import org.springframework.stereotype.Component;

@Component
class Expiry {

	private final Catalog catalog;

	Expiry(Catalog catalog) {
		this.catalog = catalog;
	}

	@DelayedWork(name = "removeExpired", queue = "system_power_efficient_wq", delay = "10m", onStartup = true)
	void removeExpired(DelayedWorkItem self) {
		try {
			this.catalog.removeExpired();
		}
		finally {
			self.schedule();
		}
	}

}
