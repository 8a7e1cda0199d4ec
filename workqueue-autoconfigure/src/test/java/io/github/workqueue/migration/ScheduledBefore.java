package io.github.workqueue.migration;

import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class ScheduledBefore {

	private final Catalog catalog;

	ScheduledBefore(Catalog catalog) {
		this.catalog = catalog;
	}

	@Scheduled(fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	void removeExpired() {
		this.catalog.removeExpired();
	}

}
