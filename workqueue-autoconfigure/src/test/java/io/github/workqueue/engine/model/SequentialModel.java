package io.github.workqueue.engine.model;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What each call of the public interface must answer, and what it changes: the outcome
 * table of the kernel reference (1.9) with this port's decisions. Calls are made one at a
 * time, each when everything that could happen has happened.
 * <p>
 * Not made are calls whose outcome is open: an item of one queue on another one while it
 * runs, a request whose CPU the engine chooses among several, an enable that takes away
 * the depth which a waiting caller holds, and waits of handlers that would not end at
 * once.
 */
final class SequentialModel {

	private static final int ANY_CPU = -1;

	private final ModelState state;

	private final Waits waits;

	SequentialModel(ModelState state) {
		this.state = state;
		this.waits = new Waits(state);
	}

	/** Makes a call and lets happen what follows from it. */
	Answer apply(Call call) {
		if (call.actor() >= 0 && this.state.items.get(call.actor()).run == null) {
			return Answer.SKIP;
		}
		ModelRun actor = (call.actor() >= 0) ? this.state.items.get(call.actor()).run : null;
		Answer answer = answer(call, actor);
		if (answer != Answer.SKIP) {
			this.state.settle();
			this.state.timeOut();
			this.state.settle();
		}
		return (answer.begun() != null) ? begin(answer.begun()) : answer;
	}

	private static Answer begin(ModelWait wait) {
		return (wait.outcome() != null) ? Answer.of(wait.outcome()) : Answer.waiting(wait);
	}

	private Answer answer(Call call, @Nullable ModelRun actor) {
		ModelItem item = this.state.items.get(call.item());
		ModelQueue queue = this.state.queues.get(call.queue());
		ModelQueue system = this.state.queues.get(0);
		long nanos = call.delay().toNanos();
		return switch (call.action()) {
			case QUEUE -> item(item, () -> queue(item, queue, ANY_CPU, actor));
			case QUEUE_ON -> item(item, () -> onCpu(call, () -> queue(item, queue, call.number(), actor)));
			case SCHEDULE -> work(item, () -> queue(item, item.home, ANY_CPU, actor));
			case SCHEDULE_ON_SYSTEM -> item(item, () -> queue(item, system, ANY_CPU, actor));
			case QUEUE_DELAYED -> delayed(item, () -> queueDelayed(item, queue, ANY_CPU, nanos, actor));
			case QUEUE_DELAYED_ON ->
				delayed(item, () -> onCpu(call, () -> queueDelayed(item, queue, call.number(), nanos, actor)));
			case DELAY_ON_SYSTEM -> delayed(item, () -> queueDelayed(item, system, ANY_CPU, nanos, actor));
			case SCHEDULE_AFTER -> timed(item, () -> queueDelayed(item, item.home, ANY_CPU, nanos, actor));
			case MOD_DELAYED -> delayed(item, () -> modDelayed(item, queue, ANY_CPU, nanos, actor));
			case MOD_DELAYED_ON ->
				delayed(item, () -> onCpu(call, () -> modDelayed(item, queue, call.number(), nanos, actor)));
			case MODIFY -> timed(item, () -> modDelayed(item, item.home, ANY_CPU, nanos, actor));
			case DEBOUNCE -> timed(item, () -> debounce(item, call, actor));
			case CANCEL -> work(item, () -> cancel(item));
			case CANCEL_SYNC -> work(item, () -> this.waits.cancelSync(item, actor));
			case DISABLE -> item(item, () -> Answer.of(disable(item)));
			case DISABLE_SYNC -> item(item, () -> this.waits.disableSync(item, actor));
			case ENABLE -> item(item, () -> enable(item));
			case ENABLE_AND_QUEUE -> item(item, () -> enableAndQueue(item, queue, actor));
			case FLUSH -> work(item, () -> this.waits.flush(item, ModelWait.FOREVER, actor));
			case FLUSH_IN_TIME -> item(item, () -> inTime(nanos, () -> this.waits.flush(item, nanos, actor)));
			case FLUSH_QUEUE -> this.waits.flush(queue, ModelWait.FOREVER, actor, "done");
			case FLUSH_QUEUE_IN_TIME -> inTime(nanos, () -> this.waits.flush(queue, nanos, actor, "true"));
			case DRAIN -> this.waits.drain(queue, ModelWait.FOREVER, actor, "done");
			case DRAIN_IN_TIME -> inTime(nanos, () -> this.waits.drain(queue, nanos, actor, "true"));
			case DESTROY -> this.waits.destroy(queue, actor);
			case ALLOC -> alloc(call, queue);
			case SET_MAX_ACTIVE -> setMaxActive(queue, call.number());
			case SET_MIN_ACTIVE -> setMinActive(queue, call.number());
			case FREEZE -> setFrozen(true);
			case THAW -> setFrozen(false);
			case EXECUTE -> execute(queue, actor);
			case WORK_ON_CPU -> workOnCpus(call.number(), 1, actor);
			case ON_EACH_CPU -> workOnCpus(0, this.state.cpus, actor);
			case END -> end(item, () -> end(item, false));
			case FAIL -> end(item, () -> end(item, true));
			case RETRY -> end(item, () -> retry(item, nanos));
			case ADVANCE -> advance(nanos, actor);
			case INTERRUPT -> interrupt(call.number(), actor);
		};
	}

	// ---- who can be asked what ----

	private static Answer item(ModelItem item, Supplier<Answer> call) {
		return (item.type == ModelItem.Type.PLAIN || item.type == ModelItem.Type.DELAYED) ? call.get() : Answer.SKIP;
	}

	private static Answer work(ModelItem item, Supplier<Answer> call) {
		return (item.type != ModelItem.Type.ANONYMOUS) ? call.get() : Answer.SKIP;
	}

	private static Answer delayed(ModelItem item, Supplier<Answer> call) {
		return (item.type == ModelItem.Type.DELAYED) ? call.get() : Answer.SKIP;
	}

	private static Answer timed(ModelItem item, Supplier<Answer> call) {
		return item.isDelayed() ? call.get() : Answer.SKIP;
	}

	/** A call that may not wait at all races with handlers that end by themselves. */
	private static Answer inTime(long nanos, Supplier<Answer> call) {
		return (nanos > 0) ? call.get() : Answer.SKIP;
	}

	private Answer onCpu(Call call, Supplier<Answer> next) {
		return (call.number() < this.state.cpus) ? next.get() : Answer.ILLEGAL_ARGUMENT;
	}

	/**
	 * Whether the model does not know where the item would go, or what would come of it.
	 */
	private static boolean isOpen(ModelItem item, ModelQueue queue, int cpu, long nanos) {
		boolean follows = item.run != null && nanos == 0;
		return (item.run != null && item.run.link.queue != queue) || (!follows && queue.isChoiceOpen(cpu));
	}

	// ---- requests ----

	static boolean admits(ModelQueue queue, @Nullable ModelRun actor) {
		boolean chained = actor != null && actor.link.queue == queue;
		return !queue.destroyed && (queue.drains == 0 || chained);
	}

	/**
	 * The limit of pending items is one for what is queued at once, but not by workers.
	 */
	private static boolean admitsNow(ModelQueue queue, long nanos, @Nullable ModelRun actor) {
		return admits(queue, actor) && (nanos > 0 || actor != null || !queue.isFull());
	}

	/** What a request finds that meets an item which is not idle; null if it is. */
	private static @Nullable Answer refusal(ModelItem item, ModelQueue queue) {
		if (item.pending != null) {
			queue.coalesced++;
			return Answer.FALSE;
		}
		return (item.depth > 0) ? Answer.FALSE : null;
	}

	private Answer queue(ModelItem item, ModelQueue queue, int cpu, @Nullable ModelRun actor) {
		if (isOpen(item, queue, cpu, 0)) {
			return Answer.SKIP;
		}
		Answer refusal = refusal(item, queue);
		if (refusal != null) {
			return refusal;
		}
		if (!admitsNow(queue, 0, actor)) {
			return Answer.REJECTED;
		}
		this.state.arm(item, queue, cpu, 0, false, 0);
		return Answer.TRUE;
	}

	private Answer queueDelayed(ModelItem item, ModelQueue queue, int cpu, long nanos, @Nullable ModelRun actor) {
		if (nanos == 0) {
			return queue(item, queue, cpu, actor);
		}
		if (isOpen(item, queue, cpu, nanos)) {
			return Answer.SKIP;
		}
		Answer refusal = refusal(item, queue);
		if (refusal != null) {
			return refusal;
		}
		if (!admits(queue, actor)) {
			return Answer.REJECTED;
		}
		this.state.arm(item, queue, cpu, nanos, false, 0);
		return Answer.TRUE;
	}

	private Answer modDelayed(ModelItem item, ModelQueue queue, int cpu, long nanos, @Nullable ModelRun actor) {
		if (isOpen(item, queue, cpu, nanos)) {
			return Answer.SKIP;
		}
		if (item.depth > 0) {
			return Answer.FALSE;
		}
		boolean pending = item.pending != null;
		if (!(pending ? admits(queue, actor) : admitsNow(queue, nanos, actor))) {
			return Answer.REJECTED;
		}
		if (pending) {
			this.state.remove(item);
		}
		this.state.arm(item, queue, cpu, nanos, false, 0);
		return Answer.of(pending);
	}

	private Answer debounce(ModelItem item, Call call, @Nullable ModelRun actor) {
		ModelQueue queue = item.home;
		long nanos = call.delay().toNanos();
		if (isOpen(item, queue, ANY_CPU, 1)) {
			return Answer.SKIP;
		}
		long longest = (call.limit() != null) ? call.limit().toNanos() : Long.MAX_VALUE / 2;
		ModelInstance pending = item.pending;
		Answer refusal = refusal(item, queue);
		if (pending != null && pending.isArmed() && pending.debounced) {
			pending.dueAt = Math.min(this.state.now + nanos, pending.limitAt);
		}
		if (refusal != null) {
			return refusal;
		}
		if (!admitsNow(queue, Math.min(nanos, longest), actor)) {
			return Answer.REJECTED;
		}
		this.state.arm(item, queue, ANY_CPU, Math.min(nanos, longest), true, this.state.now + longest);
		return Answer.TRUE;
	}

	private Answer execute(ModelQueue queue, @Nullable ModelRun actor) {
		ModelItem item = new ModelItem(queue + ".executor", ModelItem.Type.ANONYMOUS, queue, true);
		Answer answer = queue(item, queue, ANY_CPU, actor);
		if (answer == Answer.TRUE) {
			this.state.items.add(item);
			return Answer.DONE;
		}
		return answer;
	}

	/** The calls wait, but not for long where a worker is free. */
	private Answer workOnCpus(int first, int count, @Nullable ModelRun actor) {
		ModelQueue system = this.state.queues.get(0);
		if (actor != null || system.drains > 0) {
			return Answer.SKIP;
		}
		if (first >= this.state.cpus) {
			return Answer.ILLEGAL_ARGUMENT;
		}
		if (system.links.stream().anyMatch((link) -> !startsAtOnce(link))) {
			return Answer.SKIP;
		}
		for (int cpu = first; cpu < first + count; cpu++) {
			ModelItem item = new ModelItem("on CPU " + cpu, ModelItem.Type.ANONYMOUS, system, true);
			this.state.arm(item, system, cpu, 0, false, 0);
		}
		return Answer.DONE;
	}

	private boolean startsAtOnce(ModelLink link) {
		boolean worker = !link.pool.oneAtATime || link.pool.running == 0;
		return worker && link.inactive.isEmpty() && link.active < this.state.limit(link.queue);
	}

	// ---- cancel, disable, enable ----

	private Answer cancel(ModelItem item) {
		boolean pending = item.pending != null;
		if (pending) {
			this.state.remove(item);
		}
		return Answer.of(pending);
	}

	private boolean disable(ModelItem item) {
		return this.waits.disable(item);
	}

	private Answer enable(ModelItem item) {
		if (item.depth == 0) {
			return Answer.ILLEGAL_STATE;
		}
		if (item.depth == item.holds) {
			return Answer.SKIP;
		}
		item.depth--;
		return Answer.of(item.depth == 0);
	}

	private Answer enableAndQueue(ModelItem item, ModelQueue queue, @Nullable ModelRun actor) {
		if (isOpen(item, queue, ANY_CPU, 0)) {
			return Answer.SKIP;
		}
		if (item.depth == 1 && !admitsNow(queue, 0, actor)) {
			return Answer.REJECTED;
		}
		Answer answer = enable(item);
		if (answer == Answer.TRUE) {
			this.state.arm(item, queue, ANY_CPU, 0, false, 0);
		}
		return answer;
	}

	// ---- queues ----

	/** A name in use is refused; the name of a destroyed queue is free again. */
	private Answer alloc(Call call, ModelQueue old) {
		if (!old.destroyed) {
			return Answer.ILLEGAL_STATE;
		}
		this.state.queues.set(call.queue(), this.state.alloc(old.draft));
		return Answer.DONE;
	}

	private Answer setMaxActive(ModelQueue queue, int maxActive) {
		if (queue.draft.isBh() || queue.draft.isOrdered()) {
			return Answer.ILLEGAL_STATE;
		}
		if (maxActive < 1 || maxActive > 2048) {
			return Answer.ILLEGAL_ARGUMENT;
		}
		queue.maxActive = maxActive;
		queue.minActive = Math.min(queue.minActive, maxActive);
		activate(queue);
		return Answer.DONE;
	}

	private static Answer setMinActive(ModelQueue queue, int minActive) {
		if (queue.draft.kind() != QueueDraft.Kind.UNBOUND) {
			return Answer.ILLEGAL_STATE;
		}
		if (minActive < 1 || minActive > queue.maxActive) {
			return Answer.ILLEGAL_ARGUMENT;
		}
		queue.minActive = minActive;
		return Answer.DONE;
	}

	private Answer setFrozen(boolean frozen) {
		this.state.frozen = frozen;
		this.state.queues.forEach(this::activate);
		return Answer.DONE;
	}

	private void activate(ModelQueue queue) {
		queue.links.forEach((link) -> link.activateWaiting(this.state.limit(queue)));
	}

	// ---- handlers, clock, interrupts ----

	private static Answer end(ModelItem item, Supplier<Answer> end) {
		return (item.run != null) ? end.get() : Answer.SKIP;
	}

	private Answer end(ModelItem item, boolean failed) {
		this.state.end(item.run, failed);
		return Answer.DONE;
	}

	private Answer retry(ModelItem item, long nanos) {
		ModelRun run = item.run;
		ModelQueue home = item.home;
		if (!item.isDelayed() || isOpen(item, home, ANY_CPU, 1)) {
			return Answer.SKIP;
		}
		if (!home.destroyed && item.pending == null && item.depth == 0) {
			this.state.arm(item, home, ANY_CPU, nanos, false, 0);
			run.link.queue.retries++;
		}
		this.state.settle();
		return end(item, true);
	}

	private Answer advance(long nanos, @Nullable ModelRun actor) {
		if (actor != null) {
			return Answer.SKIP;
		}
		this.state.now += nanos;
		return Answer.DONE;
	}

	private Answer interrupt(int number, @Nullable ModelRun actor) {
		ModelWait wait = this.state.waiting(number);
		if (actor != null || wait == null) {
			return Answer.SKIP;
		}
		wait.interrupt();
		return Answer.DONE;
	}

}
