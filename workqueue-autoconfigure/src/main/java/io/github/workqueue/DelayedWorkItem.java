package io.github.workqueue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A work item with a timer ({@code struct delayed_work}). It is pending from the moment
 * the timer is armed. The inherited calls are the kernel's {@code *_delayed_*} forms.
 * Delays are never cut short and must not be negative; zero means now. <pre>{@code
 * DelayedWorkItem save = workqueues.initDelayedWork("save", (work) -> document.save());
 * save.debounce(Duration.ofMillis(200), Duration.ofSeconds(2)); // with each change
 * save.modify(Duration.ZERO); // now
 * }</pre>
 */
public interface DelayedWorkItem extends WorkItem {

	/**
	 * Queues the item on its home queue after a delay ({@code queue_delayed_work}). If it
	 * is pending the first deadline stays.
	 * @param delay the delay
	 * @return true if this call made the item pending, false if it was pending already or
	 * is disabled
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean schedule(Duration delay);

	/**
	 * Queues the item on its home queue after a delay, moving it if it is pending
	 * ({@code mod_delayed_work}).
	 * @param delay the delay
	 * @return true if the item was pending, false if it was idle or is disabled
	 * @throws WorkRejectedException if the queue drains or is destroyed; a pending
	 * instance stays as it was
	 */
	boolean modify(Duration delay);

	/**
	 * Queues the item after a delay; each further request moves the deadline, up to a
	 * limit. A request that waits like this is run, not cancelled, when the engine
	 * closes. No kernel call does this.
	 * @param delay the delay
	 * @param maxWait the longest wait since the request that made the item pending; null
	 * for no limit
	 * @return true if this call made the item pending, false if it was pending already or
	 * is disabled
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean debounce(Duration delay, @Nullable Duration maxWait);

}
