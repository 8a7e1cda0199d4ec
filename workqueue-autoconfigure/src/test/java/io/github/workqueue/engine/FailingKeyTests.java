package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys whose own methods fail on a worker, as those of a lazy proxy do. */
class FailingKeyTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Workqueue queue = this.engine.alloc("queue", 1);

	private final Gate gate = this.engines.gate();

	private final AtomicInteger runs = new AtomicInteger();

	/**
	 * Story of a key whose failure took the next item along and let its flush wait for
	 * good.
	 */
	@Test
	void whatRunsNextAndWhoWaitsDoNotSuffer() throws Exception {
		KeyedWork<Key> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> this.gate.handle(null));
		Key key = new Key();
		keyed.schedule(key);
		this.gate.awaitStarts(1);
		WorkItem next = Engines.queue(this.engine, this.queue, "next", (work) -> this.runs.incrementAndGet());
		FutureTask<Boolean> flush = Engines.async(() -> keyed.flush(key));
		FutureTask<Boolean> flushNext = Engines.async(next::flush);
		Engines.untilWaiting(List.of(flush, flushNext));
		this.gate.open();
		assertThat(Engines.get(flush)).isTrue();
		Engines.get(flushNext);
		assertThat(this.runs).hasValue(1);
		assertThat(this.log.containing("a key of work 'keyed' stays in memory")).hasSize(1);
		assertThat(keyed.schedule(key)).as("can be queued again").isTrue();
	}

	/**
	 * Story of an item that a key had had, and that ran beside the one it had by then.
	 */
	@Test
	void anItemThatItsKeyHasNoMoreIsNotQueuedByEnablingIt() throws Exception {
		AtomicReference<WorkItem> held = new AtomicReference<>();
		KeyedWork<String> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> {
			this.runs.incrementAndGet();
			held.set(this.engine.current().orElseThrow());
		});
		keyed.schedule("key");
		this.queue.flush();
		Engines.until("it is forgotten", () -> keyed.size() == 0);
		held.get().disable();
		assertThat(held.get().enableAndQueue(this.queue)).isFalse();
		this.queue.flush();
		assertThat(this.runs).hasValue(1);
	}

	private static final class Key {

		@Override
		public int hashCode() {
			if (Thread.currentThread().getName().startsWith("kworker/")) {
				throw new IllegalStateException("expected by the test");
			}
			return 1;
		}

		@Override
		public boolean equals(Object other) {
			return other == this;
		}

	}

}
