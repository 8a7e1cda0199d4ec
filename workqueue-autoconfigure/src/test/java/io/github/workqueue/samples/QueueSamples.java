package io.github.workqueue.samples;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;

/**
 * Samples of the Javadoc: queues.
 */
record QueueSamples(Workqueues workqueues, WorkqueueInspector inspector) {

	void queue(Workqueue queue, WorkItem work) throws Exception {
		queue.queue(work);
		queue.setMaxActive(2); // what runs already goes on
		queue.drain(); // until nothing is left; meanwhile only running work may queue
	}

	void alloc(Reports reports) throws Exception {
		Workqueue exports = workqueues.alloc("exports", 4, WorkqueueFlag.UNBOUND);
		WorkItem daily = workqueues.initWork("daily", exports, (work) -> reports.exportDay());
		daily.schedule();
	}

	void spec() throws Exception {
		WorkqueueSpec mails = WorkqueueSpec.named("mails")
			.flags(WorkqueueFlag.UNBOUND)
			.maxActive(8)
			.maxPending(10_000, WhenFull.REJECT);
		workqueues.alloc(mails);
	}

	Workqueue flags() {
		Workqueue writer = workqueues.alloc("writer", 1, WorkqueueFlag.UNBOUND, WorkqueueFlag.MEM_RECLAIM);
		return writer;
	}

	void whenFull() throws Exception {
		workqueues.alloc(WorkqueueSpec.named("imports").maxPending(100, WhenFull.CALLER_WAITS));
	}

	void inspect() throws Exception {
		for (WorkSnapshot work : inspector.inspectWorks("media", 10)) {
			System.out.println(work);
		}
		System.out.println(inspector.dump());
	}

	interface Reports {

		void exportDay();

	}

}
