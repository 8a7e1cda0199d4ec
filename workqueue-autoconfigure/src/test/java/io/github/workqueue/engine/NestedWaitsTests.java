package io.github.workqueue.engine;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers that wait for items behind them, as deep as {@code max_active} allows.
 */
class NestedWaitsTests {

	private static final int DEPTH = 40;

	@RegisterExtension
	final Engines engines = new Engines();

	@Test
	void waitsForFlushUnfold() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Workqueue queue = engine.alloc("nested", DEPTH);
		AtomicInteger ended = new AtomicInteger();
		List<WorkItem> works = new ArrayList<>();
		for (int i = 0; i < DEPTH; i++) {
			int next = i + 1;
			works.add(engine.initWork("nested-" + i, queue, (work) -> {
				if (next < DEPTH) {
					works.get(next).flush();
				}
				ended.incrementAndGet();
			}));
		}
		works.forEach((work) -> queue.queueOn(0, work));
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(ended).hasValue(DEPTH);
	}

	@Test
	void waitsThatJavaCallsRunnableUnfold() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Workqueue queue = engine.alloc("nested", DEPTH);
		AtomicInteger ended = new AtomicInteger();
		List<Pipe> pipes = new ArrayList<>();
		for (int i = 0; i <= DEPTH; i++) {
			pipes.add(Pipe.open());
		}
		pipes.get(DEPTH).sink().write(ByteBuffer.allocate(1));
		for (int i = 0; i < DEPTH; i++) {
			Pipe own = pipes.get(i);
			Pipe next = pipes.get(i + 1);
			Engines.queue(engine, queue, "nested-" + i, (work) -> {
				next.source().read(ByteBuffer.allocate(1));
				ended.incrementAndGet();
				own.sink().write(ByteBuffer.allocate(1));
			});
		}
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(ended).hasValue(DEPTH);
		for (Pipe pipe : pipes) {
			pipe.sink().close();
			pipe.source().close();
		}
	}

	@Test
	void theItemBeyondMaxActiveWaits() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1));
		Workqueue queue = engine.alloc("nested", DEPTH);
		CountDownLatch allIn = new CountDownLatch(DEPTH);
		Gate end = this.engines.gate();
		Gate beyond = this.engines.gate();
		for (int i = 0; i < DEPTH; i++) {
			Engines.queue(engine, queue, "nested-" + i, (work) -> {
				allIn.countDown();
				end.handle(work);
			});
		}
		Engines.queue(engine, queue, "beyond", beyond.passing());
		assertThat(allIn.await(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(engine.inspectWorkqueue("nested").orElseThrow().inactive()).isOne();
		assertThat(beyond.hasStarted()).isFalse();
		end.open();
		beyond.awaitStarts(1);
	}

}
