package io.github.workqueue.benchmark;

import java.util.concurrent.Executor;

/** Any executor. */
final class ExecutorRunner implements Runner {

	private final Executor executor;

	private final Runnable end;

	ExecutorRunner(Executor executor, Runnable end) {
		this.executor = executor;
		this.end = end;
	}

	@Override
	public Runnable prepare(Runnable[] bodies) {
		return () -> {
			for (Runnable body : bodies) {
				this.executor.execute(body);
			}
		};
	}

	@Override
	public Runnable prepareFresh(Runnable body, int count) {
		return () -> {
			for (int i = 0; i < count; i++) {
				this.executor.execute(() -> body.run());
			}
		};
	}

	@Override
	public void close() {
		this.end.run();
	}

}
