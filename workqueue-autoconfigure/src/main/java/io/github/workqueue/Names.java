package io.github.workqueue;

/**
 * Checks names of queues and works.
 */
final class Names {

	private Names() {
	}

	static String require(String parameter, String name) {
		if (name == null) {
			throw new NullPointerException("'" + parameter + "' must not be null");
		}
		if (name.isBlank()) {
			throw new IllegalArgumentException("'" + parameter + "' must not be blank");
		}
		return name;
	}

}
