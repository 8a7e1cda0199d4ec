package io.github.workqueue.spring;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.spring.DurableBackend.Kind;
import io.github.workqueue.spring.DurableBackend.Request;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one handler on a durable queue. They are always part of the caller's
 * transaction, so there is nothing to put off.
 */
final class DurableRequests {

	private final HandlerSpec spec;

	private final DurableBackend.Work work;

	DurableRequests(HandlerSpec spec, WorkSupport support, Object self) {
		this.spec = spec;
		this.work = support.durable()
			.add((spec.batchSize() > 0) ? new DurableBatches(spec, support) : new DurableRuns(spec, support, self));
	}

	DurableBackend.Work work() {
		return this.work;
	}

	/** As the annotation says; a delay of null is none. */
	boolean schedule(@Nullable Object key, @Nullable Object argument, @Nullable Duration delay) {
		if (delay == null) {
			return send(key, argument, Kind.SCHEDULE, Duration.ZERO, null);
		}
		return this.spec.debounce() ? send(key, argument, Kind.DEBOUNCE, delay, this.spec.maxWait())
				: send(key, argument, Kind.SCHEDULE, delay, null);
	}

	boolean modify(@Nullable Object key, @Nullable Object argument, Duration delay) {
		return send(key, argument, Kind.MODIFY, delay, null);
	}

	boolean debounce(@Nullable Object key, @Nullable Object argument, Duration delay, @Nullable Duration maxWait) {
		return send(key, argument, Kind.DEBOUNCE, delay, (maxWait != null) ? Delays.check(maxWait) : null);
	}

	private boolean send(@Nullable Object key, @Nullable Object argument, Kind kind, Duration delay,
			@Nullable Duration maxWait) {
		return this.work.request(new Request(key, argument, kind, Delays.check(delay), maxWait));
	}

	boolean flush(@Nullable Object key) throws InterruptedException {
		try {
			return this.work.flush(key, null);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("a wait without limit ended by its limit", ex);
		}
	}

}
