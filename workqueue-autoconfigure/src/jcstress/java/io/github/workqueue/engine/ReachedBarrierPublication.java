package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/**
 * K5.8: who waited for a run sees what the run wrote. That is the barrier's to see to:
 * all waits for items and queues end with one. The caller has read the data before, too,
 * so that a compiler may take the second read for the first where nothing orders them; an
 * x86 itself never reorders two reads.
 */
@JCStressTest
@Outcome(id = "true, .*, 0", expect = Expect.FORBIDDEN, desc = "The wait has ended, the data is old.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The data is there, or the wait goes on.")
@State
public class ReachedBarrierPublication {

	private final Completion completion = new Completion(TimeSource.SYSTEM);

	private final Completion.Barrier barrier = this.completion.barrier(null);

	private int data;

	@Actor
	public void worker() {
		this.data = 1;
		Completion.Barrier.completeAll(this.barrier);
	}

	@Actor
	public void waiter(ZII_Result result) {
		result.r2 = Pieces.busyWith(this.data);
		result.r1 = this.completion.isDone();
		result.r3 = this.data;
	}

}
