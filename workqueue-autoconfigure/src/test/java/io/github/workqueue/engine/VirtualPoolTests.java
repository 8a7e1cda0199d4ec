package io.github.workqueue.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pool of virtual threads. Where the JVM has none, no queue is given this pool; here
 * it then has threads of the factory and keeps its rules all the same.
 */
class VirtualPoolTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final EngineSettings.Builder settings = Engines.settings(1).maxWorkers(1);

	private final WorkqueueEngine engine = this.engines.start(this.settings);

	private final WorkerPool pool = this.engine.pools()
		.stream()
		.filter((pool) -> pool.kind == WorkerPool.Kind.VIRTUAL)
		.findFirst()
		.orElseThrow();

	private final EngineWorkqueue queue = queue();

	private final Gate gate = this.engines.gate();

	private EngineWorkqueue queue() {
		WorkqueueSpec spec = WorkqueueSpec.named("queue").flags(WorkqueueFlag.UNBOUND).maxActive(3);
		EngineWorkqueue queue = new EngineWorkqueue(this.engine, QueueRules.of(spec, false, this.settings.build()),
				List.of(this.pool));
		queue.updateLimit();
		return queue;
	}

	@Test
	void itsWorkersAreBoundByNoLimitAndTakeNoneFromOthers() throws Exception {
		for (int i = 0; i < 4; i++) {
			Engines.queue(this.engine, this.queue, "work" + i, this.gate);
		}
		this.gate.awaitStarts(3);
		assertThat(this.pool.creation.count()).isEqualTo(3);
		Engines.queue(this.engine, "other", this.gate);
		this.gate.awaitStarts(1);
		assertThat(this.gate.ended).as("the fourth waits for a slot").hasValue(0);
		this.gate.letGo(5);
		this.gate.awaitStarts(1);
		assertThat(this.queue.flush(Engines.PATIENCE)).isTrue();
		assertThat(this.engine.get("system_wq").flush(Engines.PATIENCE)).isTrue();
	}

	/** Story of a stranger's context that a virtual thread had inherited. */
	@Test
	void itsWorkersInheritNothingFromWhoHappensToMakeThem() throws Exception {
		InheritableThreadLocal<String> context = new InheritableThreadLocal<>();
		AtomicReference<String> inherited = new AtomicReference<>("not asked");
		AtomicReference<ClassLoader> loader = new AtomicReference<>();
		context.set("of the caller");
		try {
			Engines.queue(this.engine, this.queue, "work", (work) -> {
				inherited.set(context.get());
				loader.set(Thread.currentThread().getContextClassLoader());
			}).flush();
		}
		finally {
			context.remove();
		}
		assertThat(inherited.get()).isNull();
		assertThat(loader.get()).isSameAs(WorkqueueEngine.class.getClassLoader());
	}

	@Test
	void aWorkerWithoutWorkEndsAndTheNextWorkGetsANewOne() throws Exception {
		for (int round = 0; round < 3; round++) {
			Engines.queue(this.engine, this.queue, "work", this.gate.passing());
			this.gate.awaitStarts(1);
			Engines.until("no worker is left", () -> this.pool.creation.count() == 0);
		}
		assertThat(this.gate.ended).hasValue(3);
	}

	/** The thread that makes room for another pool's worker has none to give. */
	@Test
	void itsWorkersGiveNoWayToOtherPools() throws Exception {
		Engines.queue(this.engine, this.queue, "virtual", this.gate);
		Engines.queue(this.engine, "first", this.gate);
		this.gate.awaitStarts(2);
		Gate next = this.engines.gate();
		Engines.queue(this.engine, "next", next.passing());
		assertThat(this.engine.threads.create(this.engine.pool(0), true)).isEqualTo(WorkerCreation.Result.AT_LIMIT);
		assertThat(this.pool.creation.count()).isOne();
		assertThat(next.hasStarted()).isFalse();
		this.gate.letGo(2);
		next.awaitStarts(1);
		assertThat(this.queue.flush(Engines.PATIENCE)).isTrue();
	}

}
