package io.github.workqueue.autoconfigure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.autoconfigure.WorkqueueProperties.Type;
import io.github.workqueue.spring.ConfiguredQueue;
import io.github.workqueue.spring.Mistake;
import org.jspecify.annotations.Nullable;

/**
 * Makes the specification of one configured queue and notes every mistake in it.
 */
final class QueueReader {

	private static final int DEFAULT_MAX_ACTIVE = 1024;

	private final String name;

	private final WorkqueueProperties.Queue queue;

	private final PropertyOrigins origins;

	private final List<Mistake> mistakes = new ArrayList<>();

	QueueReader(String name, WorkqueueProperties.Queue queue, PropertyOrigins origins) {
		this.name = name;
		this.queue = queue;
		this.origins = origins;
	}

	ConfiguredQueue read() {
		checkName();
		checkFlags();
		checkMaxActive(this.queue.getMaxActive());
		checkMinActive(this.queue.getMinActive());
		checkMaxPending();
		checkDurable();
		WorkqueueSpec spec = this.mistakes.isEmpty() ? spec() : null;
		return new ConfiguredQueue(this.name, this.origins.describeGroup(prefix()), spec, this.queue.isDurable(),
				this.mistakes);
	}

	private void checkName() {
		if (this.name.isBlank()) {
			this.mistakes.add(new Mistake("A queue under 'workqueue.queues' has a blank name.", "Name the queue."));
		}
	}

	private void checkFlags() {
		if (this.queue.isCpuIntensive() && this.queue.getType() != Type.PERCPU) {
			mistake("cpu-intensive", "contradicts type " + type() + ", for which CPU_INTENSIVE means nothing",
					"Remove 'cpu-intensive', or use type percpu.");
		}
	}

	private void checkMaxActive(@Nullable Integer maxActive) {
		if (maxActive == null) {
			return;
		}
		if (maxActive < 1 || maxActive > WorkqueueSpec.MAX_ACTIVE) {
			mistake("max-active", "is out of range",
					"Use a number from 1 to " + WorkqueueSpec.MAX_ACTIVE + ", or leave it out.");
		}
		else if (this.queue.getType() == Type.ORDERED && maxActive > 1) {
			mistake("max-active", "contradicts type ordered, which runs one work at a time",
					"Remove 'max-active', or use type unbound.");
		}
	}

	private void checkMinActive(@Nullable Integer minActive) {
		if (minActive == null) {
			return;
		}
		Integer maxActive = this.queue.getMaxActive();
		int upper = (maxActive != null && maxActive >= 1) ? maxActive : DEFAULT_MAX_ACTIVE;
		if (this.queue.getType() != Type.UNBOUND) {
			mistake("min-active", "contradicts type " + type() + ", which has no such limit",
					"Remove 'min-active', or use type unbound.");
		}
		else if (minActive < 1 || minActive > WorkqueueSpec.MAX_ACTIVE) {
			mistake("min-active", "is out of range",
					"Use a number from 1 to max-active (at most " + WorkqueueSpec.MAX_ACTIVE + "), or leave it out.");
		}
		else if (minActive > upper) {
			mistake("min-active", "is above max-active, which is " + upper, "Lower min-active or raise max-active.");
		}
	}

	private void checkMaxPending() {
		if (this.queue.getMaxPending() < 0) {
			mistake("max-pending", "is negative", "Use the number of works that may wait, or 0 for no limit.");
		}
	}

	private void checkDurable() {
		if (!this.queue.isDurable()) {
			return;
		}
		if (this.queue.getType() == Type.ORDERED) {
			mistake("durable", "contradicts type ordered: no order holds over several instances",
					"Use type unbound with max-active 1 for one work at a time on each instance, or remove 'durable'.");
		}
		DurableClasses.missing()
			.forEach((module) -> mistake("durable", "needs " + module.what() + ", which is not on the class path",
					"Add the dependency " + module.artifact() + ", or remove 'durable'."));
	}

	private void mistake(String key, String problem, String action) {
		this.mistakes.add(new Mistake(
				"Queue '" + this.name + "': " + this.origins.describe(key(key)) + " " + problem + ".", action));
	}

	private String type() {
		return this.queue.getType().name().toLowerCase(Locale.ROOT);
	}

	private String prefix() {
		return "workqueue.queues." + (this.name.matches("[a-z0-9_-]+") ? this.name : "[" + this.name + "]");
	}

	private String key(String key) {
		return prefix() + "." + key;
	}

	private WorkqueueSpec spec() {
		boolean ordered = this.queue.getType() == Type.ORDERED;
		WorkqueueSpec spec = ordered ? WorkqueueSpec.ordered(this.name) : WorkqueueSpec.named(this.name);
		spec = spec.flags(flags().toArray(WorkqueueFlag[]::new))
			.maxPending(this.queue.getMaxPending(), this.queue.getWhenFull());
		if (this.queue.getMaxActive() != null) {
			spec = spec.maxActive(this.queue.getMaxActive());
		}
		if (this.queue.getMinActive() != null) {
			spec = spec.minActive(this.queue.getMinActive());
		}
		return (this.queue.getVirtualThreads() != null) ? spec.virtualThreads(this.queue.getVirtualThreads()) : spec;
	}

	private Set<WorkqueueFlag> flags() {
		Set<WorkqueueFlag> flags = EnumSet.noneOf(WorkqueueFlag.class);
		add(flags, WorkqueueFlag.PERCPU, this.queue.getType() == Type.PERCPU);
		add(flags, WorkqueueFlag.UNBOUND, this.queue.getType() == Type.UNBOUND);
		add(flags, WorkqueueFlag.HIGHPRI, this.queue.isHighpri());
		add(flags, WorkqueueFlag.MEM_RECLAIM, this.queue.isMemReclaim());
		add(flags, WorkqueueFlag.FREEZABLE, this.queue.isFreezable());
		add(flags, WorkqueueFlag.CPU_INTENSIVE, this.queue.isCpuIntensive());
		add(flags, WorkqueueFlag.POWER_EFFICIENT, this.queue.isPowerEfficient());
		add(flags, WorkqueueFlag.SYSFS, this.queue.isSysfs());
		return flags;
	}

	private static void add(Set<WorkqueueFlag> flags, WorkqueueFlag flag, boolean wanted) {
		if (wanted) {
			flags.add(flag);
		}
	}

}
