package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Passes events on to all listener beans, in their order. The beans are looked up when
 * all singletons exist, so they may need the engine themselves; then they are told of the
 * queues that came before.
 */
final class WorkListeners implements SmartInitializingSingleton {

	private static final System.Logger logger = System.getLogger(WorkListeners.class.getName());

	private final ObjectProvider<WorkListener> provider;

	private volatile List<WorkListener> listeners = List.of();

	private volatile boolean ready;

	/** What happened to queues before there were listeners. */
	private final Queue<Consumer<WorkListener>> missed = new ConcurrentLinkedQueue<>();

	private final boolean present;

	WorkListeners(ListableBeanFactory beanFactory) {
		this.provider = beanFactory.getBeanProvider(WorkListener.class);
		this.present = beanFactory.getBeanNamesForType(WorkListener.class, true, false).length > 0;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.listeners = this.provider.orderedStream().toList();
		this.ready = true;
		tellWhatWasMissed();
	}

	private void tellOfQueue(Consumer<WorkListener> event) {
		if (this.ready) {
			this.listeners.forEach((listener) -> tell(() -> event.accept(listener)));
			return;
		}
		this.missed.add(event);
		if (this.ready) {
			tellWhatWasMissed();
		}
	}

	private void tellWhatWasMissed() {
		for (Consumer<WorkListener> event = this.missed.poll(); event != null; event = this.missed.poll()) {
			tellOfQueue(event);
		}
	}

	/**
	 * Returns the listener for the engine; the one that does nothing if there is no bean.
	 */
	WorkListener listener() {
		return this.present ? new Broadcast() : WorkListener.NONE;
	}

	private static void tell(Runnable call) {
		try {
			call.run();
		}
		catch (Throwable ex) {
			logger.log(System.Logger.Level.ERROR, "a WorkListener failed; the work goes on", ex);
		}
	}

	private final class Broadcast implements WorkListener {

		@Override
		public void queued(WorkItem work, Workqueue queue) {
			for (WorkListener listener : WorkListeners.this.listeners) {
				tell(() -> listener.queued(work, queue));
			}
		}

		@Override
		public void started(WorkItem work, Workqueue queue, long waitedNanos) {
			for (WorkListener listener : WorkListeners.this.listeners) {
				tell(() -> listener.started(work, queue, waitedNanos));
			}
		}

		@Override
		public void finished(WorkItem work, Workqueue queue, long ranNanos, @Nullable Throwable failure) {
			for (WorkListener listener : WorkListeners.this.listeners) {
				tell(() -> listener.finished(work, queue, ranNanos, failure));
			}
		}

		@Override
		public void allocated(Workqueue queue) {
			tellOfQueue((listener) -> listener.allocated(queue));
		}

		@Override
		public void destroyed(Workqueue queue) {
			tellOfQueue((listener) -> listener.destroyed(queue));
		}

		@Override
		public void stalled(String report) {
			for (WorkListener listener : WorkListeners.this.listeners) {
				tell(() -> listener.stalled(report));
			}
		}

	}

}
