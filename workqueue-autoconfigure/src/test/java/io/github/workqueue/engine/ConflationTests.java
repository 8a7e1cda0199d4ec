package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A producer writes a plain field and requests the item. Whether that was accepted or met
 * a pending instance, an execution follows that sees the field; and who flushes sees what
 * that execution wrote, in another plain field.
 */
class ConflationTests {

	/** Requests between two flushes: so often does the last one meet a start. */
	private static final int BURST = 3;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	/** Plain on purpose: the request and the start order it. */
	private long requested;

	/** Plain on purpose: the end of the execution and the flush order it. */
	private long seen;

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound", "bh" })
	void theLastExecutionSeesTheLastRequest(String kind) throws Exception {
		assertThat(missed(kind, Duration.ofMillis(300))).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "percpu", "unbound", "ordered", "bh" })
	@Tag("stress")
	void theLastExecutionSeesTheLastRequestForAMinute(String kind) throws Exception {
		assertThat(missed(kind, Duration.ofMinutes(1))).isZero();
	}

	/** Returns after how many flushes the last request had not been seen. */
	private long missed(String kind, Duration time) throws Exception {
		Workqueue queue = QueueKinds.alloc(this.engine, kind);
		WorkItem item = this.engine.initWork("item", queue, (work) -> this.seen = this.requested);
		FutureTask<Long> producer = Engines.async(() -> {
			long missed = 0;
			long end = System.nanoTime() + time.toNanos();
			for (int round = 0; round % 64 != 0 || System.nanoTime() - end < 0; round++) {
				for (int i = 0; i < BURST; i++) {
					this.requested++;
					item.schedule();
				}
				item.flush();
				missed += (this.seen != this.requested) ? 1 : 0;
			}
			return missed;
		});
		return producer.get(time.plus(Engines.PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
	}

}
