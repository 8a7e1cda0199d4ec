package io.github.workqueue.engine;

import java.time.Duration;

import io.github.workqueue.ManagedHandler;
import io.github.workqueue.WorkExecution;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRetryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A work that asks to be run again later but has no timer for that has failed. */
class RetryWithoutTimerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final LogCapture log = this.engines.closing(new LogCapture());

	private final WorkqueueEngine engine = this.engines.start(1);

	@Test
	void itHasFailedOnceAndIsLogged() throws Exception {
		fails((work) -> {
			throw retry();
		});
		assertThat(this.log.containing("work 'plain' of workqueue 'system_wq' failed")).hasSize(1);
	}

	@Test
	void itIsLoggedForAManagedHandlerToo() throws Exception {
		fails(new Managed(retry()));
		assertThat(this.log.containing("work 'plain' of workqueue 'system_wq' failed")).hasSize(1);
	}

	@Test
	void otherFailuresOfAManagedHandlerAreNotLoggedHere() throws Exception {
		fails(new Managed(new IllegalStateException("expected by the test")));
		assertThat(this.log.containing("plain")).isEmpty();
	}

	private void fails(WorkHandler handler) throws InterruptedException {
		WorkItem plain = Engines.queue(this.engine, "plain", handler);
		plain.flush();
		assertThat(plain.isPending()).isFalse();
		assertThat(Engines.stats(this.engine, "system_wq").failed()).isOne();
		assertThat(Engines.stats(this.engine, "system_wq").retries()).isZero();
	}

	private static WorkRetryException retry() {
		return new WorkRetryException(Duration.ZERO, new IllegalStateException("expected by the test"));
	}

	/** A handler that reports its failures itself. */
	private record Managed(Exception failure) implements WorkHandler, ManagedHandler {

		@Override
		public void handle(WorkItem work) throws Exception {
			throw this.failure;
		}

		@Override
		public void execute(WorkExecution execution) throws Exception {
			throw this.failure;
		}

	}

}
