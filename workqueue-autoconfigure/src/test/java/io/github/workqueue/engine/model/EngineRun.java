package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.testing.ManualTime;
import org.jspecify.annotations.Nullable;

/**
 * The queues and items of a program in an engine: makes the calls that the model has
 * answered.
 */
final class EngineRun {

	final WorkqueueEngine engine;

	final List<Work> works = new ArrayList<>();

	/** Calls that wait in the model, and how they are in the engine. */
	final Map<ModelWait, Caller> callers = new IdentityHashMap<>();

	private final Map<ModelQueue, Workqueue> queues = new IdentityHashMap<>();

	private final ManualTime time;

	private final ExecutorService threads;

	private final ModelState state;

	EngineRun(WorkqueueEngine engine, ManualTime time, ExecutorService threads, ModelState state) {
		this.engine = engine;
		this.time = time;
		this.threads = threads;
		this.state = state;
		this.queues.put(state.queues.get(0), engine.get("system_wq"));
	}

	Workqueue queue(ModelQueue model) {
		return this.queues.get(model);
	}

	Map<ModelQueue, Workqueue> queues() {
		return new HashMap<>(this.queues);
	}

	void alloc(ModelQueue model) {
		this.queues.put(model, this.engine.alloc(model.draft.spec()));
	}

	void init(ModelItem model) {
		Work work = new Work(model, this.engine);
		Workqueue home = queue(model.home);
		switch (model.type) {
			case PLAIN -> work.item = this.engine.initWork(model.name, home, (item) -> work.run());
			case DELAYED -> work.item = this.engine.initDelayedWork(model.name, home, (item) -> work.run());
			default -> work.keyed = this.engine.initKeyedWork(model.name, home, Work::run);
		}
		this.works.add(work);
	}

	/** Makes a call, in a handler, or on a thread of its own where it may wait. */
	Caller make(Call call, @Nullable ModelWait interrupted) {
		Caller caller = new Caller(() -> perform(call, interrupted));
		if (call.actor() >= 0) {
			this.works.get(call.actor()).command(() -> {
				caller.run();
				return false;
			});
		}
		else if (mayWait(call.action())) {
			this.threads.execute(caller);
		}
		else {
			caller.run();
		}
		return caller;
	}

	private static boolean mayWait(Call.Action action) {
		return switch (action) {
			case CANCEL_SYNC, DISABLE_SYNC, FLUSH, FLUSH_IN_TIME, FLUSH_QUEUE, FLUSH_QUEUE_IN_TIME, DRAIN,
					DRAIN_IN_TIME, DESTROY, WORK_ON_CPU, ON_EACH_CPU ->
				true;
			default -> false;
		};
	}

	private @Nullable Object perform(Call call, @Nullable ModelWait interrupted) throws Exception {
		return switch (call.action()) {
			case FREEZE, THAW, EXECUTE, ALLOC, SET_MAX_ACTIVE, SET_MIN_ACTIVE, DESTROY, END, FAIL, RETRY, ADVANCE,
					INTERRUPT, ON_EACH_CPU ->
				command(call, interrupted);
			case WORK_ON_CPU -> onCpu(call.number());
			case FLUSH_QUEUE, FLUSH_QUEUE_IN_TIME, DRAIN, DRAIN_IN_TIME -> await(call);
			default -> {
				Work work = this.works.get(call.item());
				yield (work.keyed != null) ? keyed(call, work.keyed, work) : ask(call, work.item);
			}
		};
	}

	// ---- calls without a result ----

	private @Nullable Object command(Call call, @Nullable ModelWait interrupted) throws Exception {
		Workqueue queue = queue(this.state.queues.get(call.queue()));
		switch (call.action()) {
			case FREEZE -> this.engine.freeze();
			case THAW -> this.engine.thaw();
			case EXECUTE -> queue.asExecutor().execute(() -> {
			});
			case ALLOC -> alloc(call, this.state.queues.get(call.queue()));
			case SET_MAX_ACTIVE -> queue.setMaxActive(call.number());
			case SET_MIN_ACTIVE -> queue.setMinActive(call.number());
			case DESTROY -> queue.destroy();
			case ADVANCE -> this.time.advance(call.delay());
			case INTERRUPT -> this.callers.get(interrupted).interrupt();
			case ON_EACH_CPU -> onEachCpu();
			default -> this.works.get(call.item()).command(end(call));
		}
		return null;
	}

	/** The model has the new queue already, unless the name is in use. */
	private void alloc(Call call, ModelQueue model) {
		if (this.queues.containsKey(model)) {
			this.engine.alloc(model.draft.spec());
		}
		else {
			alloc(model);
		}
	}

	private static Callable<Boolean> end(Call call) {
		return switch (call.action()) {
			case FAIL -> () -> {
				throw new IllegalStateException("on purpose");
			};
			case RETRY -> () -> {
				throw new WorkRetryException(call.delay(), new IllegalStateException("on purpose"));
			};
			default -> Work.END;
		};
	}

	private void onEachCpu() throws InterruptedException {
		List<String> ran = java.util.Collections.synchronizedList(new ArrayList<>());
		this.engine.scheduleOnEachCpu(() -> ran.add(Thread.currentThread().getName()));
		if (ran.size() != this.engine.cpus()) {
			throw new AssertionError("ran on " + ran);
		}
	}

	private @Nullable Object onCpu(int cpu) throws Exception {
		int given = this.engine.workOnCpu(cpu, () -> cpu + 1);
		if (given != cpu + 1) {
			throw new AssertionError("returned " + given);
		}
		return null;
	}

	// ---- calls with a result ----

	private @Nullable Object await(Call call) throws InterruptedException {
		Workqueue queue = queue(this.state.queues.get(call.queue()));
		switch (call.action()) {
			case FLUSH_QUEUE -> queue.flush();
			case DRAIN -> queue.drain();
			case FLUSH_QUEUE_IN_TIME -> {
				return queue.flush(call.delay());
			}
			default -> {
				return queue.drain(call.delay());
			}
		}
		return null;
	}

	private boolean ask(Call call, WorkItem item) throws Exception {
		Workqueue queue = queue(this.state.queues.get(call.queue()));
		return switch (call.action()) {
			case QUEUE -> queue.queue(item);
			case QUEUE_ON -> queue.queueOn(call.number(), item);
			case SCHEDULE -> item.schedule();
			case SCHEDULE_ON_SYSTEM -> this.engine.schedule(item);
			case CANCEL -> item.cancel();
			case CANCEL_SYNC -> item.cancelSync();
			case DISABLE -> item.disable();
			case DISABLE_SYNC -> item.disableSync();
			case ENABLE -> item.enable();
			case ENABLE_AND_QUEUE -> item.enableAndQueue(queue);
			case FLUSH -> item.flush();
			case FLUSH_IN_TIME -> item.flush(call.delay());
			default -> ask(call, queue, (DelayedWorkItem) item);
		};
	}

	private boolean ask(Call call, Workqueue queue, DelayedWorkItem item) {
		Duration delay = call.delay();
		return switch (call.action()) {
			case QUEUE_DELAYED -> queue.queueDelayed(item, delay);
			case QUEUE_DELAYED_ON -> queue.queueDelayedOn(call.number(), item, delay);
			case DELAY_ON_SYSTEM -> this.engine.scheduleDelayed(item, delay);
			case SCHEDULE_AFTER -> item.schedule(delay);
			case MOD_DELAYED -> queue.modDelayed(item, delay);
			case MOD_DELAYED_ON -> queue.modDelayedOn(call.number(), item, delay);
			case MODIFY -> item.modify(delay);
			case DEBOUNCE -> item.debounce(delay, call.limit());
			default -> throw new IllegalArgumentException(call.toString());
		};
	}

	private static boolean keyed(Call call, KeyedWork<Work> keyed, Work key) throws InterruptedException {
		return switch (call.action()) {
			case SCHEDULE -> keyed.schedule(key);
			case SCHEDULE_AFTER -> keyed.schedule(key, call.delay());
			case MODIFY -> keyed.modify(key, call.delay());
			case DEBOUNCE -> keyed.debounce(key, call.delay(), call.limit());
			case CANCEL -> keyed.cancel(key);
			case CANCEL_SYNC -> keyed.cancelSync(key);
			case FLUSH -> keyed.flush(key);
			default -> throw new IllegalArgumentException(call.toString());
		};
	}

}
