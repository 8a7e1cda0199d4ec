package io.github.workqueue.spring;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

import io.github.workqueue.DelayedWorkItem;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a {@code @DelayedWork} handler without a key.
 */
final class HandlerDelayedWorkItem extends HandlerWorkItem implements DelayedWorkItem {

	private final Duration delay;

	private final BinaryOperator<Duration> merge;

	private final Predicate<Duration> send = this::send;

	HandlerDelayedWorkItem(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
		this.delay = Objects.requireNonNull(spec().delay(), "delayed work has a delay");
		this.merge = spec.debounce() ? (first, last) -> last : (first, last) -> first;
	}

	@Override
	public DelayedWorkItem target() {
		return (DelayedWorkItem) super.target();
	}

	@Override
	public boolean schedule() {
		return schedule(this.delay);
	}

	@Override
	public boolean schedule(Duration delay) {
		return enqueuer().enqueue(this, Delays.check(delay), this.merge, this.send);
	}

	private boolean send(Duration delay) {
		return spec().debounce() ? target().debounce(delay, spec().maxWait()) : target().schedule(delay);
	}

	@Override
	public boolean modify(Duration delay) {
		return target().modify(delay);
	}

	@Override
	public boolean debounce(Duration delay, @Nullable Duration maxWait) {
		return target().debounce(delay, maxWait);
	}

}
