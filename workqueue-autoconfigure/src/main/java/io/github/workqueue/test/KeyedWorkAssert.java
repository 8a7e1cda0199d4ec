package io.github.workqueue.test;

import io.github.workqueue.KeyedWork;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on keyed work. <pre>{@code
 * assertThat(index).hasPending(file).hasSize(1);
 * }</pre>
 *
 * @param <K> the type of the keys
 */
public class KeyedWorkAssert<K> extends AbstractAssert<KeyedWorkAssert<K>, KeyedWork<K>> {

	/**
	 * Creates the assertions.
	 * @param actual the work
	 */
	public KeyedWorkAssert(KeyedWork<K> actual) {
		super(actual, KeyedWorkAssert.class);
	}

	/**
	 * Checks that a key is pending.
	 * @param key the key
	 * @return this
	 */
	public KeyedWorkAssert<K> hasPending(K key) {
		isNotNull();
		if (!this.actual.isPending(key)) {
			throw failure("Expected key <%s> of work '%s' to be pending but it is not", key, this.actual.name());
		}
		return this;
	}

	/**
	 * Checks that a key is not pending.
	 * @param key the key
	 * @return this
	 */
	public KeyedWorkAssert<K> doesNotHavePending(K key) {
		isNotNull();
		if (this.actual.isPending(key)) {
			throw failure("Expected key <%s> of work '%s' not to be pending but it is", key, this.actual.name());
		}
		return this;
	}

	/**
	 * Checks the number of keys that are pending or running.
	 * @param size the expected number
	 * @return this
	 */
	public KeyedWorkAssert<K> hasSize(int size) {
		isNotNull();
		int found = this.actual.size();
		if (found != size) {
			throw failure("Expected work '%s' to have %s keys but it has %s", this.actual.name(), size, found);
		}
		return this;
	}

	/**
	 * Checks that no key is pending or running.
	 * @return this
	 */
	public KeyedWorkAssert<K> isIdle() {
		return hasSize(0);
	}

}
