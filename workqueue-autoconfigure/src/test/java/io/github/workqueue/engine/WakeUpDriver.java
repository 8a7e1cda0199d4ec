package io.github.workqueue.engine;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Producers, workers, the monitor, changes of the limit, cancels, and handlers that fall
 * asleep and wake, on a real pool. After each scenario the promise holds, and nothing
 * waits for good while the blockers sleep.
 */
public final class WakeUpDriver extends PoolHarness {

	@Operation
	public void push(@Param(gen = IntGen.class, conf = "0:4") int item) {
		queue(item);
	}

	@Operation(nonParallelGroup = "worker 0")
	public void work0() {
		work(0);
	}

	@Operation(nonParallelGroup = "worker 1")
	public void work1() {
		work(1);
	}

	@Operation(nonParallelGroup = "worker 0")
	public void sleep0() {
		sleep(0, true);
	}

	@Operation(nonParallelGroup = "worker 0")
	public void awake0() {
		sleep(0, false);
	}

	@Operation(nonParallelGroup = "worker 0")
	public void hint0() {
		hint(0);
	}

	@Operation(nonParallelGroup = "limit")
	public void refuse() {
		refuseThreads();
	}

	@Operation(nonParallelGroup = "monitor")
	public void monitor() {
		look();
	}

	@Operation(nonParallelGroup = "limit")
	public void limit(@Param(gen = IntGen.class, conf = "1:3") int maxActive) {
		this.queue.setMaxActive(maxActive);
	}

	@Operation
	public void cancel(@Param(gen = IntGen.class, conf = "0:4") int item) {
		Cancellation.cancel(this.items[item]);
	}

	@Validate
	public void nothingStandsStill() {
		checkPromise();
		settle();
	}

}
