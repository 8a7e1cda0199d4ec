package io.github.workqueue.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one thing of JDK 21 that is needed. */
final class VirtualThreads {

	static final boolean AVAILABLE = Runtime.version().feature() >= 21;

	private VirtualThreads() {
	}

	/** An executor that starts a virtual thread per task. */
	static ExecutorService executor() {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("no virtual threads in this JVM", ex);
		}
	}

}
