package io.github.workqueue.spring;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A request of keyed work.
 *
 * @param argument the argument of the handler
 * @param delay the delay; null to queue at once
 */
record KeyedRequest(Object argument, @Nullable Duration delay) {

	/**
	 * Makes one request of this and a later one: the latest argument, and the first
	 * deadline unless each request moves it.
	 */
	KeyedRequest merge(KeyedRequest later, boolean debounce) {
		return debounce ? later : new KeyedRequest(later.argument(), this.delay);
	}

	/**
	 * What such requests are merged by.
	 *
	 * @param work the keyed work
	 * @param key the key
	 */
	record Identity(Object work, Object key) {
	}

}
