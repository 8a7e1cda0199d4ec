package io.github.workqueue.test;

import java.time.Duration;

/**
 * Lets a test say when work runs. A bean where {@link AutoConfigureWorkqueues} is used;
 * for one thread at a time, and none of the engine's own. <pre>{@code
 * this.tester.advance(Duration.ofMillis(1));
 * assertThat(this.tester.runPending()).isEqualTo(1);
 * }</pre>
 */
public interface WorkqueueTester {

	/**
	 * Turns the clock on. Delays that end become pending in the order in which they end;
	 * with {@link AutoConfigureWorkqueues.Mode#INLINE} each has run when the next ends.
	 * @param duration how far; not negative
	 * @throws IllegalStateException in mode REAL, whose clock is that of the JVM
	 */
	void advance(Duration duration);

	/**
	 * Runs what is pending, and what that makes pending, and waits for the end. Delays
	 * that have not ended are not waited for.
	 * @return the number of executions that ended meanwhile
	 * @throws IllegalStateException if it takes longer than 30 s; the message names what
	 * is left
	 */
	int runPending();

	/**
	 * Waits until nothing is pending or running but delays that have not ended; in mode
	 * STEPPED it runs what is pending.
	 * @param timeout the longest wait in real time
	 * @throws IllegalStateException if the time is over; the message names what is left
	 */
	void awaitQuiet(Duration timeout);

}
