package io.github.workqueue.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Work as in production, with a way to wait for its end.
 */
@SpringBootTest(classes = RealTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureWorkqueues
class RealTests {

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private WorkItem chain;

	@Autowired
	private Handlers handlers;

	@Test
	void waitsUntilAllIsQuiet() {
		this.chain.schedule();
		this.tester.awaitQuiet(Duration.ofSeconds(10));
		assertThat(this.handlers.calls).hasValue(100);
		assertThat(this.tester.runPending()).isZero();
	}

	@Test
	void cannotTurnTheClock() {
		assertThatIllegalStateException().isThrownBy(() -> this.tester.advance(Duration.ofSeconds(1)))
			.withMessageContaining("REAL");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		final AtomicInteger calls = new AtomicInteger();

		private final WorkItem chain;

		Handlers(WorkItem chain) {
			this.chain = chain;
		}

		@Work
		void chain() {
			if (this.calls.incrementAndGet() < 100) {
				this.chain.schedule();
			}
		}

	}

}
