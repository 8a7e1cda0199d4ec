package io.github.workqueue.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of observed executions. A bean of this type replaces the default.
 * <pre class="code">
 * &#064;Bean
 * WorkObservationConvention byQueue() {
 * 	return new DefaultWorkObservationConvention() {
 *
 * 		&#064;Override
 * 		public String getContextualName(WorkObservationContext context) {
 * 			return context.getQueue() + " " + context.getWork();
 * 		}
 *
 * 	};
 * }
 * </pre>
 */
public interface WorkObservationConvention extends ObservationConvention<WorkObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WorkObservationContext;
	}

}
