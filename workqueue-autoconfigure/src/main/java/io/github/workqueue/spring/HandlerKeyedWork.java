package io.github.workqueue.spring;

import java.time.Duration;
import java.util.Objects;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkControl;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkRetryException;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a handler with a key: keyed work of the engine, by the argument itself or
 * by what the key expression makes of it.
 *
 * @param <K> the type of the handler's argument
 */
final class HandlerKeyedWork<K> implements KeyedWork<K>, KeyedWorkControl, KeyedWorkHandler<Object>, ManagedHandler {

	private final HandlerSpec spec;

	private final WorkSupport support;

	private final HandlerInvoker invoker;

	private final Enqueuer enqueuer;

	private final KeyedWork<Object> target;

	/** Null if keys are the arguments themselves. */
	private final @Nullable LatestArguments arguments;

	HandlerKeyedWork(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.support = support;
		this.invoker = support.invoker(this.spec);
		this.enqueuer = support.enqueuer(this.spec);
		this.target = support.workqueues().initKeyedWork(spec.name(), support.home(this.spec), this);
		this.arguments = (this.spec.key() != null) ? new LatestArguments(this.target) : null;
	}

	private Object keyOf(K argument) {
		Objects.requireNonNull(argument, "'key' must not be null");
		KeyExpression expression = this.spec.key();
		return (expression != null) ? expression.valueOf(argument) : argument;
	}

	// ---- the handler ----

	@Override
	public @Nullable Object capture() {
		return this.support.capture();
	}

	@Override
	public void execute(WorkExecution execution) throws Exception {
		Object key = Objects.requireNonNull(execution.key(), "keyed work has a key");
		Object argument = argumentOf(key);
		boolean again = false;
		try {
			new Attempt(this.spec, this.support, execution, AcceptedRequest.of(execution), key,
					() -> this.invoker.invoke(argument))
				.make();
		}
		catch (WorkRetryException ex) {
			again = true;
			throw ex;
		}
		finally {
			if (!again && this.arguments != null) {
				this.arguments.endRun(key);
			}
		}
	}

	@Override
	public boolean retryRefused(@Nullable Object key, WorkRetryException retry) {
		dropped(key);
		return this.support.failures().report(retry);
	}

	@Override
	public int dropped(@Nullable Object key) {
		if (this.arguments != null && key != null) {
			this.arguments.release(key);
		}
		return 1;
	}

	@Override
	public void handle(Object key) throws Exception {
		try {
			this.invoker.invoke(argumentOf(key));
		}
		catch (Throwable ex) {
			throw Attempt.<RuntimeException>asIs(ex);
		}
		finally {
			if (this.arguments != null) {
				this.arguments.endRun(key);
			}
		}
	}

	private Object argumentOf(Object key) {
		Object argument = (this.arguments != null) ? this.arguments.take(key) : key;
		return Objects.requireNonNull(argument, "a pending key has an argument");
	}

	// ---- requests ----

	@Override
	public String name() {
		return this.spec.name();
	}

	@Override
	public boolean schedule(K key) {
		return enqueue(key, this.spec.delay());
	}

	@Override
	public boolean schedule(K key, Duration delay) {
		return enqueue(key, Delays.check(delay));
	}

	private boolean enqueue(K argument, @Nullable Duration delay) {
		Object key = keyOf(argument);
		if (this.arguments == null && this.enqueuer == Enqueuer.IMMEDIATE) {
			return send(key, delay);
		}
		return this.enqueuer.enqueue(new KeyedRequest.Identity(this, key), new KeyedRequest(argument, delay),
				(first, last) -> first.merge(last, this.spec.debounce()), (request) -> send(key, request));
	}

	private boolean send(Object key, KeyedRequest request) {
		if (this.arguments == null) {
			return send(key, request.delay());
		}
		return this.arguments.request(key, request.argument(), () -> send(key, request.delay()), false);
	}

	private boolean send(Object key, @Nullable Duration delay) {
		if (delay == null) {
			return this.target.schedule(key);
		}
		return this.spec.debounce() ? this.target.debounce(key, delay, this.spec.maxWait())
				: this.target.schedule(key, delay);
	}

	@Override
	public boolean modify(K argument, Duration delay) {
		Object key = keyOf(argument);
		if (this.arguments == null) {
			return this.target.modify(key, delay);
		}
		return this.arguments.request(key, argument, () -> this.target.modify(key, delay), true);
	}

	@Override
	public boolean debounce(K argument, Duration delay, @Nullable Duration maxWait) {
		Object key = keyOf(argument);
		if (this.arguments == null) {
			return this.target.debounce(key, delay, maxWait);
		}
		return this.arguments.request(key, argument, () -> this.target.debounce(key, delay, maxWait), false);
	}

	@Override
	public boolean cancel(K argument) {
		return cancelShown(keyOf(argument));
	}

	@Override
	public boolean cancelKey(@Nullable Object key) {
		return cancelShown(Objects.requireNonNull(key, "'key' must not be null"));
	}

	private boolean cancelShown(Object key) {
		boolean cancelled = this.target.cancel(key);
		release(key);
		return cancelled;
	}

	@Override
	public void flushKey(@Nullable Object key) throws InterruptedException {
		this.target.flush(Objects.requireNonNull(key, "'key' must not be null"));
	}

	@Override
	public boolean cancelSync(K argument) throws InterruptedException {
		Object key = keyOf(argument);
		try {
			return this.target.cancelSync(key);
		}
		finally {
			release(key);
		}
	}

	private void release(Object key) {
		if (this.arguments != null) {
			this.arguments.release(key);
		}
	}

	@Override
	public boolean flush(K argument) throws InterruptedException {
		return this.target.flush(keyOf(argument));
	}

	@Override
	public boolean isPending(K argument) {
		return this.target.isPending(keyOf(argument));
	}

	@Override
	public boolean isRunning(K argument) {
		return this.target.isRunning(keyOf(argument));
	}

	@Override
	public int size() {
		return this.target.size();
	}

	@Override
	public String toString() {
		return "keyed work '" + name() + "'";
	}

}
