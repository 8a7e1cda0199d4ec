package io.github.workqueue.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * What happens to works, as events of the JDK's Flight Recorder
 * ({@code include/trace/events/workqueue.h}). Keys are never recorded.
 * <p>
 * Free of charge: until the first recording of the JVM no event class is even loaded;
 * afterwards a type that no recording wants costs a read. A runtime image without the
 * module {@code jdk.jfr} does without.
 */
final class FlightEvents {

	private static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

	private FlightEvents() {
	}

	private static boolean isRecording() {
		return PRESENT && FlightRecorder.isInitialized();
	}

	/** An item is pushed to a pool. */
	static void queued(EngineWorkItem item, EngineWorkqueue queue, int cpu, WorkerPool pool) {
		if (isRecording() && QueueWork.TYPE.isEnabled()) {
			new QueueWork(item.name(), queue.name(), cpu, pool.id).commit();
		}
	}

	/** An item may be taken by a worker. */
	static void activated(EngineWorkItem item, EngineWorkqueue queue) {
		if (isRecording() && ActivateWork.TYPE.isEnabled()) {
			new ActivateWork(item.name(), queue.name()).commit();
		}
	}

	/** Whether executions are recorded: then their times must be exact. */
	static boolean wantsExecutions() {
		return isRecording() && ExecuteWork.TYPE.isEnabled();
	}

	/** Begins an execution; the result goes to {@link #ended}. */
	static @Nullable Object begun() {
		return wantsExecutions() ? ExecuteWork.begun() : null;
	}

	/** Ends an execution that was begun. */
	static void ended(Object begun, Execution execution) {
		ExecuteWork.record(begun, execution.name(), execution.link().queue.name(), execution.worker.name,
				execution.waited(), execution.failed);
	}

	/** A worker was marked as a CPU hog. */
	static void hog(String work, String queue, String worker, long lasted) {
		if (isRecording() && CpuHog.TYPE.isEnabled()) {
			new CpuHog(work, queue, worker, lasted).commit();
		}
	}

	/** A rescuer is called to a pool. */
	static void mayday(String work, String queue, int pool, long lasted) {
		if (isRecording() && Mayday.TYPE.isEnabled()) {
			new Mayday(work, queue, pool, lasted).commit();
		}
	}

	/** A pool was reported by the watchdog. */
	static void stall(@Nullable String work, @Nullable String queue, int pool, long lasted) {
		if (isRecording() && Stall.TYPE.isEnabled()) {
			new Stall(work, queue, pool, lasted).commit();
		}
	}

	@Name("workqueue.QueueWork")
	@Label("Queue Work")
	@Description("A work was put on a queue")
	@Category("Workqueue")
	@Enabled(false)
	@StackTrace(false)
	private static final class QueueWork extends Event {

		private static final EventType TYPE = EventType.getEventType(QueueWork.class);

		@Label("Work")
		final String work;

		@Label("Queue")
		final String queue;

		@Label("CPU")
		@Description("The CPU that was asked for, -1 if none")
		final int cpu;

		@Label("Pool")
		final int pool;

		private QueueWork(String work, String queue, int cpu, int pool) {
			this.work = work;
			this.queue = queue;
			this.cpu = cpu;
			this.pool = pool;
		}

	}

	@Name("workqueue.ActivateWork")
	@Label("Activate Work")
	@Description("A work got its place within max_active")
	@Category("Workqueue")
	@Enabled(false)
	@StackTrace(false)
	private static final class ActivateWork extends Event {

		private static final EventType TYPE = EventType.getEventType(ActivateWork.class);

		@Label("Work")
		final String work;

		@Label("Queue")
		final String queue;

		private ActivateWork(String work, String queue) {
			this.work = work;
			this.queue = queue;
		}

	}

	@Name("workqueue.ExecuteWork")
	@Label("Execute Work")
	@Description("A worker called a handler")
	@Category("Workqueue")
	@Enabled
	@Threshold("20 ms")
	@StackTrace(false)
	@Confined("the worker that records it")
	private static final class ExecuteWork extends Event {

		private static final EventType TYPE = EventType.getEventType(ExecuteWork.class);

		@Label("Work")
		String work = "";

		@Label("Queue")
		String queue = "";

		@Label("Worker")
		String worker = "";

		@Label("Waited")
		@Description("From the acceptance to the start")
		@Timespan(Timespan.NANOSECONDS)
		long waited;

		@Label("Failed")
		boolean failed;

		static Object begun() {
			ExecuteWork event = new ExecuteWork();
			event.begin();
			return event;
		}

		static void record(Object begun, String work, String queue, String worker, long waited, boolean failed) {
			ExecuteWork event = (ExecuteWork) begun;
			event.end();
			if (event.shouldCommit()) {
				event.work = work;
				event.queue = queue;
				event.worker = worker;
				event.waited = waited;
				event.failed = failed;
				event.commit();
			}
		}

	}

	@Name("workqueue.CpuHog")
	@Label("CPU Hog")
	@Description("A work held others back for too long and was marked CPU_INTENSIVE")
	@Category("Workqueue")
	@Enabled
	@StackTrace(false)
	private static final class CpuHog extends Event {

		private static final EventType TYPE = EventType.getEventType(CpuHog.class);

		@Label("Work")
		final String work;

		@Label("Queue")
		final String queue;

		@Label("Worker")
		final String worker;

		@Label("Lasted")
		@Description("CPU time that it used")
		@Timespan(Timespan.NANOSECONDS)
		final long lasted;

		private CpuHog(String work, String queue, String worker, long lasted) {
			this.work = work;
			this.queue = queue;
			this.worker = worker;
			this.lasted = lasted;
		}

	}

	@Name("workqueue.Mayday")
	@Label("Mayday")
	@Description("No worker could be had and a rescuer was called")
	@Category("Workqueue")
	@Enabled
	@StackTrace(false)
	private static final class Mayday extends Event {

		private static final EventType TYPE = EventType.getEventType(Mayday.class);

		@Label("Work")
		final String work;

		@Label("Queue")
		final String queue;

		@Label("Pool")
		final int pool;

		@Label("Lasted")
		@Description("For how long a worker has been missing")
		@Timespan(Timespan.NANOSECONDS)
		final long lasted;

		private Mayday(String work, String queue, int pool, long lasted) {
			this.work = work;
			this.queue = queue;
			this.pool = pool;
			this.lasted = lasted;
		}

	}

	@Name("workqueue.Stall")
	@Label("Stall")
	@Description("Works wait in a pool and none has started for the watchdog's threshold")
	@Category("Workqueue")
	@Enabled
	@StackTrace(false)
	private static final class Stall extends Event {

		private static final EventType TYPE = EventType.getEventType(Stall.class);

		@Label("Work")
		final @Nullable String work;

		@Label("Queue")
		final @Nullable String queue;

		@Label("Pool")
		final int pool;

		@Label("Lasted")
		@Description("For how long the pool has made no progress")
		@Timespan(Timespan.NANOSECONDS)
		final long lasted;

		private Stall(@Nullable String work, @Nullable String queue, int pool, long lasted) {
			this.work = work;
			this.queue = queue;
			this.pool = pool;
			this.lasted = lasted;
		}

	}

}
