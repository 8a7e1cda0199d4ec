package io.github.workqueue.autoconfigure;

import java.lang.reflect.Type;
import java.time.Duration;

import io.github.workqueue.FencingToken;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.durable.DurableRetryException;
import io.github.workqueue.durable.DurableRun;
import io.github.workqueue.durable.DurableTarget;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.spring.DurableBackend;
import io.github.workqueue.spring.ExecutionObserver;
import org.jspecify.annotations.Nullable;

/**
 * Hands claimed runs to the queue of their handler.
 */
final class RunTarget implements DurableTarget {

	private final DurableWorks works;

	private final DurableBackend.Target target;

	RunTarget(DurableWorks works, DurableBackend.Target target) {
		this.works = works;
		this.target = target;
	}

	@Override
	public String work() {
		return this.target.work();
	}

	@Override
	public Object queue() {
		return this.target.queue();
	}

	@Override
	public int limit() {
		return this.target.limit();
	}

	@Override
	public void accept(DurableRun run) {
		Object key = read(run.id().key(), this.target.keyType());
		Object argument = read(run.argument(), this.target.argumentType());
		this.target.accept(new ClaimedRun(run, key, argument));
	}

	private @Nullable Object read(@Nullable String text, @Nullable Type type) {
		return (text != null && type != null) ? this.works.read(work(), text, type) : null;
	}

	/**
	 * A run whose key and argument were read.
	 *
	 * @param run the run
	 * @param key the key; null if there is none
	 * @param argument the argument; null if it is the key, or there is none
	 */
	private record ClaimedRun(DurableRun run, @Nullable Object key,
			@Nullable Object argument) implements DurableBackend.Run {

		@Override
		public int attempt() {
			return this.run.attempt();
		}

		@Override
		public void execute(ExecutionObserver.Call body) throws Throwable {
			this.run.execute(() -> call(body));
		}

		private @Nullable Duration call(ExecutionObserver.Call body) throws Throwable {
			try {
				FencingToken.during(this.run.token(), body::run);
				return null;
			}
			catch (WorkRetryException ex) {
				throw new DurableRetryException(ex.delay(), ex);
			}
		}

		@Override
		public boolean isRetryRefused() {
			return this.run.isRetryRefused();
		}

		@Override
		public void giveBack() {
			this.run.drop();
		}

	}

}
