package io.github.workqueue.engine;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.ThreadProbe.NativeState;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot.State;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.workqueue.WorkqueueFlag.CPU_INTENSIVE;
import static io.github.workqueue.WorkqueueFlag.MEM_RECLAIM;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of one answer agree, also where nobody has looked yet or any more.
 */
class PoolFiguresTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final Probe probe = new Probe();

	/**
	 * Story: nothing waited, so nobody looked, and the sleeper was counted as running.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "system_wq", "system_bh_wq" })
	void whatIsShownBlockedIsNotRunningWhileNothingWaits(String queue) throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, engine.get(queue), "sleeper", this.gate);
		this.gate.awaitStarts(1);
		assertThat(pool(engine).running()).as("awake").isOne();
		this.probe.asleep = true;
		WorkerPoolSnapshot pool = pool(engine);
		assertThat(pool.busy()).extracting(WorkerSnapshot::state).containsExactly(State.BLOCKED);
		assertThat(pool.running()).isZero();
		this.probe.asleep = false;
	}

	@Test
	void whoWokeWhenNobodyLookedAnyMoreIsRunning() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		this.probe.asleep = true;
		Engines.queue(engine, "next", this.gate.burning());
		this.gate.awaitStarts(1);
		this.probe.asleep = false;
		WorkerPoolSnapshot pool = pool(engine);
		assertThat(pool.busy()).extracting(WorkerSnapshot::state).containsExactly(State.RUNNING, State.RUNNING);
		assertThat(pool.running()).isEqualTo(2);
	}

	/** Story: a wait that only the system tells was shown until somebody looked again. */
	@Test
	void whoWokeFromANativeWaitIsRunning() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		this.probe.nativelyAsleep = true;
		Engines.queue(engine, "next", this.gate);
		this.gate.awaitStarts(1);
		this.probe.nativelyAsleep = false;
		WorkerPoolSnapshot pool = pool(engine);
		assertThat(pool.busy()).extracting(WorkerSnapshot::state).containsExactly(State.RUNNING, State.RUNNING);
		assertThat(pool.running()).isEqualTo(2);
	}

	@Test
	void aHogIsNotRunningAndMayBeBlocked() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, engine.alloc("queue", 1, CPU_INTENSIVE), "hog", this.gate);
		this.gate.awaitStarts(1);
		assertThat(pool(engine).busy()).extracting(WorkerSnapshot::state).containsExactly(State.CPU_INTENSIVE);
		assertThat(pool(engine).running()).isZero();
		this.probe.asleep = true;
		assertThat(pool(engine).busy()).extracting(WorkerSnapshot::state).containsExactly(State.BLOCKED);
		assertThat(pool(engine).running()).isZero();
		this.probe.asleep = false;
	}

	@Test
	void aRescuerIsOneOfTheWorkersWhileItWorks() throws Exception {
		AtomicBoolean refuse = new AtomicBoolean();
		ThreadFactory factory = (body) -> refuse.get() ? null : new Thread(body);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(factory));
		Workqueue queue = engine.alloc("queue", 1, MEM_RECLAIM);
		refuse.set(true);
		Engines.queue(engine, queue, "rescued", this.gate.burning());
		this.gate.awaitStarts(1);
		WorkerPoolSnapshot pool = pool(engine);
		assertThat(pool.busy()).extracting(WorkerSnapshot::worker).containsExactly("kworker/R-queue");
		assertThat(pool.workers()).isOne();
		assertThat(pool.running()).as("a rescuer is never counted").isZero();
	}

	@Test
	void whoSaidThatItWaitsIsBlocked() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, "sleeper", (work) -> engine.blocking(() -> {
			this.gate.handle(work);
			return null;
		}));
		this.gate.awaitStarts(1);
		assertThat(pool(engine).busy()).extracting(WorkerSnapshot::state).containsExactly(State.BLOCKED);
		assertThat(pool(engine).running()).isZero();
	}

	/** A thread that the JVM has stopped for a moment looks asleep, once. */
	@Test
	void whoLooksAsleepToTheSystemOnlyOnceIsRunning() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, "stopped", this.gate);
		this.gate.awaitStarts(1);
		this.probe.looks.add(NativeState.SLEEPING);
		assertThat(pool(engine).busy()).extracting(WorkerSnapshot::state).containsExactly(State.RUNNING);
		assertThat(this.probe.looks).isEmpty();
	}

	/** What the monitor has seen holds where the system tells nothing. */
	@Test
	void whoWasSeenInANativeWaitIsBlockedWhileTheSystemDoesNotTell() throws Exception {
		WorkqueueEngine engine = this.engines.start(Engines.settings(1), this.probe);
		Engines.queue(engine, "sleeper", this.gate);
		this.gate.awaitStarts(1);
		this.probe.nativelyAsleep = true;
		Gate next = this.engines.gate();
		Engines.queue(engine, "next", next);
		next.awaitStarts(1);
		this.probe.unknown = true;
		assertThat(pool(engine).busy()).extracting(WorkerSnapshot::state).containsExactly(State.BLOCKED, State.RUNNING);
	}

	@Test
	void aPoolInWhichARescuerWorksIsNotReported() throws Exception {
		AtomicBoolean refuse = new AtomicBoolean();
		ThreadFactory factory = (body) -> refuse.get() ? null : new Thread(body);
		WorkqueueEngine engine = this.engines.start(Engines.settings(1).threadFactory(factory));
		Workqueue queue = engine.alloc("queue", 2, MEM_RECLAIM);
		refuse.set(true);
		Engines.queue(engine, queue, "rescued", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(engine, queue, "waits", this.gate);
		assertThat(engine.pool(0).items.missesWorker()).isTrue();
		assertThat(engine.inspectStalls()).isEmpty();
	}

	@Test
	void figuresAgreeInEveryAnswerWhileWorkFlows() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = engine.alloc("queue", 2);
		Set<Integer> done = ConcurrentHashMap.newKeySet();
		KeyedWork<Integer> keyed = engine.initKeyedWork("keyed", queue, done::add);
		AtomicBoolean stop = new AtomicBoolean();
		FutureTask<Void> producer = Engines.async(() -> {
			for (int i = 0; !stop.get(); i++) {
				keyed.schedule(i % 100);
			}
			return null;
		});
		Engines.until("all keys ran", () -> done.size() == 100);
		WorkqueueStats before = Engines.stats(engine, "queue");
		for (int i = 0; i < 300; i++) {
			WorkqueueDetails details = engine.inspectDetails("queue", Integer.MAX_VALUE).orElseThrow();
			check(details);
			checkGrowth(before, details.workqueue().stats());
			before = details.workqueue().stats();
			engine.inspectPools().forEach(PoolFiguresTests::check);
		}
		stop.set(true);
		Engines.get(producer);
	}

	private static void check(WorkqueueDetails details) {
		WorkqueueSnapshot queue = details.workqueue();
		assertThat(count(details, WorkSnapshot.State.RUNNING)).as("running").isEqualTo(queue.running());
		assertThat(count(details, WorkSnapshot.State.PENDING)).as("pending").isEqualTo(queue.pending());
		assertThat(queue.stats().started() - queue.stats().completed()).isEqualTo(queue.running());
		assertThat(queue.stats().adds() - queue.stats().started()).isEqualTo(queue.pending());
		assertThat(queue.inactive()).isLessThanOrEqualTo(queue.pending());
	}

	private static void checkGrowth(WorkqueueStats before, WorkqueueStats after) {
		assertThat(after.adds()).as("adds").isGreaterThanOrEqualTo(before.adds());
		assertThat(after.started()).as("started").isGreaterThanOrEqualTo(before.started());
		assertThat(after.completed()).as("completed").isGreaterThanOrEqualTo(before.completed());
		assertThat(after.coalesced()).as("coalesced").isGreaterThanOrEqualTo(before.coalesced());
		assertThat(after.rescued()).as("rescued").isLessThanOrEqualTo(after.started());
	}

	private static long count(WorkqueueDetails details, WorkSnapshot.State state) {
		return details.works().stream().filter((work) -> work.state() == state).count();
	}

	private static void check(WorkerPoolSnapshot pool) {
		assertThat(pool.idle() + pool.busy().size()).isLessThanOrEqualTo(pool.workers());
		long runnable = pool.busy().stream().filter((worker) -> worker.state() == State.RUNNING).count();
		long awake = pool.workers() - pool.idle() - pool.busy().size() + runnable;
		assertThat((long) pool.running()).isBetween(runnable, awake);
	}

	/** The pool that has something to do. */
	private static WorkerPoolSnapshot pool(WorkqueueEngine engine) {
		List<WorkerPoolSnapshot> busy = engine.inspectPools()
			.stream()
			.filter((pool) -> !pool.busy().isEmpty())
			.toList();
		assertThat(busy).hasSize(1);
		return busy.get(0);
	}

	/** Says that all threads sleep, or none. */
	private static final class Probe implements ThreadProbe {

		private volatile boolean asleep;

		private volatile boolean nativelyAsleep;

		private volatile boolean unknown;

		/** What the next looks find instead. */
		private final Queue<NativeState> looks = new ConcurrentLinkedQueue<>();

		@Override
		public boolean isWaiting(Thread thread) {
			return this.asleep;
		}

		@Override
		public long cpuNanos(Thread thread) {
			return 0;
		}

		@Override
		public NativeStates nativeStates() {
			return new NativeStates() {

				@Override
				public NativeState of(long tid) {
					NativeState next = Probe.this.looks.poll();
					if (next != null) {
						return next;
					}
					if (Probe.this.unknown) {
						return NativeState.UNKNOWN;
					}
					return Probe.this.nativelyAsleep ? NativeState.SLEEPING : NativeState.RUNNING;
				}

				@Override
				public void close() {
				}

			};
		}

	}

}
