package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * K5.7 on the way that most refused requests take: they look at the item and never try to
 * take it.
 */
@JCStressTest
@Outcome(id = "PENDING, 0", expect = Expect.FORBIDDEN, desc = "Refused, and the run does not see the data.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The run sees the data, or another run follows.")
@State
public class GlancedRequestOrder {

	private final WorkState item = Pieces.queued();

	private int data;

	@Actor
	public void caller(LI_Result result) {
		this.data = 1;
		result.r1 = this.item.look();
	}

	@Actor
	public void worker(LI_Result result) {
		this.item.start();
		result.r2 = this.data;
	}

}
