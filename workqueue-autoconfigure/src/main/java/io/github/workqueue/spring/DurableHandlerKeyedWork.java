package io.github.workqueue.spring;

import java.time.Duration;

import io.github.workqueue.KeyedWork;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a handler with a key on a durable queue.
 *
 * @param <K> the type of the handler's argument
 */
final class DurableHandlerKeyedWork<K> implements KeyedWork<K>, DurableBackend.Handler {

	private final HandlerSpec spec;

	private final DurableRequests requests;

	DurableHandlerKeyedWork(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.requests = new DurableRequests(spec, support, this);
	}

	/** The argument, where it is more than the key. */
	private @Nullable Object carried(K argument) {
		return (this.spec.key() != null) ? argument : null;
	}

	@Override
	public String name() {
		return this.spec.name();
	}

	@Override
	public boolean schedule(K key) {
		return this.requests.schedule(this.spec.keyOf(key), carried(key), this.spec.delay());
	}

	@Override
	public boolean schedule(K key, Duration delay) {
		return this.requests.schedule(this.spec.keyOf(key), carried(key), Delays.check(delay));
	}

	@Override
	public boolean modify(K key, Duration delay) {
		return this.requests.modify(this.spec.keyOf(key), carried(key), delay);
	}

	@Override
	public boolean debounce(K key, Duration delay, @Nullable Duration maxWait) {
		return this.requests.debounce(this.spec.keyOf(key), carried(key), delay, maxWait);
	}

	@Override
	public boolean cancel(K key) {
		return this.requests.work().cancel(this.spec.keyOf(key));
	}

	@Override
	public boolean cancelSync(K key) throws InterruptedException {
		return this.requests.work().cancelSync(this.spec.keyOf(key));
	}

	@Override
	public boolean flush(K key) throws InterruptedException {
		return this.requests.flush(this.spec.keyOf(key));
	}

	@Override
	public boolean isPending(K key) {
		return this.requests.work().isPending(this.spec.keyOf(key));
	}

	@Override
	public boolean isRunning(K key) {
		return this.requests.work().isRunning(this.spec.keyOf(key));
	}

	@Override
	public int size() {
		return this.requests.work().size();
	}

	@Override
	public String toString() {
		return "durable keyed work '" + name() + "'";
	}

}
