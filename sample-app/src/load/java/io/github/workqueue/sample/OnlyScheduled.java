package io.github.workqueue.sample;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/** What the sample asks of a work item, for variants that have none. */
@FunctionalInterface
interface OnlyScheduled extends DelayedWorkItem {

	@Override
	default String name() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean schedule(Duration delay) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean modify(Duration delay) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean debounce(Duration delay, @Nullable Duration maxWait) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean isPending() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean isRunning() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean flush() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean flush(Duration timeout) {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean cancel() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean cancelSync() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean disable() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean disableSync() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean enable() {
		throw new UnsupportedOperationException();
	}

	@Override
	default boolean enableAndQueue(Workqueue queue) {
		throw new UnsupportedOperationException();
	}

}
