package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * K5.7: a request that was refused because the item was pending still has its data seen
 * by the run that was pending. Caller and worker each write before they read, so it takes
 * a full fence on both sides; a processor that keeps its stores back for a moment, as
 * every x86 does, shows the lack of either.
 */
@JCStressTest
@Outcome(id = "PENDING, 0", expect = Expect.FORBIDDEN, desc = "Refused, and the run does not see the data.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The run sees the data, or another run follows.")
@State
public class RefusedRequestOrder {

	private final WorkState item = Pieces.queued();

	private int data;

	@Actor
	public void caller(LI_Result result) {
		this.data = 1;
		result.r1 = this.item.tryTake();
	}

	@Actor
	public void worker(LI_Result result) {
		this.item.start();
		result.r2 = this.data;
	}

}
