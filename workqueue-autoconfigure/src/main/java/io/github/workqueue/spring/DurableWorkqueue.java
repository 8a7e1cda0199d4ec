package io.github.workqueue.spring;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFacade;
import io.github.workqueue.WorkqueueFlag;

/**
 * A durable queue, as its bean and by its name: takes only the works of its own handlers,
 * which have a name to be stored by. Limits, drain and end are those of this instance; a
 * flush waits for all.
 */
final class DurableWorkqueue implements WorkqueueFacade {

	private final Workqueue target;

	private final Supplier<DurableBackend> backend;

	DurableWorkqueue(Workqueue target, Supplier<DurableBackend> backend) {
		this.target = target;
		this.backend = backend;
	}

	/** Returns the queue itself if it is durable already, else what stands before it. */
	static DurableWorkqueue before(Workqueue queue, Supplier<DurableBackend> backend) {
		return (queue instanceof DurableWorkqueue durable) ? durable : new DurableWorkqueue(queue, backend);
	}

	@Override
	public Workqueue target() {
		return this.target;
	}

	@Override
	public IllegalArgumentException refusal(String work) {
		return new IllegalArgumentException("work '" + work + "' has no place on the durable queue '" + name()
				+ "', which takes only methods with @Work or @DelayedWork that name it: what is stored must be found"
				+ " by its name on every instance. Annotate a method, or choose another queue");
	}

	// ---- requests ----

	@Override
	public boolean queue(WorkItem work) {
		return own(work).schedule();
	}

	@Override
	public boolean queueDelayed(DelayedWorkItem work, Duration delay) {
		return ((DelayedWorkItem) own(work)).schedule(delay);
	}

	@Override
	public boolean modDelayed(DelayedWorkItem work, Duration delay) {
		return ((DelayedWorkItem) own(work)).modify(delay);
	}

	private WorkItem own(WorkItem work) {
		if (work instanceof DurableHandlerItem item && item.spec().queue().equals(name())) {
			return item;
		}
		throw refusal(work.name());
	}

	@Override
	public boolean queueOn(int cpu, WorkItem work) {
		throw noCpu();
	}

	@Override
	public boolean queueDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		throw noCpu();
	}

	@Override
	public boolean modDelayedOn(int cpu, DelayedWorkItem work, Duration delay) {
		throw noCpu();
	}

	private UnsupportedOperationException noCpu() {
		return new UnsupportedOperationException(
				"the durable queue '" + name() + "' has no CPUs: any instance may run its work");
	}

	@Override
	public Executor asExecutor() {
		return (task) -> {
			throw new UnsupportedOperationException(
					"the durable queue '" + name() + "' cannot execute a task, which has no name to be stored by");
		};
	}

	// ---- all instances ----

	@Override
	public void flush() throws InterruptedException {
		this.backend.get().flush(name(), null);
	}

	@Override
	public boolean flush(Duration timeout) throws InterruptedException {
		return this.backend.get().flush(name(), Delays.check(timeout));
	}

	// ---- this instance ----

	@Override
	public String name() {
		return this.target.name();
	}

	@Override
	public Set<WorkqueueFlag> flags() {
		return this.target.flags();
	}

	@Override
	public boolean isOrdered() {
		return this.target.isOrdered();
	}

	@Override
	public int maxActive() {
		return this.target.maxActive();
	}

	@Override
	public void setMaxActive(int maxActive) {
		this.target.setMaxActive(maxActive);
	}

	@Override
	public int minActive() {
		return this.target.minActive();
	}

	@Override
	public void setMinActive(int minActive) {
		this.target.setMinActive(minActive);
	}

	@Override
	public void drain() throws InterruptedException {
		this.target.drain();
	}

	@Override
	public boolean drain(Duration timeout) throws InterruptedException {
		return this.target.drain(timeout);
	}

	@Override
	public void destroy() throws InterruptedException {
		this.target.destroy();
	}

	@Override
	public boolean isCongested() {
		return this.target.isCongested();
	}

	@Override
	public String toString() {
		return "durable workqueue '" + name() + "'";
	}

}
