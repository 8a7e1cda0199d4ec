package io.github.workqueue.spring;

import java.time.Duration;
import java.util.Objects;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkRetryException;
import org.jspecify.annotations.Nullable;

/**
 * The bean of a handler with a key: keyed work of the engine, by the argument itself or
 * by what the key expression makes of it.
 *
 * @param <K> the type of the handler's argument
 */
final class HandlerKeyedWork<K> extends HandlerKeys<K> implements KeyedWorkHandler<Object> {

	private final KeyedWork<Object> target;

	/** Null if keys are the arguments themselves. */
	private final @Nullable LatestArguments arguments;

	HandlerKeyedWork(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
		this.target = support.workqueues().initKeyedWork(spec.name(), home(), this);
		this.arguments = (spec.key() != null) ? new LatestArguments(this.target) : null;
	}

	// ---- the handler ----

	@Override
	public void execute(WorkExecution execution) throws Exception {
		Object key = Objects.requireNonNull(execution.key(), "keyed work has a key");
		Object argument = argumentOf(key);
		boolean again = false;
		try {
			attempt(execution, AcceptedRequest.of(execution), key, argument);
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
	void givenUp(@Nullable Object key) {
		dropped(key);
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
			call(argumentOf(key));
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
	boolean send(Object key, Object argument, @Nullable Duration delay) {
		if (this.arguments == null) {
			return send(key, delay);
		}
		return this.arguments.request(key, argument, () -> send(key, delay), false);
	}

	private boolean send(Object key, @Nullable Duration delay) {
		if (delay == null) {
			return this.target.schedule(key);
		}
		return spec().debounce() ? this.target.debounce(key, delay, spec().maxWait())
				: this.target.schedule(key, delay);
	}

	@Override
	public boolean modify(K argument, Duration delay) {
		Object key = spec().keyOf(argument);
		if (this.arguments == null) {
			return this.target.modify(key, delay);
		}
		return this.arguments.request(key, argument, () -> this.target.modify(key, delay), true);
	}

	@Override
	public boolean debounce(K argument, Duration delay, @Nullable Duration maxWait) {
		Object key = spec().keyOf(argument);
		if (this.arguments == null) {
			return this.target.debounce(key, delay, maxWait);
		}
		return this.arguments.request(key, argument, () -> this.target.debounce(key, delay, maxWait), false);
	}

	@Override
	public boolean cancel(K argument) {
		return cancelShown(spec().keyOf(argument));
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
		Object key = spec().keyOf(argument);
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
		return this.target.flush(spec().keyOf(argument));
	}

	@Override
	public boolean isPending(K argument) {
		return this.target.isPending(spec().keyOf(argument));
	}

	@Override
	public boolean isRunning(K argument) {
		return this.target.isRunning(spec().keyOf(argument));
	}

	@Override
	public int size() {
		return this.target.size();
	}

}
