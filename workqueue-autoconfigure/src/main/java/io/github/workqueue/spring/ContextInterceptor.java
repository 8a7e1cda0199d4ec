package io.github.workqueue.spring;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkInterceptor;
import io.github.workqueue.WorkRetryException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives items without an annotated handler what those have: from the outside in, the
 * context of their request and an observation; and {@link WorkFailureHandler} beans that
 * are told when they fail, while the context is still in place. The log of the failure is
 * the engine's.
 * <p>
 * The auto-configured engine is started with it. An engine that is a bean of the
 * application is, if its settings say so:
 * {@code EngineSettings.builder().interceptor(interceptor.attach())}, with this bean as
 * the interceptor.
 */
@Internal
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
	 * Notes that the engine of the context is started with it, so that the executors of
	 * its queues leave context and observation to it.
	 * @return this, for the settings of the engine
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
		if (!support.isAbandoned()) {
			new Intercepted(support, execution, AcceptedRequest.of(execution), call).make();
		}
	}

	/**
	 * An execution, to be run in the captured context.
	 */
	private static final class Intercepted implements Runnable {

		private final WorkSupport support;

		private final WorkExecution execution;

		private final @Nullable AcceptedRequest request;

		private final Call call;

		private boolean reported;

		private Intercepted(WorkSupport support, WorkExecution execution, @Nullable AcceptedRequest request,
				Call call) {
			this.support = support;
			this.execution = execution;
			this.request = request;
			this.call = call;
		}

		private void make() {
			try {
				if (this.request != null) {
					this.request.run(this);
				}
				else {
					run();
				}
			}
			catch (Throwable ex) {
				report(ex);
				throw ex;
			}
		}

		@Override
		public void run() {
			Object observed = (this.request != null) ? this.request.observed() : null;
			try {
				this.support.observer()
					.observe(this.execution.work().name(), this.execution.queue().name(), null, observed,
							this.call::run);
			}
			catch (Throwable ex) {
				report(ex);
				throw Attempt.<RuntimeException>asIs(ex);
			}
		}

		private void report(Throwable cause) {
			boolean again = cause instanceof WorkRetryException && this.execution.work() instanceof DelayedWorkItem;
			if (!this.reported && !again) {
				this.reported = true;
				this.support.failures()
					.tell(new WorkFailure(this.execution.work().name(), this.execution.queue().name(),
							this.execution.key(), this.execution.attempt(), cause));
			}
		}

	}

}
