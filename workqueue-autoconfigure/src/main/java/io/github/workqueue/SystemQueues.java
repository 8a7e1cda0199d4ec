package io.github.workqueue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The queues that every engine has ({@code workqueue_init_early}), for use in
 * annotations: {@code @Work(queue = SystemQueues.UNBOUND)}. Difference: the kernel's
 * {@code system_percpu_wq} and {@code system_dfl_wq} are queues beside the older ones,
 * here they are further names of the same. <pre class="code">
 * &#064;Work(name = "resize", queue = SystemQueues.UNBOUND)
 * void resize(Path image) {
 * 	images.resize(image);
 * }
 * </pre>
 */
public final class SystemQueues {

	/** For what is short; the default. Also {@code system_percpu_wq}. */
	public static final String DEFAULT = "system_wq";

	/** For what is short and must not wait behind the rest. */
	public static final String HIGHPRI = "system_highpri_wq";

	/** For what takes long. */
	public static final String LONG = "system_long_wq";

	/** For what computes for long, or waits a lot. Also {@code system_dfl_wq}. */
	public static final String UNBOUND = "system_unbound_wq";

	/** For what takes long and is bound to no CPU. */
	public static final String UNBOUND_LONG = "system_dfl_long_wq";

	/** For what must stand still while the context is paused. */
	public static final String FREEZABLE = "system_freezable_wq";

	/** For housekeeping that nobody waits for. */
	public static final String POWER_EFFICIENT = "system_power_efficient_wq";

	/** For housekeeping that must stand still while the context is paused. */
	public static final String FREEZABLE_POWER_EFFICIENT = "system_freezable_power_efficient_wq";

	/** For what is tiny and never blocks; in order per CPU. */
	public static final String BH = "system_bh_wq";

	/** The same, before the rest. */
	public static final String BH_HIGHPRI = "system_bh_highpri_wq";

	private SystemQueues() {
	}

	/**
	 * What makes them.
	 * @return the specifications, freshly made
	 */
	public static List<WorkqueueSpec> specs() {
		return List.of(spec(DEFAULT, WorkqueueFlag.PERCPU), spec(HIGHPRI, WorkqueueFlag.PERCPU, WorkqueueFlag.HIGHPRI),
				spec(LONG, WorkqueueFlag.PERCPU),
				spec(UNBOUND, WorkqueueFlag.UNBOUND).maxActive(WorkqueueSpec.MAX_ACTIVE),
				spec(UNBOUND_LONG, WorkqueueFlag.UNBOUND).maxActive(WorkqueueSpec.MAX_ACTIVE),
				spec(FREEZABLE, WorkqueueFlag.PERCPU, WorkqueueFlag.FREEZABLE),
				spec(POWER_EFFICIENT, WorkqueueFlag.PERCPU, WorkqueueFlag.POWER_EFFICIENT),
				spec(FREEZABLE_POWER_EFFICIENT, WorkqueueFlag.PERCPU, WorkqueueFlag.FREEZABLE,
						WorkqueueFlag.POWER_EFFICIENT),
				spec(BH, WorkqueueFlag.PERCPU, WorkqueueFlag.BH),
				spec(BH_HIGHPRI, WorkqueueFlag.PERCPU, WorkqueueFlag.BH, WorkqueueFlag.HIGHPRI));
	}

	private static WorkqueueSpec spec(String name, WorkqueueFlag... flags) {
		return WorkqueueSpec.named(name).flags(flags);
	}

	/**
	 * Further names.
	 * @return the queue's name by its further name
	 */
	public static Map<String, String> aliases() {
		Map<String, String> aliases = new LinkedHashMap<>();
		aliases.put("system_percpu_wq", DEFAULT);
		aliases.put("system_dfl_wq", UNBOUND);
		return aliases;
	}

	/**
	 * Tells whether a name is one of theirs.
	 * @param name any text
	 * @return true for names and further names
	 */
	public static boolean isName(String name) {
		return aliases().containsKey(name) || specs().stream().anyMatch((spec) -> spec.name().equals(name));
	}

}
