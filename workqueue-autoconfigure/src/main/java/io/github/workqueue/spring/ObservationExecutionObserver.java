package io.github.workqueue.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each execution.
 */
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
	public void observe(String work, String queue, @Nullable HandlerMethod method, Call call) throws Throwable {
		if (this.registry.isNoop()) {
			call.run();
			return;
		}
		Observation observation = Observation.start(this.convention, () -> new WorkObservationContext(work, queue,
				(method != null) ? method.type() : null, (method != null) ? method.name() : null), this.registry);
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

}
