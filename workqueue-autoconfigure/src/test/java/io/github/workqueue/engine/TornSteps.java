package io.github.workqueue.engine;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What {@link EngineCopy} does instead of one atomic step, the same in two; and instead
 * of the start of a thread.
 */
final class TornSteps {

	private TornSteps() {
	}

	/** A thread that is moved by a test. */
	interface Puppet {

		/** It may be moved from now on. */
		void begin();

	}

	static void start(Thread thread) {
		((Puppet) thread).begin();
	}

	static boolean compareAndSet(VarHandle handle, Object owner, long expected, long value) {
		if ((long) handle.getVolatile(owner) != expected) {
			return false;
		}
		handle.setVolatile(owner, value);
		return true;
	}

	static boolean compareAndSet(VarHandle handle, Object owner, boolean expected, boolean value) {
		if ((boolean) handle.getVolatile(owner) != expected) {
			return false;
		}
		handle.setVolatile(owner, value);
		return true;
	}

	static boolean compareAndSet(VarHandle handle, Object owner, Object expected, Object value) {
		if (!Objects.equals(handle.getVolatile(owner), expected)) {
			return false;
		}
		handle.setVolatile(owner, value);
		return true;
	}

	static boolean compareAndSet(VarHandle handle, Object[] owner, int index, Object expected, Object value) {
		if (handle.getVolatile(owner, index) != expected) {
			return false;
		}
		handle.setVolatile(owner, index, value);
		return true;
	}

	static boolean compareAndSet(AtomicInteger number, int expected, int value) {
		if (number.get() != expected) {
			return false;
		}
		number.set(value);
		return true;
	}

	static int decrementAndGet(AtomicInteger number) {
		int value = number.get() - 1;
		number.set(value);
		return value;
	}

	static long getAndIncrement(AtomicLongArray numbers, int index) {
		long before = numbers.get(index);
		numbers.set(index, before + 1);
		return before;
	}

}
