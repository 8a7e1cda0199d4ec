package io.github.workqueue.foreign;

import java.util.EnumSet;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;

/**
 * The kinds of queues whose executors must all behave as one.
 */
enum ExecutorKind {

	PER_CPU(named()),

	PER_CPU_ONE(named().maxActive(1)),

	HIGHPRI(named().flags(WorkqueueFlag.HIGHPRI)),

	CPU_INTENSIVE(named().flags(WorkqueueFlag.CPU_INTENSIVE)),

	MEM_RECLAIM(named().flags(WorkqueueFlag.MEM_RECLAIM)),

	UNBOUND(named().flags(WorkqueueFlag.UNBOUND)),

	UNBOUND_ONE(named().flags(WorkqueueFlag.UNBOUND).maxActive(1)),

	ORDERED(WorkqueueSpec.ordered(ExecutorKind.NAME)),

	BH(named().flags(WorkqueueFlag.BH)),

	BH_HIGHPRI(named().flags(WorkqueueFlag.BH, WorkqueueFlag.HIGHPRI)),

	/** On platform threads where the JDK has no others. */
	VIRTUAL(named().flags(WorkqueueFlag.UNBOUND).virtualThreads(true));

	static final String NAME = "queue";

	/** Those that run one task at a time, in the order of {@code execute}, on one CPU. */
	static final EnumSet<ExecutorKind> SERIAL = EnumSet.of(PER_CPU_ONE, UNBOUND_ONE, ORDERED, BH, BH_HIGHPRI);

	private final WorkqueueSpec spec;

	ExecutorKind(WorkqueueSpec spec) {
		this.spec = spec;
	}

	private static WorkqueueSpec named() {
		return WorkqueueSpec.named(ExecutorKind.NAME);
	}

	WorkqueueSpec spec() {
		return this.spec;
	}

	Workqueue alloc(Workqueues engine) {
		return engine.alloc(this.spec);
	}

}
