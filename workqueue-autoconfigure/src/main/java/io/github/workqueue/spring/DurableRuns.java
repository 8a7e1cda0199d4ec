package io.github.workqueue.spring;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * Makes each run an ordinary item of the queue: one item, or one per key. A claim waits
 * here for its item. A second one of a key can come only when the first is lost, so it
 * takes its place.
 */
final class DurableRuns extends DurableHandler implements WorkHandler, KeyedWorkHandler<Object>, ManagedHandler {

	/** Stands for the key of work without keys. */
	private static final Object NO_KEY = new Object();

	/** The argument of a handler without keys. */
	private final Object self;

	private final Consumer<Object> queue;

	private final Map<Object, DurableBackend.Run> claimed = new ConcurrentHashMap<>();

	DurableRuns(HandlerSpec spec, WorkSupport support, Object self) {
		super(spec, support);
		this.self = self;
		this.queue = spec.isKeyed() ? keyed() : plain();
	}

	private Consumer<Object> keyed() {
		KeyedWork<Object> work = support().workqueues().initKeyedWork(work(), queue(), this);
		return work::schedule;
	}

	private Consumer<Object> plain() {
		WorkItem item = support().workqueues().initWork(work(), queue(), this);
		return (key) -> item.schedule();
	}

	@Override
	public void accept(DurableBackend.Run run) {
		Object key = Objects.requireNonNullElse(run.key(), NO_KEY);
		DurableBackend.Run lost = this.claimed.put(key, run);
		if (lost != null) {
			lost.giveBack();
		}
		try {
			this.queue.accept(key);
		}
		catch (RuntimeException ex) {
			this.claimed.remove(key, run);
			throw ex;
		}
	}

	@Override
	public @Nullable Object capture() {
		return support().capture();
	}

	@Override
	public void execute(WorkExecution execution) throws Exception {
		DurableBackend.Run run = this.claimed.remove(Objects.requireNonNullElse(execution.key(), NO_KEY));
		if (run == null) {
			return;
		}
		if (support().isAbandoned()) {
			run.giveBack();
			return;
		}
		Object argument = Objects.requireNonNullElse(argumentOf(run), this.self);
		try {
			run.execute(() -> attempt(execution, run.attempt(), run.key(), argument).make());
		}
		catch (Throwable ex) {
			reportIfLast(List.of(run), ex);
			throw Attempt.<RuntimeException>asIs(ex);
		}
	}

	@Override
	public void handle(WorkItem work) {
		throw new UnsupportedOperationException("runs are executed");
	}

	@Override
	public void handle(Object key) {
		throw new UnsupportedOperationException("runs are executed");
	}

}
