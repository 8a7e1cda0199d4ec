package io.github.workqueue.engine;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks Linux to end the timed waits of a thread when their time is over. Without that it
 * ends them up to 50 us later, in case another thread can be woken at the same moment:
 * more than all the rest between a timer and its handler. Where there is no such file, or
 * it cannot be written, waits end as the system likes.
 */
final class TimerSlack {

	private static final System.Logger logger = System.getLogger(TimerSlack.class.getName());

	private TimerSlack() {
	}

	/** The file that says how late waits of a thread may end, in nanoseconds. */
	static Path file(long tid) {
		return Path.of("/proc/" + tid + "/timerslack_ns");
	}

	/** Makes timed waits of the calling thread exact. */
	static void minimize() {
		long tid = ProcStates.currentTid();
		if (tid == 0) {
			return;
		}
		try {
			Files.writeString(file(tid), "1");
		}
		catch (IOException ex) {
			logger.log(Level.DEBUG, "timed waits of " + Thread.currentThread().getName() + " stay inexact", ex);
		}
	}

}
