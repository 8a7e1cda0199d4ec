package io.github.workqueue;

import org.jspecify.annotations.Nullable;

/**
 * For tools: acts on keyed work by the keys that descriptions of works show, which are
 * those by which requests are merged and may not be what its {@link KeyedWork} takes.
 */
public interface KeyedWorkControl {

	/**
	 * Removes a pending instance, as {@link KeyedWork#cancel}.
	 * @param key the key as shown; null for all keys of a batch, which shows none
	 * @return true if it was pending
	 */
	boolean cancelKey(@Nullable Object key);

	/**
	 * Runs a pending instance at once and waits for it, as {@link KeyedWork#flush}; of a
	 * batch for its next run alone.
	 * @param key the key as shown; null for all keys of a batch
	 * @throws InterruptedException if the wait was interrupted; the instance runs anyway
	 */
	void flushKey(@Nullable Object key) throws InterruptedException;

}
