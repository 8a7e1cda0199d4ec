package io.github.workqueue.engine.model;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.github.workqueue.WorkListener;
import io.github.workqueue.engine.Corner;
import io.github.workqueue.engine.TimeSource;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two to four threads make random calls of the same items and queues. What was accepted
 * runs or was removed, no item runs beside itself, an ordered queue runs one item at a
 * time, and nothing that is pending stands still while handlers stay and nothing else
 * happens. A failure names the seed.
 */
class ConcurrentProgramTests {

	private static final int CROWDS = 30;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "crowd");
		thread.setDaemon(true);
		return thread;
	});

	private final Logger logger = Logger.getLogger("io.github.workqueue.engine");

	@BeforeEach
	void doNotLogWhoSleepsOnABhQueue() {
		this.logger.setLevel(Level.OFF);
	}

	@AfterEach
	void endThreads() {
		this.logger.setLevel(null);
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsLostAndNothingStandsStill(Corner corner) throws Exception {
		run(corner, 0, CROWDS);
	}

	@ParameterizedTest
	@EnumSource
	@Tag("stress")
	void nothingIsLostForALongTime(Corner corner) throws Exception {
		run(corner, System.nanoTime(), 100 * CROWDS);
	}

	private void run(Corner corner, long firstSeed, int crowds) throws Exception {
		for (int cpus = 1; cpus <= 2; cpus++) {
			try (WorkqueueEngine engine = corner.start(cpus, TimeSource.SYSTEM, WorkListener.NONE)) {
				for (int i = 0; i < crowds; i++) {
					new Crowd(engine, this.threads, firstSeed + i, !corner.hasOneWorker()).run();
				}
			}
		}
	}

}
