package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;

import io.github.workqueue.WorkListener;

/**
 * Tells the listener of queues that come and go. Called without locks.
 */
final class QueueEvents {

	private static final System.Logger logger = System.getLogger(QueueEvents.class.getName());

	private final WorkListener listener;

	QueueEvents(WorkListener listener) {
		this.listener = listener;
	}

	void allocated(EngineWorkqueue queue) {
		if (!queue.rules().system()) {
			tell((listener) -> listener.allocated(queue));
		}
	}

	/** The queue is DESTROYED. Only the first call counts. */
	void destroyed(EngineWorkqueue queue) {
		if (queue.claimEnd()) {
			tell((listener) -> listener.destroyed(queue));
		}
	}

	private void tell(Consumer<WorkListener> event) {
		try {
			event.accept(this.listener);
		}
		catch (Throwable ex) {
			logger.log(Level.ERROR, "a WorkListener failed when told of a queue; the queue is as it was to be", ex);
		}
	}

}
