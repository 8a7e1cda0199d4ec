package io.github.workqueue.benchmark;

/** Whether figures are wanted, or only to see that all of it runs. */
public final class Effort {

	/** Set by {@code -Djmh.quick=true}. */
	public static final boolean QUICK = Boolean.getBoolean("jmh.quick");

	private Effort() {
	}

	/** One of two values. */
	public static <T> T of(T full, T quick) {
		return QUICK ? quick : full;
	}

}
