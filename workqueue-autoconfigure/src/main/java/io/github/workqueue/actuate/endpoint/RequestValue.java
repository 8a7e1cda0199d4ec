package io.github.workqueue.actuate.endpoint;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a request body. Strings count as well, because Actuator also takes
 * values from the query.
 */
final class RequestValue {

	private RequestValue() {
	}

	/**
	 * Reads a whole number.
	 * @param name the field
	 * @param value its value, or null
	 * @return the number, or null if the field is absent
	 * @throws IllegalArgumentException if it is something else
	 */
	static @Nullable Integer wholeNumber(String name, @Nullable Object value) {
		if (value == null) {
			return null;
		}
		if (value instanceof Number || value instanceof String) {
			try {
				return new BigDecimal(value.toString().strip()).intValueExact();
			}
			catch (ArithmeticException | NumberFormatException ex) {
				throw new IllegalArgumentException(problem(name, value, "a whole number"), ex);
			}
		}
		throw new IllegalArgumentException(problem(name, value, "a whole number"));
	}

	/**
	 * Reads a truth value.
	 * @param name the field
	 * @param value its value, or null
	 * @return the truth value
	 * @throws IllegalArgumentException if it is absent or something else
	 */
	static boolean truth(String name, @Nullable Object value) {
		String text = String.valueOf(value);
		boolean result = text.equals("true");
		if (!result && !text.equals("false")) {
			throw new IllegalArgumentException(problem(name, value, "true or false"));
		}
		return result;
	}

	private static String problem(String name, @Nullable Object value, String wanted) {
		String found = (value != null) ? "is '" + value + "'" : "is absent";
		return name + " " + found + " but must be " + wanted;
	}

}
