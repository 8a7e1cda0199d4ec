package io.github.workqueue.engine;

import java.util.List;

import io.github.workqueue.engine.ThreadProbe.NativeState;
import io.github.workqueue.engine.ThreadProbe.NativeStates;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot;
import io.github.workqueue.snapshot.WorkerSnapshot.State;

/**
 * A busy worker and what its thread was seen to do. All that an answer says about the
 * worker comes from this one look, so its figures agree.
 *
 * @param busy the worker
 * @param state what its thread did
 */
record SeenWorker(BusyWorker busy, State state) {

	/**
	 * Looks at all of them before anybody takes a stack: that stops the threads for a
	 * moment, and a thread that was stopped looks asleep to the system. Called without
	 * locks.
	 */
	static List<SeenWorker> look(List<BusyWorker> workers, ThreadProbe probe) {
		try (NativeStates states = probe.nativeStates()) {
			return workers.stream().map((busy) -> new SeenWorker(busy, state(busy, states))).toList();
		}
	}

	private static State state(BusyWorker busy, NativeStates states) {
		if (isBlocked(busy, states)) {
			return State.BLOCKED;
		}
		return busy.hog() ? State.CPU_INTENSIVE : State.RUNNING;
	}

	/**
	 * Asks the system twice: a thread that the JVM has stopped for a moment looks asleep,
	 * too, and the thread that asks is stopped with it before it can ask again.
	 */
	private static boolean isBlocked(BusyWorker busy, NativeStates states) {
		Worker worker = busy.worker();
		if (busy.sleep() == Worker.Sleep.HINTED || worker.looksAsleep()) {
			return true;
		}
		if (!worker.execution.isInHandler()) {
			return false;
		}
		NativeState state = states.of(worker.tid());
		if (state == NativeState.SLEEPING) {
			return states.of(worker.tid()) == NativeState.SLEEPING;
		}
		return state == NativeState.UNKNOWN && busy.sleep() == Worker.Sleep.NATIVE;
	}

	/** Whether it is runnable and may be counted. */
	boolean isRunning() {
		return this.state == State.RUNNING && !this.busy.worker().rescuer;
	}

	WorkSnapshot toWork() {
		BusyWorker busy = this.busy;
		return new WorkSnapshot(busy.item().name(), WorkSnapshot.State.RUNNING, busy.age(), null, busy.worker().name,
				this.state == State.BLOCKED, stack(), busy.item().key());
	}

	WorkerSnapshot toWorker() {
		BusyWorker busy = this.busy;
		return new WorkerSnapshot(busy.worker().name, busy.queue(), busy.item().name(), busy.age(), busy.description(),
				this.state, stack());
	}

	private List<StackTraceElement> stack() {
		return List.of(this.busy.worker().thread().getStackTrace());
	}

}
