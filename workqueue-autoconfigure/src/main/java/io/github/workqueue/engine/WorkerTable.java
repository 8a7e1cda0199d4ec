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
 * Whoever was told a number by its worker finds that worker, or a later one.
 */
final class WorkerTable {

	/** A leaf. */
	private final ReentrantLock lock = new ReentrantLock();

	@GuardedBy("lock")
	private final BitSet used = new BitSet();

	@Racy("written under the lock, its elements, too")
	private volatile @Nullable Worker[] workers = new Worker[16];

	/** Gives a worker its number. */
	int add(Worker worker) {
		this.lock.lock();
		try {
			int number = this.used.nextClearBit(1);
			this.used.set(number);
			@Nullable Worker[] workers = this.workers;
			if (number == workers.length) {
				workers = Arrays.copyOf(workers, number * 2);
			}
			workers[number] = worker;
			this.workers = workers;
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
			this.workers[number] = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The worker of a number, or null if that has none now. */
	@Nullable Worker get(int number) {
		@Nullable Worker[] workers = this.workers;
		return (number < workers.length) ? workers[number] : null;
	}

}
