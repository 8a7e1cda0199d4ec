package io.github.workqueue.engine.model;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.WorkqueueEngine;
import org.jspecify.annotations.Nullable;

/**
 * An item in the engine, and its handler: that stays until the program lets it go, and
 * makes calls for the program meanwhile.
 */
final class Work {

	/** Ends the handler. */
	static final Callable<Boolean> END = () -> true;

	final ModelItem model;

	private final WorkqueueEngine engine;

	private final BlockingQueue<Callable<Boolean>> commands = new LinkedBlockingQueue<>();

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger inside = new AtomicInteger();

	private volatile boolean overlapped;

	/** The item, unless it is that of a key. */
	@Nullable WorkItem item;

	/** The works of all keys, if it is that of a key. */
	@Nullable KeyedWork<Work> keyed;

	Work(ModelItem model, WorkqueueEngine engine) {
		this.model = model;
		this.engine = engine;
	}

	/** The handler. */
	void run() throws Exception {
		this.overlapped |= this.inside.incrementAndGet() > 1;
		this.started.incrementAndGet();
		try {
			boolean ends = this.model.passing;
			while (!ends) {
				Callable<Boolean> command = this.engine.blocking(this.commands::take);
				ends = command.call();
			}
		}
		finally {
			this.inside.decrementAndGet();
		}
	}

	/** Has the handler do something; it ends if that returns true, and fails with it. */
	void command(Callable<Boolean> command) {
		this.commands.add(command);
	}

	int started() {
		return this.started.get();
	}

	boolean hasOverlapped() {
		return this.overlapped;
	}

	boolean isPending() {
		return (this.keyed != null) ? this.keyed.isPending(this) : this.item.isPending();
	}

	boolean isRunning() {
		return (this.keyed != null) ? this.keyed.isRunning(this) : this.item.isRunning();
	}

}
