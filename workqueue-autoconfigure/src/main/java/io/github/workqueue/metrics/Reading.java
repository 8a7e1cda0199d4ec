package io.github.workqueue.metrics;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What one meter reads from the inspections. Once its queue or pool has gone it stays at
 * the last value: a scrape that is under way may still ask.
 */
final class Reading {

	private final Inspections inspections;

	private final Function<Inspection, @Nullable Number> value;

	private volatile @Nullable Inspection previous;

	private volatile double last;

	Reading(Inspections inspections, Function<Inspection, @Nullable Number> value) {
		this.inspections = inspections;
		this.value = value;
	}

	double value() {
		Inspection inspection = this.inspections.read(this.previous);
		this.previous = inspection;
		Number found = this.value.apply(inspection);
		if (found != null) {
			this.last = found.doubleValue();
		}
		return this.last;
	}

}
