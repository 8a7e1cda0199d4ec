package io.github.workqueue.engine;

import java.time.Duration;

/**
 * Something that was read from a pool and has an age.
 *
 * @param <T> its own type
 */
interface Aged<T> {

	/** How long it has been there; never less than it really is. */
	Duration age();

	/** The same with another age. */
	T withAge(Duration age);

}
