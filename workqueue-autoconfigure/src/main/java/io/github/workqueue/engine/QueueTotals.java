package io.github.workqueue.engine;

/**
 * Sums over the links of a queue, while a snapshot is made.
 */
final class QueueTotals {

	@Confined("the thread that makes the snapshot")
	long pending;

	@Confined("the thread that makes the snapshot")
	long inactive;

	@Confined("the thread that makes the snapshot")
	long running;

	@Confined("the thread that makes the snapshot")
	long adds;

	@Confined("the thread that makes the snapshot")
	long started;

	@Confined("the thread that makes the snapshot")
	long completed;

	@Confined("the thread that makes the snapshot")
	long failed;

	@Confined("the thread that makes the snapshot")
	long retries;

	@Confined("the thread that makes the snapshot")
	long cpuMicros;

	@Confined("the thread that makes the snapshot")
	long cpuIntensive;

	@Confined("the thread that makes the snapshot")
	long cmWakeup;

	@Confined("the thread that makes the snapshot")
	long mayday;

	@Confined("the thread that makes the snapshot")
	long rescued;

}
