package io.github.workqueue.snapshot;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dump says what is busy, and stays a page.
 */
class EngineDumpTests {

	private final WorkqueueEngine engine = WorkqueueEngine
		.start(EngineSettings.builder().cpus(1).drainTimeout(Duration.ofMillis(1)).build());

	private final CountDownLatch open = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.open.countDown();
		this.engine.close();
	}

	@Test
	void saysThatNothingIsBusy() {
		assertThat(this.engine.dump())
			.isEqualTo("Showing busy workqueues and worker pools:\nnothing runs, waits or is armed\n");
	}

	@Test
	void foldsTenThousandItemsAndEqualStacks() {
		Workqueue media = this.engine.alloc("media", 3, WorkqueueFlag.UNBOUND);
		KeyedWork<String> index = this.engine.initKeyedWork("index", media, (key) -> this.open.await());
		for (int i = 0; i < 10_000; i++) {
			index.schedule("secret" + i);
		}
		for (int i = 0; i < 100; i++) {
			media.queue(this.engine.initWork("other" + i, (work) -> this.open.await()));
		}
		media.queueDelayed(this.engine.initDelayedWork("commit", (work) -> this.open.await()), Duration.ofHours(1));
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::threeAreBlocked);
		String dump = this.engine.dump();
		assertThat(dump)
			.contains("workqueue media: flags=[UNBOUND] state=ACTIVE active=3/3 pending=10097 inactive=10097",
					"  in-flight: kworker/u", ", blocked\n", "  pending: 9997*index for ", "other0 for ",
					" and 81 more names\n", "  delayed: commit due in 3", " running=3 waiting=0",
					"CountDownLatch.await")
			.doesNotContain("secret");
		assertThat(dump.lines().filter((line) -> line.startsWith("Stack of "))).hasSize(1);
		assertThat(dump.lines()).hasSizeLessThan(60);
	}

	private boolean threeAreBlocked() {
		return this.engine.inspectPools()
			.stream()
			.flatMap((pool) -> pool.busy().stream())
			.filter((worker) -> worker.state() == WorkerSnapshot.State.BLOCKED)
			.count() == 3;
	}

}
