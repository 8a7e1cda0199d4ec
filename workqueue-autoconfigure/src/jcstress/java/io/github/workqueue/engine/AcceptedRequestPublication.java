package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * K5.6: the run sees what the caller of an accepted request wrote before, and what the
 * engine wrote into the item, by the steps of a request and of a worker without the lock
 * of the pool.
 * <p>
 * There is no weak engine for this: an x86 keeps the order of two stores and of two
 * reads, and no compiler was seen to change it here.
 */
@JCStressTest
@Outcome(id = "1, 0, .", expect = Expect.FORBIDDEN, desc = "Runs without the data.")
@Outcome(id = "1, ., 0", expect = Expect.FORBIDDEN, desc = "Runs without the captured context.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "Runs with all, or later.")
@State
public class AcceptedRequestPublication {

	private final Inbox inbox = new Inbox(2);

	private final EngineWorkItem item = Pieces.idle();

	private int data;

	@Actor
	public void caller() {
		this.data = 1;
		this.item.tryTake();
		this.item.captured = this;
		this.item.enqueue(0);
		this.inbox.push(this.item);
	}

	@Actor
	public void worker(III_Result result) {
		EngineWorkItem arrived = this.inbox.poll();
		if (arrived != null) {
			result.r1 = 1;
			arrived.start();
			result.r2 = this.data;
			result.r3 = (arrived.captured != null) ? 1 : 0;
		}
	}

}
