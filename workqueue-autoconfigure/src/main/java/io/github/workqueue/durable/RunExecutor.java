package io.github.workqueue.durable;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The executor that db-scheduler hands claimed rows to: they run on our queues, whose end
 * is not its matter.
 */
final class RunExecutor extends AbstractExecutorService {

	private final Claims claims;

	private volatile boolean shutdown;

	RunExecutor(Claims claims) {
		this.claims = claims;
	}

	@Override
	public void execute(Runnable command) {
		this.claims.dispatch(command);
	}

	@Override
	public void shutdown() {
		this.shutdown = true;
	}

	@Override
	public List<Runnable> shutdownNow() {
		this.shutdown = true;
		return List.of();
	}

	@Override
	public boolean isShutdown() {
		return this.shutdown;
	}

	@Override
	public boolean isTerminated() {
		return this.shutdown;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) {
		return this.shutdown;
	}

}
