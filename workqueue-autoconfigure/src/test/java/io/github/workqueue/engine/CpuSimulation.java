package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.testing.ManualTime;
import org.awaitility.Awaitility;

/**
 * Handlers that burn and sleep on imaginary CPUs, millisecond by millisecond, with a real
 * engine whose clock and whose knowledge of threads are the simulation's. CPUs are handed
 * out in the order of demand and never taken away.
 */
final class CpuSimulation implements ThreadProbe {

	private final ManualTime time = new ManualTime();

	private final int cpus;

	private final Deque<Script> demand = new ArrayDeque<>();

	private final List<Script> onCpu = new ArrayList<>();

	private final List<Script> scripts = new CopyOnWriteArrayList<>();

	private final Map<Thread, Script> running = new ConcurrentHashMap<>();

	private final List<String> events = new CopyOnWriteArrayList<>();

	private volatile long now;

	private final WorkqueueEngine engine;

	/**
	 * Starts an engine with one per-CPU pool and without a thread that looks.
	 * @param cpus how many handlers may burn at the same time
	 */
	CpuSimulation(int cpus) {
		this.cpus = cpus;
		this.engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).timeSource(this.time).build(), this);
		this.engine.monitor.stop();
	}

	WorkqueueEngine engine() {
		return this.engine;
	}

	/** What has happened, as "TIME NAME EVENT". */
	List<String> events() {
		return List.copyOf(this.events);
	}

	/**
	 * Makes a handler.
	 * @param millis how long it burns, then sleeps, then burns and so on
	 */
	WorkHandler script(int... millis) {
		Script script = new Script(millis);
		this.scripts.add(script);
		return script;
	}

	/** Turns the clock until all handlers have ended, at most to the given time. */
	void run(int millis) {
		look();
		while (this.now < millis && !this.scripts.stream().allMatch((script) -> script.ended)) {
			this.time.advance(Duration.ofMillis(1));
			this.now++;
			tick();
			look();
		}
	}

	/** What happens within one millisecond, at the end of it. */
	private void tick() {
		List<Script> burned = List.copyOf(this.onCpu);
		burned.forEach(Script::burn);
		this.running.values().forEach(Script::doze);
		dispatch();
	}

	private void dispatch() {
		while (this.onCpu.size() < this.cpus && !this.demand.isEmpty()) {
			this.onCpu.add(this.demand.poll());
		}
	}

	/** Lets the engine look at its threads until nothing changes any more. */
	private void look() {
		int before;
		do {
			settle();
			before = this.events.size();
			this.engine.monitor.look();
			settle();
		}
		while (this.events.size() != before);
		dispatch();
	}

	private void settle() {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofNanos(100_000))
			.timeout(Engines.PATIENCE)
			.until(() -> this.engine.pools().stream().allMatch(this::isSettled));
	}

	private boolean isSettled(WorkerPool pool) {
		pool.lock.lock();
		try {
			pool.drainInbox();
			return pool.workers.stream().allMatch(this::isSettled) && !(pool.needsWorker() && pool.idle.size() > 0)
					&& (!pool.needsWorker() || pool.workers.isEmpty() == pool.hasWaiting());
		}
		finally {
			pool.lock.unlock();
		}
	}

	private boolean isSettled(Worker worker) {
		Script script = this.running.get(worker.thread());
		return (worker.isBusy()) ? script != null && !script.ended : worker.idle && !worker.isWakeSent();
	}

	@Override
	public boolean isWaiting(Thread thread) {
		Script script = this.running.get(thread);
		return script != null && script.isAsleep();
	}

	@Override
	public long cpuNanos(Thread thread) {
		Script script = this.running.get(thread);
		return (script != null) ? Duration.ofMillis(script.burned).toNanos() : 0;
	}

	@Override
	public NativeStates nativeStates() {
		return new NativeStates() {

			@Override
			public NativeState of(long tid) {
				return NativeState.RUNNING;
			}

			@Override
			public void close() {
			}

		};
	}

	/** A handler and how far it is. */
	private final class Script implements WorkHandler {

		private final int[] left;

		private volatile int phase;

		private volatile long burned;

		private volatile boolean ended;

		private final CountDownLatch end = new CountDownLatch(1);

		private String name = "";

		private Script(int[] millis) {
			this.left = Arrays.copyOf(millis, millis.length);
		}

		@Override
		public void handle(WorkItem work) throws InterruptedException {
			this.name = work.name();
			record("start");
			CpuSimulation.this.demand.add(this);
			CpuSimulation.this.running.put(Thread.currentThread(), this);
			this.end.await();
		}

		private boolean isAsleep() {
			return this.phase % 2 == 1;
		}

		private void burn() {
			this.burned++;
			if (--this.left[this.phase] == 0) {
				CpuSimulation.this.onCpu.remove(this);
				next("sleep");
			}
		}

		/** A phase that began in this millisecond is one tick older than it looks. */
		private void doze() {
			if (isAsleep() && this.left[this.phase]-- == 0) {
				next("wake");
				if (!this.ended) {
					CpuSimulation.this.demand.add(this);
				}
			}
		}

		private void next(String event) {
			if (this.phase + 1 < this.left.length) {
				record(event);
				this.phase++;
				return;
			}
			record("finish");
			this.ended = true;
			CpuSimulation.this.running.values().remove(this);
			this.end.countDown();
		}

		private void record(String event) {
			CpuSimulation.this.events.add(CpuSimulation.this.now + " " + this.name + " " + event);
		}

	}

}
