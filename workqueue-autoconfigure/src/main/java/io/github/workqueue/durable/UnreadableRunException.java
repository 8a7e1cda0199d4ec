package io.github.workqueue.durable;

import java.io.Serial;

/**
 * A row holds a key or an argument that this version of the application cannot read.
 */
public class UnreadableRunException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message what cannot be read
	 * @param cause why
	 */
	public UnreadableRunException(String message, Throwable cause) {
		super(message, cause);
	}

}
