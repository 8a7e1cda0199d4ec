package io.github.workqueue.engine;

import io.github.workqueue.engine.Inbox.Push;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * What {@link Inbox} promises about who was first: a producer pushes and then reads how
 * far the consumer is, the consumer tells how far it is and then looks again, and one of
 * the two sees the other.
 */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "Behind an item that nobody will take.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "First, or taken.")
@State
public class PushBesidePollOrder {

	private final Inbox inbox = new Inbox(2);

	private final EngineWorkItem item = Pieces.queued();

	public PushBesidePollOrder() {
		this.inbox.push(Pieces.queued());
		this.inbox.poll();
	}

	@Actor
	public void producer(ZZ_Result result) {
		result.r1 = this.inbox.push(this.item) == Push.BEHIND;
	}

	@Actor
	public void consumer(ZZ_Result result) {
		result.r2 = this.inbox.poll() != null;
	}

}
