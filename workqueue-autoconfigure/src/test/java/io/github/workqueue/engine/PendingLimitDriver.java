package io.github.workqueue.engine;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkRejectedException;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Requests that need room, where there is room for two.
 */
public final class PendingLimitDriver extends PoolHarness {

	private static final int ROOM = 2;

	private final PendingLimit rejecting = new PendingLimit(ROOM, WhenFull.REJECT);

	private final PendingLimit waiting = new PendingLimit(ROOM, WhenFull.CALLER_WAITS);

	private final AtomicInteger asking = new AtomicInteger();

	private final AtomicInteger patient = new AtomicInteger();

	@Operation
	public boolean ask() {
		try {
			this.rejecting.acquire(this.items[0], this.queue);
		}
		catch (WorkRejectedException ex) {
			return false;
		}
		use(this.rejecting, this.asking);
		return true;
	}

	@Operation
	public void await() {
		this.waiting.acquire(this.items[0], this.queue);
		use(this.waiting, this.patient);
	}

	private static void use(PendingLimit limit, AtomicInteger users) {
		if (users.incrementAndGet() > ROOM) {
			throw new AssertionError("three share the room for two");
		}
		users.decrementAndGet();
		limit.release();
	}

	@Validate
	public void thereIsRoomAfterwards() {
		for (int i = 0; i < ROOM; i++) {
			this.rejecting.acquire(this.items[0], this.queue);
			this.waiting.acquire(this.items[0], this.queue);
		}
	}

}
