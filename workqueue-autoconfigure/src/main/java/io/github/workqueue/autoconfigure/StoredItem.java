package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.durable.DurableWaits;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.durable.WorkId;

/**
 * A stored request as an item that can be cancelled and flushed, also where no handler of
 * its name is here.
 *
 * @param works the store
 * @param id whose run is wanted
 */
record StoredItem(DurableWorks works, WorkId id) implements WorkItem {

	@Override
	public String name() {
		return this.id.work();
	}

	@Override
	public boolean isPending() {
		return this.works.isPending(this.id);
	}

	@Override
	public boolean isRunning() {
		return this.works.isRunning(this.id);
	}

	@Override
	public boolean cancel() {
		return this.works.cancel(this.id);
	}

	@Override
	public boolean cancelSync() throws InterruptedException {
		return this.works.cancelSync(this.id);
	}

	@Override
	public boolean flush() throws InterruptedException {
		stopIfInterrupted();
		return this.works.flush(this.id, null) == DurableWaits.Outcome.ENDED;
	}

	@Override
	public boolean flush(Duration timeout) throws InterruptedException, TimeoutException {
		stopIfInterrupted();
		DurableWaits.Outcome outcome = this.works.flush(this.id, timeout);
		if (outcome == DurableWaits.Outcome.RUNS_ON) {
			throw new TimeoutException(this.id + " has not ended within " + timeout);
		}
		return outcome == DurableWaits.Outcome.ENDED;
	}

	/**
	 * An interrupted flush has made due what waits, as one of an item in memory does. The
	 * interrupt must not reach the database: some drivers give up the connection, and H2
	 * closes its file.
	 */
	private void stopIfInterrupted() throws InterruptedException {
		if (Thread.interrupted()) {
			this.works.runNow(this.id);
			throw new InterruptedException();
		}
	}

	@Override
	public boolean schedule() {
		throw unsupported();
	}

	@Override
	public boolean disable() {
		throw unsupported();
	}

	@Override
	public boolean disableSync() {
		throw unsupported();
	}

	@Override
	public boolean enable() {
		throw unsupported();
	}

	@Override
	public boolean enableAndQueue(Workqueue queue) {
		throw unsupported();
	}

	private UnsupportedOperationException unsupported() {
		return new UnsupportedOperationException(this.id + " is stored, and can only be cancelled or flushed here");
	}

}
