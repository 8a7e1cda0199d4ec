package io.github.workqueue.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The workers of an engine by number, from 1 on. An item knows its worker by number: a
 * reference would have to be written with each execution, which garbage collectors note,
 * and would keep workers that have ended. A number is used again when its worker has
 * ended.
 * <p>
 * Whoever was told a number by its worker finds that worker, or a later one. What it
 * finds is the worker's {@link Execution}, so that producers who ask for an item read
 * nothing of the worker itself.
 */
final class WorkerTable {

	/** A leaf. */
	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final BitSet used = new BitSet();

	@Racy("written under the lock, its elements, too")
	private volatile @Nullable Execution[] executions = new Execution[16];

	/** Gives a worker its number. */
	int add(Execution execution) {
		this.lock.lock();
		try {
			int number = this.used.nextClearBit(1);
			this.used.set(number);
			@Nullable Execution[] executions = this.executions;
			if (number == executions.length) {
				executions = Arrays.copyOf(executions, number * 2);
			}
			executions[number] = execution;
			this.executions = executions;
			return number;
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(int number) {
		this.lock.lock();
		try {
			this.used.clear(number);
			this.executions[number] = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** What the worker of a number executes, or null if the number has none now. */
	@Nullable Execution get(int number) {
		@Nullable Execution[] executions = this.executions;
		return (number < executions.length) ? executions[number] : null;
	}

}
