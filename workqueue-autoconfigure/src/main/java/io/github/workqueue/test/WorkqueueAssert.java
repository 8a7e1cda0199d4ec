package io.github.workqueue.test;

import java.util.Arrays;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a queue. <pre>{@code
 * assertThat(queue).hasMaxActive(4);
 * }</pre>
 */
public class WorkqueueAssert extends AbstractAssert<WorkqueueAssert, Workqueue> {

	/**
	 * Creates the assertions.
	 * @param actual the queue
	 */
	public WorkqueueAssert(Workqueue actual) {
		super(actual, WorkqueueAssert.class);
	}

	/**
	 * Checks the name.
	 * @param name the expected name
	 * @return this
	 */
	public WorkqueueAssert hasName(String name) {
		isNotNull();
		if (!this.actual.name().equals(name)) {
			throw failure("Expected the workqueue's name to be '%s' but it is '%s'", name, this.actual.name());
		}
		return this;
	}

	/**
	 * Checks that flags are in force, whatever others are.
	 * @param flags the expected flags
	 * @return this
	 */
	public WorkqueueAssert hasFlags(WorkqueueFlag... flags) {
		isNotNull();
		if (!this.actual.flags().containsAll(Arrays.asList(flags))) {
			throw failure("Expected workqueue '%s' to have the flags %s but it has %s", this.actual.name(),
					Arrays.toString(flags), this.actual.flags());
		}
		return this;
	}

	/**
	 * Checks that the queue is ordered.
	 * @return this
	 */
	public WorkqueueAssert isOrdered() {
		isNotNull();
		if (!this.actual.isOrdered()) {
			throw failure("Expected workqueue '%s' to be ordered but it is not", this.actual.name());
		}
		return this;
	}

	/**
	 * Checks how many items may be started at once.
	 * @param maxActive the expected limit
	 * @return this
	 */
	public WorkqueueAssert hasMaxActive(int maxActive) {
		isNotNull();
		int found = this.actual.maxActive();
		if (found != maxActive) {
			throw failure("Expected workqueue '%s' to have a max_active of %s but it is %s", this.actual.name(),
					maxActive, found);
		}
		return this;
	}

}
