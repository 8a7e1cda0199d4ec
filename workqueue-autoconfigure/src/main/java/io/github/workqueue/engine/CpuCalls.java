package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * Functions that run on given CPUs while the caller waits ({@code schedule_on_each_cpu},
 * {@code work_on_cpu}).
 */
final class CpuCalls {

	private CpuCalls() {
	}

	static void onEachCpu(WorkqueueEngine engine, EngineWorkqueue queue, Runnable function)
			throws InterruptedException {
		Objects.requireNonNull(function, "'function' must not be null");
		List<WorkItem> items = new ArrayList<>();
		for (int cpu = 0; cpu < engine.cpus(); cpu++) {
			WorkItem item = engine.initWork("schedule_on_each_cpu", queue, (work) -> function.run());
			queue.queueOn(cpu, item);
			items.add(item);
		}
		for (WorkItem item : items) {
			item.flush();
		}
	}

	static <T> T onCpu(WorkqueueEngine engine, EngineWorkqueue queue, int cpu, Callable<T> function) throws Exception {
		Objects.requireNonNull(function, "'function' must not be null");
		engine.checkCpu(cpu);
		Call<T> call = new Call<>(function);
		WorkItem item = engine.initWork("work_on_cpu", queue, (work) -> call.run());
		queue.queueOn(cpu, item);
		item.flush();
		return call.result();
	}

	/** A call whose outcome the flush of its item makes visible. */
	@Confined("the worker, then the caller who has flushed the item")
	private static final class Call<T> {

		private final Callable<T> function;

		private @Nullable T value;

		private @Nullable Throwable failure;

		private boolean done;

		private Call(Callable<T> function) {
			this.function = function;
		}

		private void run() throws Exception {
			this.done = true;
			try {
				this.value = this.function.call();
			}
			catch (Throwable ex) {
				this.failure = ex;
				throw ex;
			}
		}

		@SuppressWarnings("NullAway")
		private T result() throws Exception {
			if (this.failure instanceof Exception exception) {
				throw exception;
			}
			if (this.failure instanceof Error error) {
				throw error;
			}
			if (!this.done) {
				throw new IllegalStateException("the function did not run: the workqueue engine was closed meanwhile");
			}
			return this.value;
		}

	}

}
