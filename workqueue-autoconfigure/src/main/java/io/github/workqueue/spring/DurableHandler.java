package io.github.workqueue.spring;

import java.lang.reflect.Type;
import java.util.List;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.jspecify.annotations.Nullable;

/**
 * What runs a handler of a durable queue, whichever way its runs become items.
 */
abstract class DurableHandler implements DurableBackend.Target {

	private final HandlerSpec spec;

	private final WorkSupport support;

	private final HandlerInvoker invoker;

	private final Workqueue home;

	DurableHandler(HandlerSpec spec, WorkSupport support) {
		this.spec = spec;
		this.support = support;
		this.invoker = support.invoker(spec);
		this.home = DurableWorkqueue.before(support.queue(spec.queue()), support::durable).target();
	}

	final HandlerSpec spec() {
		return this.spec;
	}

	final WorkSupport support() {
		return this.support;
	}

	@Override
	public final String work() {
		return this.spec.name();
	}

	@Override
	public final Workqueue queue() {
		return this.home;
	}

	@Override
	public final int limit() {
		boolean frozen = this.support.workqueues().isFrozen() && this.home.flags().contains(WorkqueueFlag.FREEZABLE);
		return frozen ? 0 : this.home.maxActive();
	}

	@Override
	public final @Nullable Type keyType() {
		if (this.spec.keyType() == null) {
			return null;
		}
		return (this.spec.key() != null) ? Object.class : this.spec.keyType().getType();
	}

	@Override
	public final @Nullable Type argumentType() {
		return (this.spec.key() != null && this.spec.keyType() != null) ? this.spec.keyType().getType() : null;
	}

	/**
	 * Returns what the handler is called with; null if it takes neither key nor argument.
	 */
	static @Nullable Object argumentOf(DurableBackend.Run run) {
		return (run.argument() != null) ? run.argument() : run.key();
	}

	/** Tells of a failure that was to be tried again, and cannot be. */
	final void reportIfLast(List<DurableBackend.Run> runs, Throwable failure) {
		if (failure.getCause() instanceof WorkRetryException retry
				&& runs.stream().allMatch(DurableBackend.Run::isRetryRefused)) {
			this.support.failures().report(retry);
		}
	}

	final Attempt attempt(WorkExecution execution, int attempt, @Nullable Object key, Object argument) {
		return new Attempt(this.spec, this.support, new DurableExecution(execution, attempt),
				AcceptedRequest.of(execution), key, () -> this.invoker.invoke(argument));
	}

	/** An execution whose attempts are counted elsewhere. */
	private record DurableExecution(WorkExecution execution, int attempt) implements WorkExecution {

		@Override
		public WorkItem work() {
			return this.execution.work();
		}

		@Override
		public Workqueue queue() {
			return this.execution.queue();
		}

		@Override
		public @Nullable Object key() {
			return this.execution.key();
		}

		@Override
		public @Nullable Object captured() {
			return this.execution.captured();
		}

	}

}
