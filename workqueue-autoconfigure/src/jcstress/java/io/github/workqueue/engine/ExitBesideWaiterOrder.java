package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * What {@link Transit} promises to who waits: the one that ends the last section lets it
 * go. A section counts down and then looks for waiters; a waiter notes itself and then
 * looks for sections.
 */
@JCStressTest
@Outcome(id = "false", expect = Expect.FORBIDDEN, desc = "Nobody lets the waiter go.")
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "The waiter goes.")
@State
public class ExitBesideWaiterOrder {

	private final Transit transit = new Transit(TimeSource.SYSTEM);

	private final int section = this.transit.enter();

	private boolean called;

	@Actor
	public void leave() {
		this.transit.exit(this.section);
	}

	@Actor
	public void await() {
		this.transit.afterPrior(() -> this.called = true);
	}

	@Arbiter
	public void look(Z_Result result) {
		result.r1 = this.called;
	}

}
