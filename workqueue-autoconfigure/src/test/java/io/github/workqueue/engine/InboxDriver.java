package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * An inbox.
 */
public final class InboxDriver {

	private final Inbox inbox = new Inbox();

	/** Pushes a fresh item. */
	@Operation
	public boolean push(@Param(gen = IntGen.class, conf = "0:3") int name) {
		WorkDefinition definition = new WorkDefinition("item-" + name, null, (WorkHandler) WorkItem::name);
		return this.inbox.push(new EngineWorkItem(definition));
	}

	@Operation
	public String takeAll() {
		List<String> names = new ArrayList<>();
		for (EngineWorkItem item = this.inbox.takeAll(); item != null;) {
			EngineWorkItem next = item.next;
			names.add(item.name());
			item.next = null;
			item = next;
		}
		return names.toString();
	}

	/** The same, one after the other. */
	public static final class Specification {

		private final List<String> inside = new ArrayList<>();

		public boolean push(int name) {
			this.inside.add("item-" + name);
			return this.inside.size() == 1;
		}

		public String takeAll() {
			String all = this.inside.toString();
			this.inside.clear();
			return all;
		}

	}

}
