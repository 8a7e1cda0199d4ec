package io.github.workqueue.durable;

import java.lang.reflect.Type;

import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON that is the same text for equal values: properties and entries of maps
 * are sorted, and no name of a class is in it. What would lose something on the way is
 * refused: a value without properties, a text with properties that its type does not
 * have.
 */
final class CanonicalJson {

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.findAndAddModules()
		.build();

	/**
	 * Writes a value.
	 * @throws IllegalArgumentException if it cannot be written
	 */
	String write(String work, Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("a value of type " + value.getClass().getTypeName() + " for work '"
					+ work + "' cannot be written as JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Reads a value.
	 * @throws IllegalArgumentException if the text is no value of the type
	 */
	Object read(String work, String text, Type type) {
		Object value;
		try {
			value = this.mapper.readValue(text, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("what is stored for work '" + work + "' is no " + type.getTypeName()
					+ ": " + ex.getOriginalMessage(), ex);
		}
		if (value == null) {
			throw new IllegalArgumentException("what is stored for work '" + work + "' is null");
		}
		return value;
	}

	static String quote(String text) {
		return "\"" + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + "\"";
	}

}
