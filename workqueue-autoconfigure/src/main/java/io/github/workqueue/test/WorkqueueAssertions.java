package io.github.workqueue.test;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;

/**
 * Entry points of assertions on work and queues, for AssertJ. <pre>{@code
 * assertThat(commit).isPending();
 * assertThat(index).hasPending(file).hasSize(1);
 * assertThat(queue).hasMaxActive(4);
 * }</pre>
 */
public final class WorkqueueAssertions {

	private WorkqueueAssertions() {
	}

	/**
	 * Starts assertions on an item.
	 * @param actual the item
	 * @return the assertions
	 */
	public static WorkItemAssert assertThat(WorkItem actual) {
		return new WorkItemAssert(actual);
	}

	/**
	 * Starts assertions on keyed work.
	 * @param <K> the type of the keys
	 * @param actual the work
	 * @return the assertions
	 */
	public static <K> KeyedWorkAssert<K> assertThat(KeyedWork<K> actual) {
		return new KeyedWorkAssert<>(actual);
	}

	/**
	 * Starts assertions on a queue.
	 * @param actual the queue
	 * @return the assertions
	 */
	public static WorkqueueAssert assertThat(Workqueue actual) {
		return new WorkqueueAssert(actual);
	}

}
