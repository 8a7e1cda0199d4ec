package io.github.workqueue.spring;

import io.micrometer.common.KeyValues;

/**
 * The observation {@code workqueue.execution} with the low cardinality key values
 * {@code queue}, {@code work}, {@code outcome} and {@code exception}. Keys of keyed work
 * are never part of it.
 */
public class DefaultWorkObservationConvention implements WorkObservationConvention {

	private static final String NAME = "workqueue.execution";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(WorkObservationContext context) {
		return "work " + context.getWork();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WorkObservationContext context) {
		Throwable error = context.getError();
		return KeyValues.of("exception", (error != null) ? simpleName(error) : "none", "outcome",
				(error != null) ? "ERROR" : "SUCCESS", "queue", context.getQueue(), "work", context.getWork());
	}

	private static String simpleName(Throwable error) {
		String name = error.getClass().getSimpleName();
		return name.isEmpty() ? error.getClass().getName() : name;
	}

}
