package io.github.workqueue.engine;

/**
 * Constants of an engine that change how fast it is and never what it does. No setting:
 * tests go to their ends.
 *
 * @param spins how long a worker waits for the next item before it rests, in rounds of
 * {@code onSpinWait}
 * @param clockItems how many items in a row a worker starts without reading the time
 * @param timerDigit how many bits of a due time a level of the timer wheel sorts by, 1 to
 * 6
 */
record Tuning(int spins, int clockItems, int timerDigit) {

	/** What every engine has. */
	static final Tuning DEFAULT = new Tuning((Runtime.getRuntime().availableProcessors() > 1) ? 1 << 8 : 0, 16, 6);

}
