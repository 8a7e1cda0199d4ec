package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * What {@link PoolProgress} relies on: a producer pushes and then reads how many workers
 * are counted, a worker that rests uncounts itself and then looks into the inbox, and one
 * of the two sees the other.
 */
@JCStressTest
@Outcome(id = "1, true", expect = Expect.FORBIDDEN, desc = "Each leaves the item to the other.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "Somebody comes for the item.")
@State
public class PushBesideRestOrder {

	private final Inbox inbox = new Inbox(2);

	private final EngineWorkItem item = Pieces.queued();

	private final Concurrency concurrency = new Concurrency(Pieces.POOL);

	public PushBesideRestOrder() {
		this.concurrency.count(Pieces.WORKER);
	}

	@Actor
	public void producer(IZ_Result result) {
		this.inbox.push(this.item);
		result.r1 = this.concurrency.running();
	}

	@Actor
	public void worker(IZ_Result result) {
		this.concurrency.uncount(Pieces.WORKER);
		result.r2 = this.inbox.isEmpty();
	}

}
