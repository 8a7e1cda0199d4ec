package io.github.workqueue;

/**
 * The flags of a workqueue, the kernel's {@code WQ_*}. <pre>{@code
 * Workqueue writer = workqueues.alloc("writer", 1, WorkqueueFlag.UNBOUND, WorkqueueFlag.MEM_RECLAIM);
 * }</pre>
 */
public enum WorkqueueFlag {

	/**
	 * Items run one after the other, strictly in order, on the one thread of their CPU
	 * and priority; they should not block.
	 */
	BH,

	/**
	 * Items are not bound to a CPU and not regulated by it: each starts as soon as
	 * {@code max_active} and the number of workers allow.
	 */
	UNBOUND,

	/**
	 * The queue takes part in {@link Workqueues#freeze()}.
	 */
	FREEZABLE,

	/**
	 * The queue owns a rescuer thread: one of its items always progresses, even when no
	 * worker can be had.
	 */
	MEM_RECLAIM,

	/**
	 * Items run in pools of their own, which normal work never delays.
	 */
	HIGHPRI,

	/**
	 * Running items do not hold back others of their CPU; their own start is still
	 * regulated.
	 */
	CPU_INTENSIVE,

	/**
	 * Limits may be changed from outside, through the endpoint.
	 */
	SYSFS,

	/**
	 * Per-CPU as a rule, unbound where the engine saves power.
	 */
	POWER_EFFICIENT,

	/**
	 * Items run on the CPU that they were queued on. The default.
	 */
	PERCPU

}
