package io.github.workqueue.sample;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.snapshot.WorkqueueInspector;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** With {@code sample.once=true}: waits until all is indexed and prints a summary. */
@Component
@ConditionalOnBooleanProperty("sample.once")
final class Once implements ApplicationRunner {

	private final Workqueue indexing;

	private final Workqueue highpri;

	private final Workqueue journal;

	private final DelayedWorkItem rescan;

	private final DelayedWorkItem commit;

	private final WorkItem merge;

	private final StatusReport status;

	private final Activity activity;

	private final WorkqueueInspector inspector;

	Once(Workqueue indexing, @Qualifier("system_highpri_wq") Workqueue highpri, Workqueue journal,
			DelayedWorkItem rescan, DelayedWorkItem commit, WorkItem merge, StatusReport status, Activity activity,
			WorkqueueInspector inspector) {
		this.indexing = indexing;
		this.highpri = highpri;
		this.journal = journal;
		this.rescan = rescan;
		this.commit = commit;
		this.merge = merge;
		this.status = status;
		this.activity = activity;
		this.inspector = inspector;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		this.rescan.flush();
		this.indexing.flush();
		this.highpri.flush();
		this.commit.flush();
		this.merge.schedule();
		this.merge.flush();
		this.journal.flush();
		System.out.println(Summary.of(this.status.now(), this.activity.age(), this.inspector.inspect().workqueues()));
	}

}
