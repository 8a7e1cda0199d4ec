package io.github.workqueue.spring;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a handler without a key on a durable queue.
 */
class DurableHandlerItem implements WorkItem, DurableBackend.Handler {

	private final HandlerSpec spec;

	private final DurableRequests requests;

	DurableHandlerItem(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.requests = new DurableRequests(spec, support, this);
	}

	final HandlerSpec spec() {
		return this.spec;
	}

	final DurableRequests requests() {
		return this.requests;
	}

	@Override
	public final String name() {
		return this.spec.name();
	}

	@Override
	public boolean schedule() {
		return this.requests.schedule(null, null, null);
	}

	@Override
	public final boolean isPending() {
		return this.requests.work().isPending(null);
	}

	@Override
	public final boolean isRunning() {
		return this.requests.work().isRunning(null);
	}

	@Override
	public final boolean flush() throws InterruptedException {
		return this.requests.flush(null);
	}

	@Override
	public final boolean flush(Duration timeout) throws InterruptedException, TimeoutException {
		return this.requests.work().flush(null, Delays.check(timeout));
	}

	@Override
	public final boolean cancel() {
		return this.requests.work().cancel(null);
	}

	@Override
	public final boolean cancelSync() throws InterruptedException {
		return this.requests.work().cancelSync(null);
	}

	@Override
	public final boolean disable() {
		throw unsupported();
	}

	@Override
	public final boolean disableSync() {
		throw unsupported();
	}

	@Override
	public final boolean enable() {
		throw unsupported();
	}

	@Override
	public final boolean enableAndQueue(Workqueue queue) {
		throw unsupported();
	}

	private UnsupportedOperationException unsupported() {
		return new UnsupportedOperationException("Work '" + name() + "' of the durable queue '" + this.spec.queue()
				+ "' cannot be disabled: the depth would outlive whoever raised it. Cancel it instead.");
	}

	@Override
	public final String toString() {
		return "durable work '" + name() + "'";
	}

	/**
	 * The bean of a {@code @DelayedWork} handler.
	 */
	static final class Delayed extends DurableHandlerItem implements DelayedWorkItem {

		Delayed(HandlerSpec spec, WorkSupport support) {
			super(spec, support);
		}

		@Override
		public boolean schedule() {
			return requests().schedule(null, null, spec().delay());
		}

		@Override
		public boolean schedule(Duration delay) {
			return requests().schedule(null, null, Delays.check(delay));
		}

		@Override
		public boolean modify(Duration delay) {
			return requests().modify(null, null, delay);
		}

		@Override
		public boolean debounce(Duration delay, @Nullable Duration maxWait) {
			return requests().debounce(null, null, delay, maxWait);
		}

	}

}
