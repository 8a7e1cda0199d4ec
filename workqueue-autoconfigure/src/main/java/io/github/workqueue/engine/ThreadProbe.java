package io.github.workqueue.engine;

/**
 * What can be learned about another thread from outside: the seam through which tests
 * decide who sleeps. Nothing here stops or disturbs the thread.
 */
interface ThreadProbe {

	/** The threads of this JVM. */
	ThreadProbe SYSTEM = new SystemThreadProbe();

	/** Whether the thread is in a wait that Java tells: a lock, a park, a sleep. */
	boolean isWaiting(Thread thread);

	/** The CPU time that the thread has used, in nanoseconds, or -1 if unknown. */
	long cpuNanos(Thread thread);

	/**
	 * Reads the system's idea of threads that Java calls RUNNABLE; for one user at a
	 * time.
	 */
	NativeStates nativeStates();

	/**
	 * The system's idea of threads. Files may stay open until {@link #close}.
	 */
	interface NativeStates extends AutoCloseable {

		/**
		 * What the system says of a thread.
		 * @param tid its number in the system, 0 if unknown
		 */
		NativeState of(long tid);

		/** Lets go of open files; the object can be used again. */
		@Override
		void close();

	}

	/** Whether the system lets a thread sleep. */
	enum NativeState {

		/** It waits for something. */
		SLEEPING,

		/** It runs, or waits for a CPU. */
		RUNNING,

		/** There is no telling. */
		UNKNOWN

	}

}
