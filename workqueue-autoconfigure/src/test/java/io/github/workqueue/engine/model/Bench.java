package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.workqueue.engine.Corner;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.testing.ManualTime;
import org.jspecify.annotations.Nullable;

/**
 * An engine on which one program after the other is run.
 */
final class Bench implements AutoCloseable {

	private final ManualTime time = new ManualTime();

	private final Starts starts = new Starts();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "program");
		thread.setDaemon(true);
		return thread;
	});

	private final WorkqueueEngine engine;

	private final Corner corner;

	private final Duration patience;

	/** How many calls were made. */
	private long calls;

	Bench(int cpus, Corner corner, Duration patience) {
		this.engine = corner.start(cpus, this.time, this.starts);
		this.corner = corner;
		this.patience = patience;
	}

	/** Runs a program; returns what went wrong, or null. */
	@Nullable Mismatch run(Program program) throws InterruptedException {
		this.starts.clear();
		ModelState state = new ModelState(this.engine.cpus(), this.corner.hasOneWorker());
		state.now = this.time.nanoTime();
		EngineRun run = new EngineRun(this.engine, this.time, this.threads, state);
		Steps steps = new Steps(program, state, run, this.starts, this.patience);
		Mismatch mismatch = steps.runAll();
		this.calls += steps.count();
		return mismatch;
	}

	long calls() {
		return this.calls;
	}

	@Override
	public void close() {
		this.engine.close();
		this.threads.shutdownNow();
	}

}
