package io.github.workqueue.engine;

import io.github.workqueue.engine.ThreadProbe.NativeState;
import io.github.workqueue.engine.ThreadProbe.NativeStates;

/**
 * What the monitor knows of one execution of a worker, from one look to the next. Only
 * the monitor's thread uses it.
 */
@Confined("the monitor")
final class WorkerWatch {

	/** What a look says. */
	enum Verdict {

		/** It runs, or wants to. */
		AWAKE,

		/** It is in a wait that Java tells. */
		WAITING,

		/** It is in a wait that Java calls RUNNABLE. */
		WAITING_NATIVELY,

		/** It has burned too much CPU. */
		HOG

	}

	/**
	 * A thread that used less than one part in so many of the time is looked at closely.
	 */
	private static final int QUIET_PART = 8;

	/**
	 * After so long without a look the system is asked even if CPU was used meanwhile.
	 */
	private static final long CLOSE_LOOK_NANOS = 2_000_000;

	/** Looks in a row that must find a thread asleep: JVM pauses are shorter. */
	private static final int NATIVE_LOOKS = 2;

	/** The same where only the CPU time tells. */
	private static final int BLIND_LOOKS = 4;

	private long execution = -1;

	/** When this execution was first seen to keep others waiting. */
	private long since;

	private long lookedAt;

	private long cpu;

	/** The CPU time when it last slept, or when the others began to wait. */
	private long cpuBase;

	private boolean slept;

	private int quietLooks;

	/** How long this execution has kept others waiting. */
	long waited(long now) {
		return now - this.since;
	}

	/** How much CPU it has used since it last slept or others began to wait. */
	long burned() {
		return this.cpu - this.cpuBase;
	}

	/** Whether the next look may find that it sleeps natively, and should come soon. */
	boolean isSuspect() {
		return this.quietLooks > 0;
	}

	Verdict look(Worker worker, long execution, long now, long hogNanos, NativeStates states) {
		ThreadProbe probe = worker.pool.engine.probe;
		boolean first = execution != this.execution;
		if (first) {
			reset(execution, now);
		}
		if (worker.looksAsleep()) {
			this.slept = true;
			this.quietLooks = 0;
			return Verdict.WAITING;
		}
		if (!worker.execution.isInHandler()) {
			return Verdict.AWAKE;
		}
		long before = this.cpu;
		long elapsed = now - this.lookedAt;
		this.cpu = probe.cpuNanos(worker.thread());
		this.lookedAt = now;
		boolean quiet = this.cpu < 0 || first || this.cpu - before < elapsed / QUIET_PART;
		boolean close = quiet || elapsed >= CLOSE_LOOK_NANOS;
		if (close && sleepsNatively(worker, quiet, states)) {
			this.slept = true;
			return Verdict.WAITING_NATIVELY;
		}
		if (first || this.slept) {
			this.slept = false;
			this.cpuBase = this.cpu;
		}
		if (!close) {
			this.quietLooks = 0;
		}
		return (hogNanos > 0 && burned() >= hogNanos) ? Verdict.HOG : Verdict.AWAKE;
	}

	private void reset(long execution, long now) {
		this.execution = execution;
		this.since = now;
		this.lookedAt = now;
		this.slept = false;
		this.quietLooks = 0;
	}

	private boolean sleepsNatively(Worker worker, boolean quiet, NativeStates states) {
		NativeState state = states.of(worker.tid());
		if (state == NativeState.RUNNING || (state == NativeState.UNKNOWN && (this.cpu < 0 || !quiet))) {
			this.quietLooks = 0;
			return false;
		}
		this.quietLooks++;
		return this.quietLooks >= ((state == NativeState.SLEEPING) ? NATIVE_LOOKS : BLIND_LOOKS);
	}

}
