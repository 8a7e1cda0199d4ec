package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts engines for a test; afterwards checks their structure and closes them.
 */
final class Engines implements AfterEachCallback {

	/** How long anything that must happen may take on a busy machine. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Map<FutureTask<?>, Thread> CALLERS = Collections.synchronizedMap(new WeakHashMap<>());

	private final List<WorkqueueEngine> engines = new ArrayList<>();

	private final List<AutoCloseable> resources = new ArrayList<>();

	WorkqueueEngine start(int cpus) {
		return start(settings(cpus));
	}

	/** Settings under which no worker is taken for a CPU hog. */
	static EngineSettings.Builder settings(int cpus) {
		EngineSettings.Builder settings = EngineSettings.builder()
			.cpus(cpus)
			.cpuIntensiveThreshold(Duration.ofHours(1))
			.drainTimeout(Duration.ofSeconds(10));
		return Corner.ofSuite().apply(settings);
	}

	WorkqueueEngine start(EngineSettings.Builder settings) {
		return add(WorkqueueEngine.start(settings.build()));
	}

	WorkqueueEngine add(WorkqueueEngine engine) {
		this.engines.add(engine);
		return engine;
	}

	WorkqueueEngine start(EngineSettings.Builder settings, ThreadProbe probe) {
		return add(WorkqueueEngine.start(settings.build(), probe));
	}

	/** What is closed after the test, before the engines. */
	<T extends AutoCloseable> T closing(T resource) {
		this.resources.add(0, resource);
		return resource;
	}

	/** Queues a fresh item on CPU 0. */
	static WorkItem queue(WorkqueueEngine engine, Workqueue queue, String name, WorkHandler handler) {
		WorkItem work = engine.initWork(name, queue, handler);
		queue.queueOn(0, work);
		return work;
	}

	static WorkItem queue(WorkqueueEngine engine, String name, WorkHandler handler) {
		return queue(engine, engine.get("system_wq"), name, handler);
	}

	static void until(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(1))
			.pollDelay(Duration.ZERO)
			.until(condition);
	}

	static WorkqueueStats stats(WorkqueueEngine engine, String queue) {
		return engine.inspectWorkqueue(queue).orElseThrow().stats();
	}

	/** The worker that executes a work. */
	static WorkerSnapshot busy(WorkqueueEngine engine, String work) {
		return engine.inspectPools()
			.stream()
			.flatMap((pool) -> pool.busy().stream())
			.filter((worker) -> worker.work().equals(work))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no worker executes " + work));
	}

	/**
	 * Whether all but the busy ones are parked. There may be two spare ones: a worker
	 * whose spare one took the item makes another.
	 */
	static boolean othersRest(WorkerPool pool, int busy) {
		pool.lock.lock();
		try {
			int idle = pool.idle.size();
			return idle > 0 && pool.workers.size() == busy + idle
					&& pool.idle.all().stream().allMatch((worker) -> isParked(pool, worker));
		}
		finally {
			pool.lock.unlock();
		}
	}

	private static boolean isParked(WorkerPool pool, Worker worker) {
		return !worker.isWakeSent() && LockSupport.getBlocker(worker.thread()) == pool.idle;
	}

	/** A handler that waits for the test; opened at the end. */
	Gate gate() {
		return closing(new Gate());
	}

	/** Makes a call on a thread of its own. */
	static <T> FutureTask<T> async(Callable<T> call) {
		FutureTask<T> task = new FutureTask<>(call);
		Thread thread = new Thread(task, "test");
		thread.setDaemon(true);
		CALLERS.put(task, thread);
		thread.start();
		return task;
	}

	static <T> T get(FutureTask<T> task) throws Exception {
		return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	/** Waits until calls that were made by {@link #async} wait for the engine. */
	static void untilWaiting(List<? extends FutureTask<?>> calls) {
		until("the calls wait", () -> calls.stream().map(CALLERS::get).allMatch(Engines::isWaiting));
	}

	private static boolean isWaiting(Thread caller) {
		return Stream.of(caller.getStackTrace()).anyMatch(Engines::isWait);
	}

	private static boolean isWait(StackTraceElement frame) {
		return frame.getClassName().equals(Completion.class.getName()) && frame.getMethodName().equals("park");
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
		try {
			this.engines.forEach(StructureValidator::validate);
		}
		finally {
			this.engines.forEach(WorkqueueEngine::close);
		}
		this.engines.forEach(StructureValidator::validate);
	}

}
