package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * What {@link Transit} promises to who closes a gate: after the wait for the requests
 * that began before, every item that was let in is to be found. A request enters its
 * section and then looks at the gate; the other side closes the gate and then looks for
 * sections.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "Let in, and not to be found.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "Found, or refused.")
@State
public class RequestBesideClosedGateOrder {

	private final Transit transit = new Transit(TimeSource.SYSTEM);

	private final QueueGate gate = new QueueGate(Pieces.QUEUE);

	private final Inbox inbox = new Inbox(2);

	private final EngineWorkItem item = Pieces.idle();

	@Actor
	public void request(ZZ_Result result) {
		int section = this.transit.enter();
		if (this.gate.admits()) {
			result.r1 = true;
			this.item.tryTake();
			this.item.enqueue(0);
			this.inbox.push(this.item);
		}
		this.transit.exit(section);
	}

	@Actor
	public void close(ZZ_Result result) {
		this.gate.close(QueueGate.State.DESTROYED);
		this.transit.awaitPriorUninterruptibly();
		result.r2 = this.inbox.isEmpty();
	}

}
