package io.github.workqueue.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static io.github.workqueue.test.WorkqueueAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Work that runs when the test says so.
 */
@SpringBootTest(classes = SteppedTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureWorkqueues(mode = Mode.STEPPED)
class SteppedTests {

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private Handlers handlers;

	@Autowired
	private WorkItem rebuild;

	@Autowired
	private DelayedWorkItem commit;

	@Autowired
	private KeyedWork<String> index;

	@Autowired
	private Workqueue system_wq;

	@BeforeEach
	void clear() {
		this.tester.advance(Duration.ofDays(1));
		this.tester.runPending();
		this.handlers.calls.clear();
	}

	@Test
	void nothingRunsBeforeTheTestSaysSo() {
		this.rebuild.schedule();
		this.index.schedule("a");
		this.index.schedule("a");
		assertThat(this.rebuild).isPending().hasName("rebuild");
		assertThat(this.index).hasPending("a").hasSize(1);
		assertThat(this.handlers.calls).isEmpty();
		assertThat(this.tester.runPending()).isEqualTo(2);
		assertThat(this.rebuild).isIdle();
		assertThat(this.index).isIdle().doesNotHavePending("a");
		assertThat(this.handlers.calls).containsExactlyInAnyOrder("rebuild", "a");
	}

	/**
	 * Story: a timer had fired and its item was not on its queue yet, so that the tester
	 * saw neither.
	 */
	@Test
	void whatIsDueIsOnItsQueueWhenTheTimeHasBeenTurned() {
		for (int i = 0; i < 1000; i++) {
			this.commit.schedule();
			this.tester.advance(Duration.ofMinutes(1));
			assertThat(this.tester.runPending()).as("round %d", i).isEqualTo(1);
		}
	}

	@Test
	void debouncedWorkRunsWhenItsTimeIsOver() {
		this.commit.schedule();
		this.tester.advance(Duration.ofMillis(150));
		this.commit.schedule();
		this.tester.advance(Duration.ofMillis(150));
		assertThat(this.tester.runPending()).isZero();
		this.tester.advance(Duration.ofMillis(50));
		assertThat(this.tester.runPending()).isOne();
		assertThat(this.handlers.calls).containsExactly("commit");
	}

	@Test
	void saysWhatIsLeft() {
		this.handlers.endless = true;
		try {
			this.index.schedule("again");
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.tester.awaitQuiet(Duration.ofMillis(50)))
				.withMessageContaining("index is ");
		}
		finally {
			this.handlers.endless = false;
			this.tester.awaitQuiet(Duration.ofSeconds(10));
		}
	}

	@Test
	void assertionsSayWhatIsWrong() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.rebuild).isPending())
			.withMessage("Expected work 'rebuild' to be pending but it is idle");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.index).hasSize(3))
			.withMessageContaining("to have 3 keys but it has 0");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.system_wq).isOrdered())
			.withMessage("Expected workqueue 'system_wq' to be ordered but it is not");
		assertThat(this.system_wq).hasName("system_wq").hasFlags(WorkqueueFlag.PERCPU).hasMaxActive(1024);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		final List<String> calls = new CopyOnWriteArrayList<>();

		volatile boolean endless;

		private final KeyedWork<String> index;

		Handlers(KeyedWork<String> index) {
			this.index = index;
		}

		@Work("rebuild")
		void rebuild() {
			this.calls.add("rebuild");
		}

		@Work("index")
		void index(String key) {
			this.calls.add(key);
			if (this.endless) {
				this.index.schedule(key);
			}
		}

		@DelayedWork(delay = "200ms", debounce = true)
		void commit() {
			this.calls.add("commit");
		}

	}

}
