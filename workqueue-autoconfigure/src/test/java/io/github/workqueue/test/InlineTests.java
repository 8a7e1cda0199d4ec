package io.github.workqueue.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that has run when the request returns.
 */
@SpringBootTest(classes = InlineTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureWorkqueues(mode = Mode.INLINE)
class InlineTests {

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private Handlers handlers;

	@Autowired
	private Workqueues workqueues;

	@Autowired
	private WorkItem step;

	@Autowired
	private DelayedWorkItem poll;

	@BeforeEach
	void clear() {
		this.handlers.calls.clear();
	}

	@Test
	void requestsReturnWhenTheWorkHasRun() {
		this.step.schedule();
		assertThat(this.handlers.calls).containsExactly("step");
		this.step.schedule();
		assertThat(this.handlers.calls).containsExactly("step", "step");
	}

	/** Story of a rule that held for annotated handlers only. */
	@Test
	void requestsOfOtherItemsDoSoToo() {
		List<String> calls = this.handlers.calls;
		this.workqueues.initWork("plain", (WorkHandler) (work) -> calls.add("plain")).schedule();
		assertThat(calls).containsExactly("plain");
		this.workqueues.<String>initKeyedWork("keyed", this.workqueues.get("system_wq"), calls::add).schedule("key");
		assertThat(calls).containsExactly("plain", "key");
		this.workqueues.get("system_unbound_wq").asExecutor().execute(() -> calls.add("task"));
		assertThat(calls).containsExactly("plain", "key", "task");
		WorkItem nested = this.workqueues.initWork("outer",
				(WorkHandler) (work) -> this.workqueues.initWork("inner", (WorkHandler) (inner) -> calls.add("inner"))
					.schedule());
		this.workqueues.get("system_long_wq").queue(nested);
		assertThat(calls).containsExactly("plain", "key", "task", "inner");
	}

	@Test
	void delaysEndInTheirOrderWhileTheClockIsTurned() {
		this.poll.schedule();
		this.tester.advance(Duration.ofMinutes(3));
		assertThat(this.handlers.calls).containsExactly("poll", "poll", "poll");
		assertThat(this.poll.cancel()).isTrue();
		this.tester.advance(Duration.ofMinutes(3));
		assertThat(this.handlers.calls).hasSize(3);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		final List<String> calls = new CopyOnWriteArrayList<>();

		private final DelayedWorkItem poll;

		Handlers(DelayedWorkItem poll) {
			this.poll = poll;
		}

		@Work
		void step() {
			this.calls.add("step");
		}

		@DelayedWork(delay = "1m")
		void poll() {
			this.calls.add("poll");
			this.poll.schedule();
		}

	}

}
