package io.github.workqueue.engine;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;

import static io.github.workqueue.WorkqueueFlag.BH;
import static io.github.workqueue.WorkqueueFlag.FREEZABLE;
import static io.github.workqueue.WorkqueueFlag.HIGHPRI;
import static io.github.workqueue.WorkqueueFlag.PERCPU;
import static io.github.workqueue.WorkqueueFlag.POWER_EFFICIENT;
import static io.github.workqueue.WorkqueueFlag.UNBOUND;

/**
 * The queues that every engine has ({@code workqueue_init_early}). Difference: the
 * kernel's system_percpu_wq and system_dfl_wq are queues beside the older ones, here they
 * are further names of the same.
 */
final class SystemQueues {

	static final String SYSTEM = "system_wq";

	private SystemQueues() {
	}

	static void alloc(Consumer<WorkqueueSpec> alloc, BiConsumer<String, String> alias) {
		alloc.accept(spec(SYSTEM, PERCPU));
		alloc.accept(spec("system_highpri_wq", PERCPU, HIGHPRI));
		alloc.accept(spec("system_long_wq", PERCPU));
		alloc.accept(spec("system_unbound_wq", UNBOUND).maxActive(QueueRules.MAX_ACTIVE));
		alloc.accept(spec("system_dfl_long_wq", UNBOUND).maxActive(QueueRules.MAX_ACTIVE));
		alloc.accept(spec("system_freezable_wq", PERCPU, FREEZABLE));
		alloc.accept(spec("system_power_efficient_wq", PERCPU, POWER_EFFICIENT));
		alloc.accept(spec("system_freezable_power_efficient_wq", PERCPU, FREEZABLE, POWER_EFFICIENT));
		alloc.accept(spec("system_bh_wq", PERCPU, BH));
		alloc.accept(spec("system_bh_highpri_wq", PERCPU, BH, HIGHPRI));
		alias.accept("system_percpu_wq", SYSTEM);
		alias.accept("system_dfl_wq", "system_unbound_wq");
	}

	private static WorkqueueSpec spec(String name, WorkqueueFlag... flags) {
		return WorkqueueSpec.named(name).flags(flags);
	}

}
