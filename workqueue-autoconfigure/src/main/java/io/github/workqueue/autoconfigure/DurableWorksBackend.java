package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.durable.DurableRequest;
import io.github.workqueue.durable.DurableRun;
import io.github.workqueue.durable.DurableWaits;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.durable.WorkId;
import io.github.workqueue.spring.DurableBackend;
import org.jspecify.annotations.Nullable;

/**
 * Lets handlers keep their requests in the store.
 */
final class DurableWorksBackend implements DurableBackend {

	private final DurableWorks works;

	DurableWorksBackend(DurableWorks works) {
		this.works = works;
	}

	@Override
	public Work add(Target target) {
		this.works.add(new RunTarget(this.works, target));
		return new StoredWork(this.works, target.work(), target.queue().name());
	}

	@Override
	public boolean flush(String queue, @Nullable Duration timeout) throws InterruptedException {
		DurableRun current = DurableRun.current();
		if (current != null && current.queue().equals(queue)) {
			throw new WorkqueueDeadlockException(
					"the handler of " + current.id() + " would wait for itself on workqueue '" + queue + "'");
		}
		return this.works.flush(queue, timeout);
	}

	@Override
	public @Nullable Throwable outage() {
		return this.works.outage();
	}

	/**
	 * A work whose requests are stored.
	 *
	 * @param works the store
	 * @param name the name of the work
	 * @param queue the name of its queue
	 */
	private record StoredWork(DurableWorks works, String name, String queue) implements Work {

		@Override
		public boolean request(Request request) {
			Object argument = request.argument();
			return this.works.request(new DurableRequest(id(request.key()), this.queue,
					DurableRequest.Kind.valueOf(request.kind().name()), request.delay(), request.maxWait(),
					(argument != null) ? this.works.write(this.name, argument) : null));
		}

		private WorkId id(@Nullable Object key) {
			return this.works.id(this.name, key);
		}

		@Override
		public boolean cancel(@Nullable Object key) {
			return this.works.cancel(id(key));
		}

		@Override
		public boolean cancelSync(@Nullable Object key) throws InterruptedException {
			return this.works.cancelSync(notOwn(id(key)));
		}

		@Override
		public boolean flush(@Nullable Object key, @Nullable Duration timeout)
				throws InterruptedException, TimeoutException {
			WorkId id = notOwn(id(key));
			DurableWaits.Outcome outcome = this.works.flush(id, timeout);
			if (outcome == DurableWaits.Outcome.RUNS_ON) {
				throw new TimeoutException(id + " has not ended within " + timeout);
			}
			return outcome == DurableWaits.Outcome.ENDED;
		}

		private static WorkId notOwn(WorkId id) {
			DurableRun current = DurableRun.current();
			if (current != null && current.id().equals(id)) {
				throw new WorkqueueDeadlockException("the handler of " + id + " would wait for itself");
			}
			return id;
		}

		@Override
		public boolean isPending(@Nullable Object key) {
			return this.works.isPending(id(key));
		}

		@Override
		public boolean isRunning(@Nullable Object key) {
			return this.works.isRunning(id(key));
		}

		@Override
		public int size() {
			return this.works.size(Objects.requireNonNull(this.name));
		}

	}

}
