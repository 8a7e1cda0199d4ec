package io.github.workqueue.engine;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.WorkqueueFlag.MEM_RECLAIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Who listens is told of queues that come and go. */
class QueueEventsTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final Recorder events = new Recorder();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).listener(this.events));

	@Test
	void tellsOnTheCallingThreadBeforeTheCallReturns() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		assertThat(this.events.seen).containsExactly("allocated queue");
		assertThat(this.events.threads).containsExactly(Thread.currentThread());
		queue.destroy();
		assertThat(this.events.seen).containsExactly("allocated queue", "destroyed queue");
		assertThat(this.events.threads).containsExactly(Thread.currentThread(), Thread.currentThread());
	}

	@Test
	void aQueueIsThereWhenItsComingIsToldAndRefusesWorkWhenItsEndIs() throws Exception {
		List<String> found = new ArrayList<>();
		this.events.onAllocated = (queue) -> found.add(this.engine.get("queue").name());
		this.events.onDestroyed = (queue) -> {
			assertThatExceptionOfType(WorkRejectedException.class)
				.isThrownBy(() -> queue.queue(this.engine.initWork("late", this.gate)));
			found.add("refused");
		};
		this.engine.alloc("queue", 1).destroy();
		assertThat(found).containsExactly("queue", "refused");
		assertThat(this.engine.find("queue")).isEmpty();
	}

	@Test
	void nothingIsToldOfAQueueThatIsNotAllocated() {
		this.engine.alloc("queue", 1);
		assertThatIllegalStateException().isThrownBy(() -> this.engine.alloc("queue", 1));
		assertThat(this.events.seen).containsExactly("allocated queue");
	}

	@Test
	void theEndIsToldOnceHoweverManyDestroy() throws Exception {
		Workqueue queue = this.engine.alloc("queue", 1);
		Engines.queue(this.engine, queue, "work", this.gate);
		this.gate.awaitStarts(1);
		List<FutureTask<Boolean>> calls = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			calls.add(Engines.async(() -> {
				queue.destroy();
				return true;
			}));
		}
		assertThat(this.events.seen).doesNotContain("destroyed queue");
		this.gate.open();
		for (FutureTask<Boolean> call : calls) {
			assertThat(Engines.get(call)).isTrue();
		}
		queue.destroy();
		this.engine.close();
		assertThat(this.events.seen).containsOnlyOnce("destroyed queue");
	}

	@Test
	void closeEndsAllQueuesTheSystemsToo() {
		this.engine.alloc("queue", 1);
		int queues = this.engine.all().size();
		this.engine.close();
		this.engine.close();
		assertThat(this.events.seen).hasSize(queues + 1)
			.doesNotHaveDuplicates()
			.contains("destroyed queue", "destroyed system_wq");
	}

	@Test
	void whatAListenerThrowsIsLoggedAndChangesNothing() throws Exception {
		this.events.onAllocated = (queue) -> {
			throw new IllegalStateException("expected by the test");
		};
		this.events.onDestroyed = (queue) -> {
			throw new StackOverflowError("expected by the test");
		};
		Workqueue queue = this.engine.alloc("queue", 1, MEM_RECLAIM);
		assertThat(this.engine.get("queue")).isSameAs(queue);
		queue.destroy();
		assertThat(this.engine.find("queue")).isEmpty();
		assertThat(this.log.containing("a WorkListener failed when told of a queue")).hasSize(2);
		assertThat(this.engine.alloc("queue", 1)).isNotSameAs(queue);
	}

	@Test
	void aListenerMayUseTheQueueAndEvenDestroyIt() throws Exception {
		this.events.onAllocated = (queue) -> {
			queue.queue(this.engine.initWork("first", queue, this.gate.passing()));
			destroy(queue);
		};
		this.engine.alloc("queue", 1);
		this.gate.awaitStarts(1);
		assertThat(this.events.seen).containsExactly("allocated queue", "destroyed queue");
		assertThat(this.engine.find("queue")).isEmpty();
	}

	@Test
	void queuesThatComeAndGoAreNotRetained() throws Exception {
		List<WeakReference<Workqueue>> gone = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			gone.add(new WeakReference<>(useAndDestroy("queue" + i)));
		}
		Engines.until("no queue is held", () -> {
			System.gc();
			return gone.stream().allMatch((queue) -> queue.refersTo(null));
		});
		assertThat(this.engine.all()).extracting(Workqueue::name).allMatch((name) -> name.startsWith("system_"));
	}

	private Workqueue useAndDestroy(String name) {
		Workqueue queue = this.engine.alloc(name, 1);
		Engines.queue(this.engine, queue, "work", this.gate.passing());
		this.engine.initDelayedWork("armed", queue, this.gate).schedule(Duration.ofHours(1));
		destroy(queue);
		return queue;
	}

	private static void destroy(Workqueue queue) {
		try {
			queue.destroy();
		}
		catch (InterruptedException ex) {
			throw new AssertionError("nobody interrupts this test", ex);
		}
	}

	/** Notes what it is told, and does what the test wants. */
	private static final class Recorder implements WorkListener {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private final List<Thread> threads = new CopyOnWriteArrayList<>();

		private volatile Consumer<Workqueue> onAllocated = (queue) -> {
		};

		private volatile Consumer<Workqueue> onDestroyed = (queue) -> {
		};

		@Override
		public void allocated(Workqueue queue) {
			this.seen.add("allocated " + queue.name());
			this.threads.add(Thread.currentThread());
			this.onAllocated.accept(queue);
		}

		@Override
		public void destroyed(Workqueue queue) {
			this.seen.add("destroyed " + queue.name());
			this.threads.add(Thread.currentThread());
			this.onDestroyed.accept(queue);
		}

	}

}
