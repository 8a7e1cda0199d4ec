package io.github.workqueue.engine;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What {@link EngineCopy} does instead of one ordered step: the same on plain memory, or,
 * for numbers in an array, with as little order as lets the test's other threads read
 * them.
 */
final class LooseSteps {

	private LooseSteps() {
	}

	static boolean compareAndSet(VarHandle handle, Object owner, long expected, long value) {
		if ((long) handle.get(owner) != expected) {
			return false;
		}
		handle.set(owner, value);
		return true;
	}

	static boolean compareAndSet(VarHandle handle, Object owner, Object expected, Object value) {
		if (handle.get(owner) != expected) {
			return false;
		}
		handle.set(owner, value);
		return true;
	}

	static boolean compareAndSet(VarHandle handle, Object[] owner, int index, Object expected, Object value) {
		if (handle.get(owner, index) != expected) {
			return false;
		}
		handle.setRelease(owner, index, value);
		return true;
	}

	static Object getAcquire(VarHandle handle, Object owner) {
		return handle.get(owner);
	}

	static void setRelease(VarHandle handle, Object owner, int value) {
		handle.set(owner, value);
	}

	static void setRelease(VarHandle handle, Object owner, long value) {
		handle.set(owner, value);
	}

	static void setRelease(VarHandle handle, Object owner, Object value) {
		handle.set(owner, value);
	}

	static int get(AtomicInteger number) {
		return number.getPlain();
	}

	static int decrementAndGet(AtomicInteger number) {
		int value = number.getPlain() - 1;
		number.setPlain(value);
		return value;
	}

	static long getAndIncrement(AtomicLongArray numbers, int index) {
		long before = numbers.getPlain(index);
		numbers.setRelease(index, before + 1);
		return before;
	}

	static long decrementAndGet(AtomicLongArray numbers, int index) {
		long value = numbers.getPlain(index) - 1;
		numbers.setRelease(index, value);
		return value;
	}

}
