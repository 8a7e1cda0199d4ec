package io.github.workqueue.benchmark;

import java.util.Arrays;

/** Values in their order. */
public final class Percentiles {

	private final double[] sorted;

	/** Sorts a copy. */
	public Percentiles(double[] values) {
		this.sorted = values.clone();
		Arrays.sort(this.sorted);
	}

	/** The value that so many percent of the others do not exceed. */
	public double of(double percent) {
		return this.sorted[(int) Math.min(this.sorted.length - 1, this.sorted.length * percent / 100)];
	}

	/** The value in the middle. */
	public static double median(double... values) {
		return new Percentiles(values).of(50);
	}

}
