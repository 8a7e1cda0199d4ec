package io.github.workqueue.spring;

import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives items without an annotated handler what those have: the context of their request
 * and an observation, from the outside in. The engine of the context is started with it.
 */
public final class ContextInterceptor implements WorkInterceptor {

	private final ObjectProvider<WorkSupport> provider;

	private volatile @Nullable WorkSupport support;

	private volatile boolean attached;

	/**
	 * Creates the interceptor.
	 * @param provider the support, which needs the engine and so comes after it
	 */
	public ContextInterceptor(ObjectProvider<WorkSupport> provider) {
		this.provider = provider;
	}

	/**
	 * Notes that the engine of the context is started with it.
	 * @return this
	 */
	public ContextInterceptor attach() {
		this.attached = true;
		return this;
	}

	/** Whether plain items of the context's engine pass here. */
	boolean isAttached() {
		return this.attached;
	}

	private WorkSupport support() {
		WorkSupport support = this.support;
		if (support == null) {
			support = this.provider.getObject();
			this.support = support;
		}
		return support;
	}

	@Override
	public @Nullable Object capture() {
		return support().capture();
	}

	@Override
	public void intercept(WorkExecution execution, Call call) throws Throwable {
		WorkSupport support = support();
		if (support.isAbandoned()) {
			return;
		}
		Intercepted intercepted = new Intercepted(support.observer(), execution, call);
		if (execution.captured() instanceof AcceptedRequest request) {
			request.run(intercepted);
		}
		else {
			intercepted.run();
		}
	}

	/**
	 * An execution, to be run in the captured context.
	 */
	private record Intercepted(ExecutionObserver observer, WorkExecution execution, Call call) implements Runnable {

		@Override
		public void run() {
			Object observed = (this.execution.captured() instanceof AcceptedRequest request) ? request.observed()
					: null;
			try {
				this.observer.observe(this.execution.work().name(), this.execution.queue().name(), null, observed,
						this.call::run);
			}
			catch (Throwable ex) {
				throw Attempt.<RuntimeException>asIs(ex);
			}
		}

	}

}
