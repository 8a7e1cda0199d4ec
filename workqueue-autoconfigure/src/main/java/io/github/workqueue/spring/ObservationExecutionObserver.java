package io.github.workqueue.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each execution. Its parent is the observation in which the
 * request was accepted, even if that has ended: so a span of the execution is part of the
 * trace that asked for it. Requests that were merged into a pending one leave no link.
 */
@Internal
public final class ObservationExecutionObserver implements ExecutionObserver {

	private final ObservationRegistry registry;

	private final WorkObservationConvention convention;

	/**
	 * Creates the observer.
	 * @param registry the registry
	 * @param convention names and key values
	 */
	public ObservationExecutionObserver(ObservationRegistry registry, WorkObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public @Nullable Object request() {
		return this.registry.isNoop() ? null : this.registry.getCurrentObservation();
	}

	@Override
	public void observe(String work, String queue, @Nullable HandlerMethod method, @Nullable Object request, Call call)
			throws Throwable {
		if (this.registry.isNoop()) {
			call.run();
			return;
		}
		Observation observation = Observation.start(this.convention, () -> context(work, queue, method, request),
				this.registry);
		Observation.Scope scope = observation.openScope();
		try {
			call.run();
		}
		catch (Throwable ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	private static WorkObservationContext context(String work, String queue, @Nullable HandlerMethod method,
			@Nullable Object request) {
		WorkObservationContext context = new WorkObservationContext(work, queue,
				(method != null) ? method.type() : null, (method != null) ? method.name() : null);
		if (request instanceof Observation parent) {
			context.setParentObservation(parent);
		}
		return context;
	}

}
