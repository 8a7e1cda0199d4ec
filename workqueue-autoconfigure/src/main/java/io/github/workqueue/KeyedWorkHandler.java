package io.github.workqueue;

/**
 * What the work of one key does when it runs. <pre>{@code
 * KeyedWorkHandler<Long> handler = (product) -> catalog.refresh(product);
 * }</pre>
 *
 * @param <K> the type of the keys
 */
@FunctionalInterface
public interface KeyedWorkHandler<K> {

	/**
	 * Runs the work of one key, on a worker thread, never beside another run of an equal
	 * key.
	 * @param key the key that was scheduled
	 * @throws Exception anything, errors included: it is logged with work, queue and
	 * worker, counted as a failure, and the worker lives on
	 */
	void handle(K key) throws Exception;

}
