package io.github.workqueue.engine;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Requests, cancels, disables and waits on items of a real pool, while a worker runs
 * them. Each accepted instance ends once: it runs, or somebody removes it. Nobody returns
 * from a wait too soon, and everybody returns.
 */
public final class ItemLifeDriver extends PoolHarness {

	@Operation
	public void push(@Param(gen = IntGen.class, conf = "2:3") int item) {
		queue(item);
	}

	@Operation(nonParallelGroup = "worker 0")
	public void work0() {
		work(0);
	}

	@Operation
	public void cancel(@Param(gen = IntGen.class, conf = "2:3") int item) {
		if (Cancellation.cancel(this.items[item])) {
			count(item);
		}
	}

	@Operation
	public void disable(@Param(gen = IntGen.class, conf = "2:3") int item) {
		if (Cancellation.disable(this.items[item])) {
			count(item);
		}
	}

	@Operation
	public void enable(@Param(gen = IntGen.class, conf = "2:3") int item) {
		if (WorkState.depth(this.items[item].word()) > 0) {
			this.items[item].enable();
		}
	}

	/** Only where a worker goes on for long enough. */
	public void cancelSync(int item) throws InterruptedException {
		int running = this.started[item];
		if (Cancellation.cancelSync(this.items[item])) {
			count(item);
		}
		checkEnded(item, running);
	}

	/** Only where a worker goes on for long enough. */
	public void flush(int item) throws InterruptedException {
		int running = this.started[item];
		this.items[item].flush();
		checkEnded(item, running);
	}

	private void checkEnded(int item, int running) {
		if (this.ended[item] < running) {
			throw new AssertionError("returned while item " + item + " runs");
		}
	}

	private synchronized void count(int item) {
		this.removed[item]++;
	}

	@Validate
	public void eachInstanceEndsOnce() {
		checkPromise();
		settle();
		for (int i = 0; i < this.items.length; i++) {
			if (this.accepted[i] != this.started[i] + this.removed[i]) {
				throw new AssertionError("item " + i + " was accepted " + this.accepted[i] + " times, started "
						+ this.started[i] + " times and removed " + this.removed[i] + " times");
			}
			if (this.items[i].isPending()) {
				throw new AssertionError("item " + i + " stays pending");
			}
		}
	}

}
