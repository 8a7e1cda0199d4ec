package io.github.workqueue.spring;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops the start of a context whose workqueues or handlers cannot work. Carries all
 * mistakes that were found at that stage.
 */
public class WorkqueueMistakesException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient List<Mistake> mistakes;

	/**
	 * Creates the exception.
	 * @param mistakes what was found, at least one
	 */
	public WorkqueueMistakesException(List<Mistake> mistakes) {
		super(mistakes.stream().map(Mistake::problem).collect(Collectors.joining("; ")));
		this.mistakes = List.copyOf(mistakes);
	}

	/**
	 * Returns the mistakes in the order in which they were found.
	 * @return the mistakes, at least one
	 */
	public List<Mistake> mistakes() {
		return this.mistakes;
	}

}
