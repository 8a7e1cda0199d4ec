package io.github.workqueue.engine.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;

/**
 * A queue of a program, as it is allocated.
 *
 * @param name its name
 * @param kind what it is
 * @param maxActive the limit, or 0 for a BH queue
 * @param freezable whether it takes part in freezes
 * @param highpri whether its pools are the ones of high priority
 * @param maxPending how many items may wait, or 0
 */
record QueueDraft(String name, Kind kind, int maxActive, boolean freezable, boolean highpri, int maxPending) {

	/** What a queue is. */
	enum Kind {

		SYSTEM, PERCPU, CPU_INTENSIVE, UNBOUND, ORDERED, BH

	}

	private static final Kind[] CHOICE = { Kind.PERCPU, Kind.PERCPU, Kind.CPU_INTENSIVE, Kind.UNBOUND, Kind.ORDERED,
			Kind.BH };

	static QueueDraft system() {
		return new QueueDraft("system_wq", Kind.SYSTEM, 1024, false, false, 0);
	}

	static QueueDraft random(String name, SplittableRandom random) {
		Kind kind = CHOICE[random.nextInt(CHOICE.length)];
		int maxActive = switch (kind) {
			case BH -> 0;
			case ORDERED -> 1;
			default -> 1 + random.nextInt(3);
		};
		boolean freezable = kind != Kind.BH && random.nextInt(3) == 0;
		int maxPending = (random.nextInt(5) == 0) ? 1 + random.nextInt(2) : 0;
		return new QueueDraft(name, kind, maxActive, freezable, random.nextInt(4) == 0, maxPending);
	}

	boolean isBh() {
		return this.kind == Kind.BH;
	}

	boolean isOrdered() {
		return this.kind == Kind.ORDERED;
	}

	/** Whether it has a pool for each CPU. */
	boolean isPerCpu() {
		return this.kind != Kind.UNBOUND && this.kind != Kind.ORDERED;
	}

	/** Which pools serve it; the CPU comes behind. */
	String poolName() {
		return (isBh() ? "bh" : isPerCpu() ? "percpu" : "unbound") + (this.highpri ? "-highpri" : "");
	}

	WorkqueueSpec spec() {
		Set<WorkqueueFlag> flags = EnumSet.noneOf(WorkqueueFlag.class);
		switch (this.kind) {
			case BH -> flags.add(WorkqueueFlag.BH);
			case CPU_INTENSIVE -> flags.add(WorkqueueFlag.CPU_INTENSIVE);
			case UNBOUND -> flags.add(WorkqueueFlag.UNBOUND);
			default -> {
			}
		}
		if (this.freezable) {
			flags.add(WorkqueueFlag.FREEZABLE);
		}
		if (this.highpri) {
			flags.add(WorkqueueFlag.HIGHPRI);
		}
		WorkqueueSpec spec = isOrdered() ? WorkqueueSpec.ordered(this.name)
				: WorkqueueSpec.named(this.name).maxActive(this.maxActive);
		spec = spec.flags(flags.toArray(WorkqueueFlag[]::new));
		return (this.maxPending > 0) ? spec.maxPending(this.maxPending, WhenFull.REJECT) : spec;
	}

}
