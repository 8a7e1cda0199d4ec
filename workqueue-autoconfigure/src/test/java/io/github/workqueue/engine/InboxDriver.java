package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.Inbox.Push;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * An inbox for two items and the list behind it, as a pool has them: who finds no room
 * empties it.
 */
public final class InboxDriver {

	private final Inbox inbox = new Inbox(2);

	private final ReentrantLock lock = new ReentrantLock();

	private final List<String> list = new ArrayList<>();

	/** Pushes a fresh item. */
	@Operation
	public void push(@Param(gen = IntGen.class, conf = "0:3") int name) {
		WorkDefinition definition = new WorkDefinition("item-" + name, null, (WorkHandler) WorkItem::name);
		EngineWorkItem item = new EngineWorkItem(definition);
		while (this.inbox.push(item) == Push.FULL) {
			this.lock.lock();
			drain();
			this.lock.unlock();
		}
	}

	@Operation
	public String takeAll() {
		this.lock.lock();
		drain();
		String all = this.list.toString();
		this.list.clear();
		this.lock.unlock();
		return all;
	}

	private void drain() {
		for (EngineWorkItem item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			this.list.add(item.name());
		}
	}

	/** The same, one after the other. */
	public static final class Specification {

		private final List<String> inside = new ArrayList<>();

		public void push(int name) {
			this.inside.add("item-" + name);
		}

		public String takeAll() {
			String all = this.inside.toString();
			this.inside.clear();
			return all;
		}

	}

}
