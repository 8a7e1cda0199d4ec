package io.github.workqueue.migration;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;
import io.github.workqueue.test.AutoConfigureWorkqueues;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import io.github.workqueue.test.WorkqueueTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** What the migration pages promise of the code that they show. */
@SpringBootTest(properties = { "workqueue.queues.exports.type=unbound", "workqueue.queues.exports.max-active=4",
		"workqueue.queues.exports.max-pending=100" })
@AutoConfigureWorkqueues(mode = Mode.STEPPED)
class MigrationTests {

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private Catalog catalog;

	@Autowired
	private PriceController controller;

	@Autowired
	private LegacyCaller caller;

	@Autowired
	private DelayedWorkItem removeExpired;

	@Autowired
	private DelayedWorkItem publishPrices;

	@Autowired
	private KeyedWork<Long> export;

	@AfterEach
	void forget() {
		this.tester.runPending();
		this.catalog.calls().clear();
	}

	@Test
	void requestsForTheSameWorkMerge() {
		this.controller.pricesChanged();
		this.controller.pricesChanged();
		this.controller.productChanged(7);
		this.controller.productChanged(8);
		this.controller.productChanged(7);
		this.tester.runPending();
		assertThat(this.catalog.calls()).containsExactlyInAnyOrder("prices", "product 7", "product 8");
	}

	@Test
	void periodicWorkIsArmedAgainWhenItHasEnded() {
		assertThat(this.removeExpired.isPending()).as("queued on start-up, or armed again").isTrue();
		this.tester.advance(Duration.ofMinutes(10));
		this.tester.runPending();
		assertThat(this.catalog.calls()).contains("expired");
		this.catalog.calls().clear();
		this.tester.advance(Duration.ofMinutes(10).minusMillis(1));
		this.tester.runPending();
		assertThat(this.catalog.calls()).doesNotContain("expired");
		this.tester.advance(Duration.ofMillis(1));
		this.tester.runPending();
		assertThat(this.catalog.calls()).contains("expired");
	}

	@Test
	void aQueueIsStillAnExecutor() {
		Executor executor = this.caller::run;
		executor.execute(() -> this.catalog.export(1));
		this.export.schedule(2L);
		this.tester.runPending();
		assertThat(this.catalog.calls()).contains("export 1", "export 2");
	}

	@Test
	void debouncedRequestsRunOnce() {
		this.publishPrices.schedule();
		this.tester.advance(Duration.ofMillis(150));
		this.publishPrices.schedule();
		this.tester.advance(Duration.ofMillis(150));
		this.tester.runPending();
		assertThat(this.catalog.calls()).doesNotContain("prices");
		this.tester.advance(Duration.ofMillis(50));
		this.tester.runPending();
		assertThat(this.catalog.calls()).containsOnlyOnce("prices");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkqueueAutoConfiguration.class)
	@Import({ Catalog.class, Prices.class, PriceController.class, Expiry.class, Exports.class, LegacyCaller.class,
			Debounced.class })
	static class Application {

	}

}
