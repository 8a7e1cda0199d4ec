package io.github.workqueue.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters that come and go together. Made and removed by one thread.
 *
 * @param <T> what is measured: a queue or a pool
 */
final class MeterGroup<T> {

	private final List<Meter> meters = new ArrayList<>();

	private final MeterRegistry registry;

	private final Inspections inspections;

	private final Function<Inspection, @Nullable T> subject;

	private final Tags tags;

	/**
	 * Makes an empty group.
	 * @param registry where the meters are
	 * @param inspections where the values come from
	 * @param subject finds what is measured, null when it has gone
	 * @param tags the tags of all meters
	 */
	MeterGroup(MeterRegistry registry, Inspections inspections, Function<Inspection, @Nullable T> subject, Tags tags) {
		this.registry = registry;
		this.inspections = inspections;
		this.subject = subject;
		this.tags = tags;
	}

	void gauge(String name, String description, Function<T, Number> value) {
		gauge(name, description, Tags.empty(), value);
	}

	void gauge(String name, String description, Tags further, Function<T, Number> value) {
		Reading reading = reading(value);
		add(Gauge.builder(name, reading::value)
			.description(description)
			.tags(this.tags.and(further))
			.register(this.registry));
	}

	void counter(String name, String description, Function<T, Number> value) {
		counter(name, description, null, value);
	}

	void counter(String name, String description, @Nullable String unit, Function<T, Number> value) {
		Reading reading = reading(value);
		add(FunctionCounter.builder(name, this.inspections, (inspections) -> reading.value())
			.description(description)
			.baseUnit(unit)
			.tags(this.tags)
			.register(this.registry));
	}

	/** Adds a gauge of a time, which depends on more than the subject. */
	void timeGauge(String name, String description, Function<Inspection, Number> nanos) {
		Reading reading = new Reading(this.inspections, nanos::apply);
		add(TimeGauge.builder(name, reading::value, TimeUnit.NANOSECONDS)
			.description(description)
			.tags(this.tags)
			.register(this.registry));
	}

	Timer timer(String name, String description) {
		return add(Timer.builder(name).description(description).tags(this.tags).register(this.registry));
	}

	void remove() {
		this.meters.forEach(this.registry::remove);
	}

	private Reading reading(Function<T, Number> value) {
		return new Reading(this.inspections, (inspection) -> {
			T found = this.subject.apply(inspection);
			return (found != null) ? value.apply(found) : null;
		});
	}

	private <M extends Meter> M add(M meter) {
		this.meters.add(meter);
		return meter;
	}

}
