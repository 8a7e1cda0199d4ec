package io.github.workqueue.autoconfigure;

import java.io.Serial;

/**
 * The application runs on a Spring Boot for which this starter is not made.
 */
final class IncompatibleSpringBootException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String found;

	IncompatibleSpringBootException(String found) {
		super("Spring Boot " + found
				+ " is on the class path, but workqueue-spring-boot-starter needs Spring Boot 4.1 or newer");
		this.found = found;
	}

	/** The version on the class path. */
	String found() {
		return this.found;
	}

}
