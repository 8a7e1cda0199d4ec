package io.github.workqueue.actuate.endpoint;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Collects the fields of a JSON object in their order. Only maps, lists, strings, numbers
 * and booleans get in and absent values are left out, so the result is the same with
 * every JSON library, however it is configured, and needs no reflection.
 */
final class Fields {

	private final Map<String, Object> fields = new LinkedHashMap<>();

	Fields add(String name, @Nullable String value) {
		return put(name, value);
	}

	Fields add(String name, @Nullable Number value) {
		return put(name, value);
	}

	Fields add(String name, @Nullable Boolean value) {
		return put(name, value);
	}

	Fields add(String name, @Nullable Enum<?> value) {
		return put(name, (value != null) ? value.name() : null);
	}

	/** Adds a duration in ISO-8601 form, to the microsecond. */
	Fields add(String name, @Nullable Duration value) {
		return put(name, (value != null) ? value.truncatedTo(ChronoUnit.MICROS).toString() : null);
	}

	Fields add(String name, Fields value) {
		return put(name, value.toMap());
	}

	/** Adds the string forms of the values. */
	Fields addAll(String name, Collection<?> values) {
		return put(name, values.stream().map(String::valueOf).toList());
	}

	/** Adds a list of objects. */
	Fields addObjects(String name, List<Fields> values) {
		return put(name, values.stream().map(Fields::toMap).toList());
	}

	Map<String, Object> toMap() {
		return this.fields;
	}

	private Fields put(String name, @Nullable Object value) {
		if (value != null) {
			this.fields.put(name, value);
		}
		return this;
	}

}
