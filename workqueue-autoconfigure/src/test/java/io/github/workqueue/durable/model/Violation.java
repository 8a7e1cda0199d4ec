package io.github.workqueue.durable.model;

/**
 * An invariant does not hold.
 */
final class Violation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	Violation(String invariant) {
		super(invariant);
	}

}
