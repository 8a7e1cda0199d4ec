package io.github.workqueue.engine;

import java.util.concurrent.locks.ReentrantLock;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.Inbox.Push;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * An inbox whose producers empty it if nobody else will: who is not behind another one.
 */
public final class FirstPushDriver {

	private static final WorkDefinition DEFINITION = new WorkDefinition("item", null, (WorkHandler) WorkItem::name);

	private final Inbox inbox = new Inbox(2);

	private final ReentrantLock lock = new ReentrantLock();

	@Operation
	public void push() {
		EngineWorkItem item = new EngineWorkItem(DEFINITION);
		Push push;
		do {
			push = this.inbox.push(item);
			if (push != Push.BEHIND) {
				drain();
			}
		}
		while (push == Push.FULL);
	}

	/** Returns how many items nobody has taken. */
	@Operation
	public int drain() {
		this.lock.lock();
		int count = 0;
		while (this.inbox.poll() != null) {
			count++;
		}
		this.lock.unlock();
		return count;
	}

	/** Nothing is left behind. */
	public static final class Specification {

		public void push() {
		}

		public int drain() {
			return 0;
		}

	}

}
