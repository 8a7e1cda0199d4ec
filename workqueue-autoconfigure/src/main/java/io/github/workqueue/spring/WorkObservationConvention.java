package io.github.workqueue.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of observed executions. A bean of this type replaces the default.
 */
public interface WorkObservationConvention extends ObservationConvention<WorkObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WorkObservationContext;
	}

}
