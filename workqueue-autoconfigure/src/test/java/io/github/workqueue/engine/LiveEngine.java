package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkqueueStats;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Engines with real threads for one test, which are closed after it, behind whatever
 * holds their handlers back.
 */
final class LiveEngine implements AfterEachCallback {

	/** How long anything that must happen may take on a busy machine. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<AutoCloseable> resources = new ArrayList<>();

	/** One CPU, and no item is ever taken for a hog. */
	static EngineSettings.Builder strict() {
		return EngineSettings.builder()
			.cpus(1)
			.cpuIntensiveThreshold(Duration.ofHours(1))
			.drainTimeout(Duration.ofSeconds(5));
	}

	WorkqueueEngine start(EngineSettings.Builder settings) {
		return closing(WorkqueueEngine.start(settings.build()));
	}

	WorkqueueEngine start(EngineSettings.Builder settings, ThreadProbe probe) {
		return closing(WorkqueueEngine.start(settings.build(), probe));
	}

	/** What is closed after the test, before whatever was opened earlier. */
	<T extends AutoCloseable> T closing(T resource) {
		this.resources.add(0, resource);
		return resource;
	}

	Gate gate() {
		return closing(new Gate());
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

	static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ZERO);
	}

	static void until(String what, Callable<Boolean> condition) {
		await(what).until(condition);
	}

	static WorkqueueStats stats(WorkqueueEngine engine, String queue) {
		return engine.inspectWorkqueue(queue).orElseThrow().stats();
	}

	static WorkerPoolSnapshot pool(WorkqueueEngine engine, int id) {
		return engine.inspectPools().stream().filter((pool) -> pool.id() == id).findFirst().orElseThrow();
	}

	static WorkerSnapshot busy(WorkqueueEngine engine, String work) {
		return engine.inspectPools()
			.stream()
			.flatMap((pool) -> pool.busy().stream())
			.filter((worker) -> worker.work().equals(work))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no worker executes " + work));
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		List<AutoCloseable> gates = this.resources.stream().filter((one) -> !(one instanceof WorkqueueEngine)).toList();
		for (AutoCloseable gate : gates) {
			gate.close();
		}
		this.resources.removeAll(gates);
		for (AutoCloseable engine : this.resources) {
			engine.close();
		}
	}

}
