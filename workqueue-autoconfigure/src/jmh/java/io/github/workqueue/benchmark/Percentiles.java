package io.github.workqueue.benchmark;

import java.util.Arrays;

/** Values in their order. */
final class Percentiles {

	private final double[] sorted;

	Percentiles(double[] values) {
		this.sorted = values.clone();
		Arrays.sort(this.sorted);
	}

	double of(double percent) {
		return this.sorted[(int) Math.min(this.sorted.length - 1, this.sorted.length * percent / 100)];
	}

	static double median(double... values) {
		return new Percentiles(values).of(50);
	}

}
