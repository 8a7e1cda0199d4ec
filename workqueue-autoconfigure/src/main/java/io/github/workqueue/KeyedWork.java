package io.github.workqueue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One delayed work item per key, made when the key is scheduled and forgotten when it is
 * neither pending nor running. Keys are values: they need {@code equals} and
 * {@code hashCode} and must not change. <pre>{@code
 * KeyedWork<Long> refresh = workqueues.initKeyedWork("refreshProduct", queue, catalog::refresh);
 * refresh.schedule(product);
 * refresh.cancelSync(product); // neither pending nor running afterwards
 * }</pre>
 *
 * @param <K> the type of the keys
 */
public interface KeyedWork<K> {

	/**
	 * Returns the name, as given; never blank.
	 * @return the name
	 */
	String name();

	/**
	 * Queues the work of a key on the home queue.
	 * @param key the key
	 * @return true if this call made the key pending, false if it was pending already
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean schedule(K key);

	/**
	 * Queues the work of a key after a delay; if it is pending the first deadline stays.
	 * @param key the key
	 * @param delay the delay; not negative
	 * @return true if this call made the key pending, false if it was pending already
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean schedule(K key, Duration delay);

	/**
	 * Queues the work of a key after a delay, moving it if it is pending.
	 * @param key the key
	 * @param delay the delay; not negative
	 * @return true if the key was pending
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean modify(K key, Duration delay);

	/**
	 * Queues the work of a key after a delay; each further request moves the deadline, up
	 * to a limit, as {@link DelayedWorkItem#debounce} does.
	 * @param key the key
	 * @param delay the delay; not negative
	 * @param maxWait the longest wait since the request that made the key pending; null
	 * for no limit
	 * @return true if this call made the key pending, false if it was pending already
	 * @throws WorkRejectedException if the queue drains or is destroyed
	 */
	boolean debounce(K key, Duration delay, @Nullable Duration maxWait);

	/**
	 * Removes the pending instance of a key. A running one goes on.
	 * @param key the key
	 * @return true if the key was pending
	 */
	boolean cancel(K key);

	/**
	 * Removes the pending instance of a key and waits for a running one.
	 * @param key the key
	 * @return true if the key was pending
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean cancelSync(K key) throws InterruptedException;

	/**
	 * Waits for the last queued instance of a key; an armed key is queued now.
	 * @param key the key
	 * @return true if it waited, false if the key was idle
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean flush(K key) throws InterruptedException;

	/**
	 * Tells whether a key is pending. Advisory.
	 * @param key the key
	 * @return true if it is pending
	 */
	boolean isPending(K key);

	/**
	 * Tells whether the work of a key runs. Advisory.
	 * @param key the key
	 * @return true if it runs
	 */
	boolean isRunning(K key);

	/**
	 * Returns the number of keys that are pending or running. Advisory.
	 * @return the number of keys
	 */
	int size();

}
