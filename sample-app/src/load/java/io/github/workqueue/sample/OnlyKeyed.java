package io.github.workqueue.sample;

import java.time.Duration;

import io.github.workqueue.KeyedWork;
import org.jspecify.annotations.Nullable;

/**
 * What the sample asks of a keyed work, for variants that have none.
 *
 * @param <K> the keys
 */
@FunctionalInterface
interface OnlyKeyed<K> extends KeyedWork<K> {

	@Override
	default String name() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean schedule(K key, Duration delay) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean modify(K key, Duration delay) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean debounce(K key, Duration delay, @Nullable Duration maxWait) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean cancel(K key) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean cancelSync(K key) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean flush(K key) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean isPending(K key) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean isRunning(K key) {
		throw new UnsupportedOperationException();
	}

	@Override
	default int size() {
		throw new UnsupportedOperationException();
	}

}
