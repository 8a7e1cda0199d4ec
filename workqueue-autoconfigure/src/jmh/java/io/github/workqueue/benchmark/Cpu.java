package io.github.workqueue.benchmark;

/**
 * Burns a fixed amount of work, not of time: whoever is kept from the CPU does not get
 * away with less.
 */
final class Cpu {

	private static final int STEPS = 200_000;

	private static volatile long sink;

	private final double stepsPerMicro;

	Cpu() {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 200; i++) {
			long start = System.nanoTime();
			step(STEPS);
			best = Math.min(best, System.nanoTime() - start);
		}
		this.stepsPerMicro = STEPS * 1e3 / best;
	}

	/** As much work as an undisturbed CPU does in that time. */
	void burn(double micros) {
		step((long) (micros * this.stepsPerMicro));
	}

	private static void step(long count) {
		long value = count | 1;
		for (long i = 0; i < count; i++) {
			value ^= value << 13;
			value ^= value >>> 7;
			value ^= value << 17;
		}
		sink = value;
	}

}
