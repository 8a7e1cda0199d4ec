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
 * @param inboxLength how many items producers leave to the workers of a pool before they
 * see to them, a power of two
 */
record Tuning(int spins, int clockItems, int timerDigit, int inboxLength) {

	/** What every engine has. */
	static final Tuning DEFAULT = new Tuning((Runtime.getRuntime().availableProcessors() > 1) ? 1 << 8 : 0, 16, 6, 512);

}
