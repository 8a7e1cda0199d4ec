package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** How an execution is numbered when retries are cancelled. */
class AttemptTests {

	/** More than a test lets through; the item must come to rest at the end. */
	private static final int FAILURES = 3;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Workqueue queue = this.engine.allocOrdered("queue");

	/** Holds each attempt before its handler asks for the number. */
	private final Gate gate = this.engines.gate();

	private final List<Integer> attempts = new CopyOnWriteArrayList<>();

	private final DelayedWorkItem failing = this.engine.initDelayedWork("failing", this.queue, new Failing());

	@Test
	void eachRetryIsOneMore() throws Exception {
		this.failing.schedule();
		this.gate.awaitStarts(1);
		this.gate.letGo(2);
		this.gate.awaitStarts(2);
		assertThat(this.attempts).containsExactly(1, 2);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(this.attempts).containsExactly(1, 2, 3);
	}

	@Test
	void theNextRequestAfterAQueuedRetryWasCancelledIsTheFirst() throws Exception {
		Gate ahead = this.engines.gate();
		this.failing.schedule();
		this.gate.awaitStarts(1);
		Engines.queue(this.engine, this.queue, "ahead", ahead);
		this.gate.letGo(1);
		ahead.awaitStarts(1);
		assertThat(this.failing.cancel()).as("the retry waits in the queue").isTrue();
		ahead.open();
		this.failing.schedule();
		this.gate.awaitStarts(1);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(this.attempts).containsExactly(1, 1);
	}

	/**
	 * Story of a second attempt that called itself the first, as somebody had disabled
	 * its item.
	 */
	@Test
	void anAttemptKeepsItsNumberWhenItsItemIsDisabledMeanwhile() throws Exception {
		this.failing.schedule();
		this.gate.awaitStarts(1);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		this.failing.disable();
		this.gate.letGo(1);
		this.failing.flush();
		assertThat(this.attempts).containsExactly(1, 2);
		this.failing.enable();
		this.failing.schedule();
		this.gate.awaitStarts(1);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(this.attempts).as("begins anew").containsExactly(1, 2, 1);
	}

	/** Story of a cancelled request that took the count of the attempt that ran. */
	@Test
	void anAttemptKeepsItsNumberWhenTheNextRequestIsCancelled() throws Exception {
		this.failing.schedule();
		this.gate.awaitStarts(1);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(this.failing.schedule()).as("a request while the second runs").isTrue();
		assertThat(this.failing.cancel()).isTrue();
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		this.gate.letGo(1);
		this.gate.awaitStarts(1);
		assertThat(this.attempts).containsExactly(1, 2, 3);
	}

	private final class Failing implements WorkHandler, ManagedHandler {

		@Override
		public void handle(WorkItem work) {
			throw new AssertionError("called without its execution");
		}

		@Override
		public void execute(WorkExecution execution) throws Exception {
			AttemptTests.this.gate.handle(execution.work());
			AttemptTests.this.attempts.add(execution.attempt());
			if (AttemptTests.this.attempts.size() <= FAILURES) {
				throw new WorkRetryException(Duration.ZERO, new IllegalStateException("expected by the test"));
			}
		}

	}

}
