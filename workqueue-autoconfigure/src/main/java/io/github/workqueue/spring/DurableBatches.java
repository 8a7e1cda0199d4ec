package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * Gathers claimed runs and hands them to the handler together, as many as a batch holds
 * and only those of one attempt. They succeed or fail together, each row for itself.
 */
final class DurableBatches extends DurableHandler implements WorkHandler, ManagedHandler {

	private final Queue<DurableBackend.Run> claimed = new ConcurrentLinkedQueue<>();

	private final WorkItem item;

	DurableBatches(HandlerSpec spec, WorkSupport support) {
		super(spec, support);
		this.item = support.workqueues().initWork(work(), queue(), this);
	}

	@Override
	public void accept(DurableBackend.Run run) {
		this.claimed.add(run);
		try {
			this.item.schedule();
		}
		catch (RuntimeException ex) {
			if (this.claimed.remove(run)) {
				throw ex;
			}
		}
	}

	@Override
	public @Nullable Object capture() {
		return support().capture();
	}

	@Override
	public void execute(WorkExecution execution) throws Exception {
		List<DurableBackend.Run> batch = next();
		if (!this.claimed.isEmpty()) {
			this.item.schedule();
		}
		if (support().isAbandoned()) {
			batch.forEach(DurableBackend.Run::giveBack);
			return;
		}
		try {
			new Nesting(execution, batch.iterator()).run();
		}
		catch (Throwable ex) {
			reportIfLast(batch, ex);
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	/** Takes the oldest runs; only this item's execution does. */
	private List<DurableBackend.Run> next() {
		List<DurableBackend.Run> batch = new ArrayList<>();
		DurableBackend.Run run = this.claimed.peek();
		while (run != null && batch.size() < spec().batchSize()
				&& (batch.isEmpty() || batch.get(0).attempt() == run.attempt())) {
			batch.add(this.claimed.remove());
			run = this.claimed.peek();
		}
		return batch;
	}

	@Override
	public void handle(WorkItem work) {
		throw new UnsupportedOperationException("runs are executed");
	}

	/**
	 * Runs within each other, so that what the handler does is the end of them all. A run
	 * whose claim is lost is left out. Used by one thread.
	 */
	private final class Nesting {

		private final WorkExecution execution;

		private final Iterator<DurableBackend.Run> runs;

		private final List<Object> arguments = new ArrayList<>();

		private int attempt;

		Nesting(WorkExecution execution, Iterator<DurableBackend.Run> runs) {
			this.execution = execution;
			this.runs = runs;
		}

		void run() throws Throwable {
			while (this.runs.hasNext()) {
				DurableBackend.Run run = this.runs.next();
				int before = this.arguments.size();
				run.execute(() -> enter(run));
				if (this.arguments.size() > before) {
					return;
				}
			}
			if (!this.arguments.isEmpty()) {
				DurableBatches.this.attempt(this.execution, this.attempt, null, this.arguments).make();
			}
		}

		private void enter(DurableBackend.Run run) throws Throwable {
			Object argument = argumentOf(run);
			this.attempt = run.attempt();
			this.arguments.add((argument != null) ? argument : run);
			run();
		}

	}

}
