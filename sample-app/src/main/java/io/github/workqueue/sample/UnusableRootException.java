package io.github.workqueue.sample;

/** The directory to search cannot be searched. */
final class UnusableRootException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnusableRootException(String root, String reason) {
		super("The directory to search, sample.root = '" + root + "', " + reason);
	}

}
