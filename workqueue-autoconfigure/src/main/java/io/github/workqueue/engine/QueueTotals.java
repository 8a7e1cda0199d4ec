package io.github.workqueue.engine;

/**
 * Sums over the links of a queue, while a snapshot is made.
 */
@Confined("the thread that makes the snapshot")
final class QueueTotals {

	long pending;

	long inactive;

	long running;

	long adds;

	long started;

	long completed;

	long failed;

	long retries;

	long cpuMicros;

	long cpuIntensive;

	long cmWakeup;

	long mayday;

	long rescued;

}
