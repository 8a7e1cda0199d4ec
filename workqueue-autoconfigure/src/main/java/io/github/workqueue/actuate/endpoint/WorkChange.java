package io.github.workqueue.actuate.endpoint;

import java.util.List;
import java.util.NoSuchElementException;

import io.github.workqueue.KeyedWorkControl;
import io.github.workqueue.snapshot.WaitingItem;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

/**
 * A request to cancel, or to run now, what waits of one work on one queue.
 *
 * @param cancel the work to cancel, or null
 * @param flush the work to flush, or null
 * @param key the text of the only key that is meant, or null for all
 */
record WorkChange(@Nullable String cancel, @Nullable String flush, @Nullable String key) {

	boolean isAskedFor() {
		return this.cancel != null || this.flush != null || this.key != null;
	}

	/**
	 * Cancels, or begins to flush.
	 * @return how many works were cancelled, or are run now
	 * @throws NoSuchElementException if none waits
	 * @throws IllegalArgumentException if not exactly one of both is asked for
	 * @throws IllegalStateException if tasks of an executor are to be cancelled
	 */
	int apply(String queue, WorkqueueInspector inspector, KnownWorks works) {
		String work = (this.cancel != null) ? this.cancel : this.flush;
		if (work == null || (this.cancel != null && this.flush != null)) {
			throw new IllegalArgumentException("give either cancel or flush, with the name of a work");
		}
		List<WaitingItem> waiting = inspector.findWaiting(queue, work)
			.stream()
			.filter((one) -> isMeant(one.key()))
			.toList();
		if (waiting.isEmpty()) {
			throw new NoSuchElementException("no work '" + work + "'" + ((this.key != null) ? " of this key" : "")
					+ " waits on workqueue '" + queue + "'");
		}
		KeyedWorkControl control = works.find(work).orElse(null);
		return (this.cancel != null) ? cancel(waiting, control) : flush(waiting, control);
	}

	private boolean isMeant(@Nullable Object candidate) {
		return this.key == null || (candidate != null && this.key.equals(KeyPresenter.text(candidate)));
	}

	private static int cancel(List<WaitingItem> waiting, @Nullable KeyedWorkControl control) {
		waiting.forEach(WorkChange::checkNoTask);
		return (int) waiting.stream()
			.filter((one) -> (control != null) ? control.cancelKey(one.key()) : one.item().cancel())
			.count();
	}

	private static void checkNoTask(WaitingItem one) {
		if (one.isTask()) {
			throw new IllegalStateException("'" + one.item().name() + "' are tasks of an executor, which cannot be "
					+ "cancelled here: whoever waits for the future of one would wait for ever; flush them");
		}
	}

	private static void flush(WaitingItem one, @Nullable KeyedWorkControl control) throws InterruptedException {
		if (control != null) {
			control.flushKey(one.key());
		}
		else {
			one.item().flush();
		}
	}

	private static int flush(List<WaitingItem> waiting, @Nullable KeyedWorkControl control) {
		waiting.forEach((one) -> beginFlush(one, control));
		return waiting.size();
	}

	/**
	 * Flushes without the wait, which no thread of the web server or the engine should
	 * spend on a queue that may be frozen: an interrupted flush has queued what was
	 * armed.
	 */
	private static void beginFlush(WaitingItem one, @Nullable KeyedWorkControl control) {
		boolean interrupted = Thread.interrupted();
		Thread.currentThread().interrupt();
		try {
			flush(one, control);
		}
		catch (InterruptedException ex) {
			// as meant: what was armed is queued now
		}
		finally {
			Thread.interrupted();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
