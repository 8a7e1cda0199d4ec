package io.github.workqueue.engine.model;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A step of a program: a call of the public interface, the end of a handler, or a turn of
 * the clock.
 *
 * @param action what is done
 * @param actor the item inside whose handler the call is made, or -1 outside of handlers
 * @param item the number of the item
 * @param queue the number of the queue
 * @param number a CPU, a limit, or which of those that wait
 * @param delay a delay or a time-out
 * @param limit the longest postponement, or null for none
 */
record Call(Action action, int actor, int item, int queue, int number, Duration delay, @Nullable Duration limit) {

	/** What is done. */
	enum Action {

		QUEUE(6), QUEUE_ON(5), SCHEDULE(5), QUEUE_DELAYED(3), QUEUE_DELAYED_ON(3), SCHEDULE_AFTER(3), MOD_DELAYED(4),
		MOD_DELAYED_ON(3), MODIFY(3), DEBOUNCE(3), CANCEL(3), CANCEL_SYNC(3), DISABLE(3), DISABLE_SYNC(2), ENABLE(5),
		ENABLE_AND_QUEUE(4), FLUSH(3), FLUSH_IN_TIME(2), FLUSH_QUEUE(2), FLUSH_QUEUE_IN_TIME(2), DRAIN(2),
		DRAIN_IN_TIME(2), DESTROY(1), ALLOC(1), SET_MAX_ACTIVE(3), SET_MIN_ACTIVE(1), FREEZE(1), THAW(4), EXECUTE(3),
		SCHEDULE_ON_SYSTEM(1), DELAY_ON_SYSTEM(1), WORK_ON_CPU(1), ON_EACH_CPU(1), END(20), FAIL(2), RETRY(3),
		ADVANCE(8), INTERRUPT(2);

		private final int weight;

		Action(int weight) {
			this.weight = weight;
		}

		int weight() {
			return this.weight;
		}

	}

	@Override
	public String toString() {
		String inside = (this.actor >= 0) ? "in the handler of item-" + this.actor + ": " : "";
		return inside + what();
	}

	private String what() {
		String work = "item-" + this.item;
		String on = "queue-" + this.queue;
		return switch (this.action) {
			case QUEUE -> on + ".queue(" + work + ")";
			case QUEUE_ON -> on + ".queueOn(" + this.number + ", " + work + ")";
			case SCHEDULE -> work + ".schedule()";
			case QUEUE_DELAYED -> on + ".queueDelayed(" + work + ", " + this.delay + ")";
			case QUEUE_DELAYED_ON -> on + ".queueDelayedOn(" + this.number + ", " + work + ", " + this.delay + ")";
			case SCHEDULE_AFTER -> work + ".schedule(" + this.delay + ")";
			case MOD_DELAYED -> on + ".modDelayed(" + work + ", " + this.delay + ")";
			case MOD_DELAYED_ON -> on + ".modDelayedOn(" + this.number + ", " + work + ", " + this.delay + ")";
			case MODIFY -> work + ".modify(" + this.delay + ")";
			case DEBOUNCE -> work + ".debounce(" + this.delay + ", " + this.limit + ")";
			case CANCEL -> work + ".cancel()";
			case CANCEL_SYNC -> work + ".cancelSync()";
			case DISABLE -> work + ".disable()";
			case DISABLE_SYNC -> work + ".disableSync()";
			case ENABLE -> work + ".enable()";
			case ENABLE_AND_QUEUE -> work + ".enableAndQueue(" + on + ")";
			case FLUSH -> work + ".flush()";
			case FLUSH_IN_TIME -> work + ".flush(" + this.delay + ")";
			case FLUSH_QUEUE -> on + ".flush()";
			case FLUSH_QUEUE_IN_TIME -> on + ".flush(" + this.delay + ")";
			case DRAIN -> on + ".drain()";
			case DRAIN_IN_TIME -> on + ".drain(" + this.delay + ")";
			case DESTROY -> on + ".destroy()";
			case ALLOC -> "alloc(" + on + ")";
			case SET_MAX_ACTIVE -> on + ".setMaxActive(" + this.number + ")";
			case SET_MIN_ACTIVE -> on + ".setMinActive(" + this.number + ")";
			case FREEZE -> "freeze()";
			case THAW -> "thaw()";
			case EXECUTE -> on + ".asExecutor().execute(..)";
			case SCHEDULE_ON_SYSTEM -> "schedule(" + work + ")";
			case DELAY_ON_SYSTEM -> "scheduleDelayed(" + work + ", " + this.delay + ")";
			case WORK_ON_CPU -> "workOnCpu(" + this.number + ", ..)";
			case ON_EACH_CPU -> "scheduleOnEachCpu(..)";
			case END -> work + " ends";
			case FAIL -> work + " fails";
			case RETRY -> work + " fails and is to be retried in " + this.delay;
			case ADVANCE -> "the clock is turned by " + this.delay;
			case INTERRUPT -> "the waiting call number " + this.number + " is interrupted";
		};
	}

}
