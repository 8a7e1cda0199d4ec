package io.github.workqueue.samples;

import java.nio.file.Path;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;

import static io.github.workqueue.test.WorkqueueAssertions.assertThat;

/**
 * Samples of the Javadoc: assertions.
 */
final class AssertionSamples {

	private AssertionSamples() {
	}

	static void assertions(DelayedWorkItem commit, KeyedWork<Path> index, Path file, Workqueue queue) {
		assertThat(commit).isPending();
		assertThat(index).hasPending(file).hasSize(1);
		assertThat(queue).hasMaxActive(4);
	}

}
