package io.github.workqueue.test;

import io.github.workqueue.WorkItem;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on an item. <pre>{@code
 * assertThat(commit).isPending();
 * }</pre>
 */
public class WorkItemAssert extends AbstractAssert<WorkItemAssert, WorkItem> {

	/**
	 * Creates the assertions.
	 * @param actual the item
	 */
	public WorkItemAssert(WorkItem actual) {
		super(actual, WorkItemAssert.class);
	}

	/**
	 * Checks the name.
	 * @param name the expected name
	 * @return this
	 */
	public WorkItemAssert hasName(String name) {
		isNotNull();
		if (!this.actual.name().equals(name)) {
			throw failure("Expected the work's name to be '%s' but it is '%s'", name, this.actual.name());
		}
		return this;
	}

	/**
	 * Checks that the item is queued or its timer armed.
	 * @return this
	 */
	public WorkItemAssert isPending() {
		isNotNull();
		if (!this.actual.isPending()) {
			throw failure("Expected work '%s' to be pending but it is %s", this.actual.name(), state());
		}
		return this;
	}

	/**
	 * Checks that the item is neither queued nor its timer armed.
	 * @return this
	 */
	public WorkItemAssert isNotPending() {
		isNotNull();
		if (this.actual.isPending()) {
			throw failure("Expected work '%s' not to be pending but it is", this.actual.name());
		}
		return this;
	}

	/**
	 * Checks that a worker executes the item.
	 * @return this
	 */
	public WorkItemAssert isRunning() {
		isNotNull();
		if (!this.actual.isRunning()) {
			throw failure("Expected work '%s' to be running but it is %s", this.actual.name(), state());
		}
		return this;
	}

	/**
	 * Checks that the item is neither pending nor running.
	 * @return this
	 */
	public WorkItemAssert isIdle() {
		isNotNull();
		if (this.actual.isPending() || this.actual.isRunning()) {
			throw failure("Expected work '%s' to be idle but it is %s", this.actual.name(), state());
		}
		return this;
	}

	private String state() {
		return this.actual.isPending() ? "pending" : this.actual.isRunning() ? "running" : "idle";
	}

}
