package io.github.workqueue.engine;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;

import static io.github.workqueue.WorkqueueFlag.BH;
import static io.github.workqueue.WorkqueueFlag.CPU_INTENSIVE;
import static io.github.workqueue.WorkqueueFlag.HIGHPRI;
import static io.github.workqueue.WorkqueueFlag.PERCPU;
import static io.github.workqueue.WorkqueueFlag.POWER_EFFICIENT;
import static io.github.workqueue.WorkqueueFlag.UNBOUND;

/**
 * A specification that was found right, with everything resolved: which flags and limits
 * go together, and which may be changed later. Contradictions are looked for in the flags
 * as given; the kernel drops or clamps most of them with a warning.
 *
 * @param name the queue's name
 * @param flags the flags in force
 * @param ordered whether it is ordered
 * @param system whether it is a system queue
 * @param virtual whether its items run on virtual threads
 * @param maxActive the upper limit, 0 for a BH queue
 * @param minActive the lower limit, 0 for a BH queue
 * @param maxPending how many items may wait, 0 for any number
 * @param whenFull what becomes of requests beyond it
 */
record QueueRules(String name, Set<WorkqueueFlag> flags, boolean ordered, boolean system, boolean virtual,
		int maxActive, int minActive, int maxPending, WhenFull whenFull) {

	/** {@code WQ_DFL_ACTIVE}. */
	private static final int DEFAULT_ACTIVE = 1024;

	/** {@code WQ_DFL_MIN_ACTIVE}. */
	private static final int DEFAULT_MIN_ACTIVE = 8;

	static QueueRules of(WorkqueueSpec spec, boolean system, EngineSettings settings) {
		checkFlags(spec);
		checkLimits(spec);
		Set<WorkqueueFlag> flags = resolve(spec, settings.powerEfficient());
		boolean virtual = flags.contains(UNBOUND) && wantsVirtual(spec, settings) && WorkerThreads.hasVirtual();
		int maxActive = maxActive(spec);
		int minActive = (spec.minActive() != null) ? spec.minActive() : Math.min(maxActive, DEFAULT_MIN_ACTIVE);
		return new QueueRules(spec.name(), Collections.unmodifiableSet(flags), spec.isOrdered(), system, virtual,
				maxActive, minActive, spec.maxPending(), spec.whenFull());
	}

	private static boolean wantsVirtual(WorkqueueSpec spec, EngineSettings settings) {
		Boolean own = spec.virtualThreads();
		return (own != null) ? own : settings.virtualThreads();
	}

	private static int maxActive(WorkqueueSpec spec) {
		if (spec.flags().contains(BH)) {
			return 0;
		}
		if (spec.isOrdered()) {
			return 1;
		}
		return (spec.maxActive() != 0) ? spec.maxActive() : DEFAULT_ACTIVE;
	}

	private static Set<WorkqueueFlag> resolve(WorkqueueSpec spec, boolean powerEfficient) {
		Set<WorkqueueFlag> flags = EnumSet.noneOf(WorkqueueFlag.class);
		flags.addAll(spec.flags());
		boolean unbound = flags.contains(UNBOUND) || spec.isOrdered()
				|| (powerEfficient && flags.contains(POWER_EFFICIENT));
		flags.remove(unbound ? PERCPU : UNBOUND);
		flags.add(unbound ? UNBOUND : PERCPU);
		return flags;
	}

	private static void checkFlags(WorkqueueSpec spec) {
		Set<WorkqueueFlag> flags = spec.flags();
		exclude(spec, PERCPU, UNBOUND);
		exclude(spec, CPU_INTENSIVE, UNBOUND);
		for (WorkqueueFlag flag : flags) {
			if (flag != BH && flag != HIGHPRI && flag != PERCPU) {
				exclude(spec, BH, flag);
			}
		}
		if (spec.isOrdered()) {
			for (WorkqueueFlag flag : EnumSet.of(PERCPU, CPU_INTENSIVE, BH)) {
				check(!flags.contains(flag), spec, "an ordered queue cannot be " + flag);
			}
		}
	}

	private static void exclude(WorkqueueSpec spec, WorkqueueFlag one, WorkqueueFlag other) {
		check(!spec.flags().contains(one) || !spec.flags().contains(other), spec,
				"the flags " + one + " and " + other + " contradict each other");
	}

	private static void checkLimits(WorkqueueSpec spec) {
		int max = spec.maxActive();
		Integer min = spec.minActive();
		Set<WorkqueueFlag> flags = spec.flags();
		check(!flags.contains(BH) || max == 0, spec, "a BH queue takes no maxActive, but it is " + max);
		check(max >= 0 && max <= WorkqueueSpec.MAX_ACTIVE, spec,
				"maxActive is " + max + "; it must be 1 to " + WorkqueueSpec.MAX_ACTIVE + ", or 0 for the default");
		check(!spec.isOrdered() || max <= 1, spec, "maxActive of an ordered queue is 1, but it is " + max);
		check(spec.maxPending() >= 0, spec, "maxPending is " + spec.maxPending() + "; it must not be negative");
		if (min != null) {
			check(flags.contains(UNBOUND) && !spec.isOrdered(), spec, "minActive needs UNBOUND and no order, but it is "
					+ min + " with " + (spec.isOrdered() ? "an ordered queue" : "PERCPU"));
			int upper = maxActive(spec);
			check(min >= 1 && min <= upper, spec, "minActive is " + min + "; it must be 1 to maxActive, " + upper);
		}
	}

	private static void check(boolean right, WorkqueueSpec spec, String problem) {
		if (!right) {
			throw new IllegalArgumentException("workqueue '" + spec.name() + "': " + problem);
		}
	}

	boolean isBh() {
		return this.flags.contains(BH);
	}

	boolean isUnbound() {
		return this.flags.contains(UNBOUND);
	}

	boolean isHighpri() {
		return this.flags.contains(HIGHPRI);
	}

	/** Whether {@code minActive} means anything. */
	boolean hasMinActive() {
		return isUnbound() && !this.ordered;
	}

	void checkMaxActive(int maxActive) {
		if (this.ordered || isBh()) {
			throw new IllegalStateException(
					"workqueue '" + this.name + "' is " + (isBh() ? "BH" : "ordered") + ": its maxActive is fixed");
		}
		if (maxActive < 1 || maxActive > WorkqueueSpec.MAX_ACTIVE) {
			throw new IllegalArgumentException("workqueue '" + this.name + "': maxActive is " + maxActive
					+ "; it must be 1 to " + WorkqueueSpec.MAX_ACTIVE);
		}
	}

	void checkMinActive(int minActive, int maxActive) {
		if (!hasMinActive()) {
			throw new IllegalStateException("workqueue '" + this.name + "' is " + (this.ordered ? "ordered" : "PERCPU")
					+ ": only an unordered UNBOUND queue has a minActive");
		}
		if (minActive < 1 || minActive > maxActive) {
			throw new IllegalArgumentException("workqueue '" + this.name + "': minActive is " + minActive
					+ "; it must be 1 to maxActive, " + maxActive);
		}
	}

}
