package io.github.workqueue.autoconfigure;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contexts that applications have in their threads: that of the log, and who is
 * logged in.
 */
@Tag("boot-4.1")
class PropagationTests {

	private final CountingAccessor counting = new CountingAccessor();

	private final ApplicationContextRunner plain = WorkqueueRunner.plain().withUserConfiguration(Handlers.class);

	private final ApplicationContextRunner propagating = this.plain
		.withPropertyValues("spring.task.execution.propagate-context=true");

	@BeforeEach
	void register() {
		ContextRegistry.getInstance()
			.registerThreadLocalAccessor(new Slf4jThreadLocalAccessor())
			.registerThreadLocalAccessor(this.counting);
	}

	@AfterEach
	void clear() {
		MDC.clear();
		SecurityContextHolder.clearContext();
		ContextRegistry.getInstance().removeThreadLocalAccessor(Slf4jThreadLocalAccessor.KEY);
		ContextRegistry.getInstance().removeThreadLocalAccessor(CountingAccessor.KEY);
	}

	@Test
	void theMdcAndTheUserOfTheRequestAreThereAndGoneAfterwards() {
		this.propagating.run((context) -> {
			WorkItem item = context.getBean("item", WorkItem.class);
			enter("r1", "alice");
			item.schedule();
			item.flush();
			leave();
			item.schedule();
			item.flush();
			context.getBean(Calls.class).awaitExactly("item r1 alice", "item null null");
		});
	}

	@Test
	void aRequestThatIsMergedDoesNotChangeTheContextOfTheFirst() {
		this.propagating.run((context) -> {
			WorkItem cold = context.getBean("cold", WorkItem.class);
			context.getBean(Workqueues.class).freeze();
			enter("r1", "alice");
			assertThat(cold.schedule()).isTrue();
			enter("r2", "bob");
			assertThat(cold.schedule()).isFalse();
			context.getBean(Workqueues.class).thaw();
			context.getBean(Calls.class).awaitExactly("cold r1 alice");
		});
	}

	@Test
	void aTimerKeepsTheContextInWhichItWasArmed() {
		this.propagating.run((context) -> {
			DelayedWorkItem late = context.getBean("late", DelayedWorkItem.class);
			enter("r1", "alice");
			late.schedule();
			leave();
			late.flush();
			context.getBean(Calls.class).awaitExactly("late r1 alice");
		});
	}

	@Test
	void keyedWorkHasTheContextOfEachKey() {
		this.propagating.withPropertyValues("workqueue.queues.journal.type=ordered", "keyed.queue=journal")
			.run((context) -> {
				enter("r1", "alice");
				WorkqueueRunner.<String>keyed(context, "keyed").schedule("a");
				enter("r2", "bob");
				WorkqueueRunner.<String>keyed(context, "keyed").schedule("b");
				context.getBean(Calls.class).awaitExactly("a r1 alice", "b r2 bob");
			});
	}

	@Test
	void nothingIsCapturedUnlessSomebodyAsks() {
		this.plain.run((context) -> {
			enter("r1", "alice");
			WorkItem item = context.getBean("item", WorkItem.class);
			item.schedule();
			item.flush();
			context.getBean(Calls.class).awaitExactly("item null null");
			assertThat(this.counting.reads).hasValue(0);
		});
		this.propagating.run((context) -> {
			context.getBean("item", WorkItem.class).schedule();
			context.getBean("item", WorkItem.class).flush();
			assertThat(this.counting.reads).hasPositiveValue();
		});
	}

	private static void enter(String request, String user) {
		MDC.put("request", request);
		SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext());
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "none"));
	}

	private static void leave() {
		MDC.clear();
		SecurityContextHolder.clearContext();
	}

	static class CountingAccessor implements ThreadLocalAccessor<String> {

		static final String KEY = "workqueue.counting";

		final AtomicInteger reads = new AtomicInteger();

		@Override
		public Object key() {
			return KEY;
		}

		@Override
		public String getValue() {
			this.reads.incrementAndGet();
			return "value";
		}

		@Override
		public void setValue(String value) {
		}

		@Override
		public void setValue() {
		}

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "item")
		void item() {
			note("item");
		}

		@Work(name = "cold", queue = "system_freezable_wq")
		void cold() {
			note("cold");
		}

		@DelayedWork(name = "late", delay = "1h")
		void late() {
			note("late");
		}

		@Work(name = "keyed", queue = "${keyed.queue:system_wq}")
		void keyed(String key) {
			note(key);
		}

		private void note(String what) {
			Authentication user = SecurityContextHolder.getContext().getAuthentication();
			this.calls.add(what + " " + MDC.get("request") + " " + ((user != null) ? user.getName() : null));
		}

	}

}
