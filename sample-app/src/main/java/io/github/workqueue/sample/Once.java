package io.github.workqueue.sample;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.snapshot.WorkqueueInspector;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** With {@code sample.once=true}: waits until all is indexed and prints a summary. */
@Component
@ConditionalOnBooleanProperty("sample.once")
final class Once implements ApplicationRunner {

	private final Workqueues workqueues;

	private final DelayedWorkItem commit;

	private final WorkItem merge;

	private final StatusReport status;

	private final Activity activity;

	private final WorkqueueInspector inspector;

	Once(Workqueues workqueues, DelayedWorkItem commit, WorkItem merge, StatusReport status, Activity activity,
			WorkqueueInspector inspector) {
		this.workqueues = workqueues;
		this.commit = commit;
		this.merge = merge;
		this.status = status;
		this.activity = activity;
		this.inspector = inspector;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		this.workqueues.get("system_power_efficient_wq").flush(); // a flush of rescan
																	// itself would run it
																	// once more
		this.workqueues.get("indexing").flush();
		this.workqueues.get("system_highpri_wq").flush();
		this.commit.flush();
		this.merge.schedule();
		this.merge.flush();
		this.workqueues.get("journal").flush();
		System.out.println(Summary.of(this.status.now(), this.activity.time(), this.inspector.inspect().workqueues()));
	}

}
