package io.github.workqueue.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * The calls that may wait. Inside a handler they are made only where they need not.
 */
final class Waits {

	private static final Runnable NOTHING = () -> {
	};

	private final ModelState state;

	Waits(ModelState state) {
		this.state = state;
	}

	private ModelWait begin(ModelWait wait) {
		this.state.waits.add(wait);
		return wait;
	}

	private long deadline(long nanos) {
		return (nanos == ModelWait.FOREVER) ? nanos : this.state.now + nanos;
	}

	// ---- items ----

	Answer flush(ModelItem item, long nanos, @Nullable ModelRun actor) {
		if (actor != null && actor.item == item) {
			return Answer.DEADLOCK;
		}
		if (item.isIdle()) {
			return Answer.FALSE;
		}
		ModelInstance pending = item.pending;
		if (pending != null && pending.isArmed() && isOpen(pending)) {
			return Answer.SKIP;
		}
		if (actor != null) {
			return (pending != null && isBehind(pending, actor)) ? Answer.DEADLOCK : Answer.SKIP;
		}
		ModelWait wait = begin(new ModelWait("true", "timed out", deadline(nanos), null, NOTHING, NOTHING));
		wait.expect();
		if (pending == null) {
			item.run.waits.add(wait);
			return Answer.waiting(wait);
		}
		pending.waits.add(wait);
		if (pending.isArmed()) {
			this.state.insert(pending);
		}
		return Answer.waiting(wait);
	}

	private static boolean isOpen(ModelInstance armed) {
		ModelRun run = armed.item.run;
		return (run != null) ? run.link.queue != armed.target : armed.target.isChoiceOpen(armed.cpu);
	}

	/** Whether an instance starts only when what the actor runs has ended. */
	private static boolean isBehind(ModelInstance pending, ModelRun actor) {
		ModelRun run = pending.item.run;
		ModelLink link = !pending.isArmed() ? pending.link
				: (run != null) ? run.link : pending.target.link(pending.cpu);
		boolean oneSlot = link == actor.link && link.queue.maxActive == 1;
		return oneSlot || (link.pool == actor.link.pool && link.pool.bh);
	}

	Answer cancelSync(ModelItem item, @Nullable ModelRun actor) {
		Runnable enable = () -> {
			item.holds--;
			item.depth--;
		};
		return awaitRun(item, actor, enable, enable);
	}

	Answer disableSync(ModelItem item, @Nullable ModelRun actor) {
		return awaitRun(item, actor, () -> item.holds--, () -> {
			item.holds--;
			item.depth--;
		});
	}

	private Answer awaitRun(ModelItem item, @Nullable ModelRun actor, Runnable atEnd, Runnable atFailure) {
		if (actor != null) {
			return (actor.item == item) ? Answer.DEADLOCK : Answer.SKIP;
		}
		String result = String.valueOf(disable(item));
		item.holds++;
		ModelWait wait = begin(new ModelWait(result, "", ModelWait.FOREVER, null, atEnd, atFailure));
		if (item.run != null) {
			item.run.waits.add(wait);
			wait.expect();
		}
		return Answer.waiting(wait);
	}

	/** Adds one to the depth; says whether an instance was pending. */
	boolean disable(ModelItem item) {
		boolean pending = item.pending != null;
		if (pending) {
			this.state.remove(item);
		}
		item.depth++;
		return pending;
	}

	// ---- queues ----

	Answer flush(ModelQueue queue, long nanos, @Nullable ModelRun actor, String result) {
		Answer inside = inside(queue, actor);
		if (inside != null) {
			return inside;
		}
		if (queue.destroyed) {
			return Answer.of(result);
		}
		ModelWait wait = begin(new ModelWait(result, "false", deadline(nanos), null, NOTHING, NOTHING));
		this.state.expectAll(queue, wait);
		return Answer.waiting(wait);
	}

	Answer drain(ModelQueue queue, long nanos, @Nullable ModelRun actor, String result) {
		Answer inside = inside(queue, actor);
		if (inside != null) {
			return inside;
		}
		if (queue.destroyed) {
			return Answer.of(result);
		}
		queue.drains++;
		return Answer.waiting(begin(
				new ModelWait(result, "false", deadline(nanos), queue, () -> queue.drains--, () -> queue.drains--)));
	}

	Answer destroy(ModelQueue queue, @Nullable ModelRun actor) {
		if (queue.draft.kind() == QueueDraft.Kind.SYSTEM) {
			return Answer.ILLEGAL_STATE;
		}
		Answer inside = inside(queue, actor);
		if (inside != null) {
			return inside;
		}
		if (queue.destroyed) {
			return Answer.DONE;
		}
		queue.drains++;
		return Answer.waiting(begin(new ModelWait("done", "", ModelWait.FOREVER, queue, () -> {
			queue.drains--;
			queue.destroyed = true;
			this.state.cancelTimers(queue);
		}, () -> queue.drains--)));
	}

	/** What the call does in a handler; null outside of handlers. */
	private static @Nullable Answer inside(ModelQueue queue, @Nullable ModelRun actor) {
		if (actor == null) {
			return null;
		}
		return (actor.link.queue == queue) ? Answer.DEADLOCK : Answer.SKIP;
	}

}
