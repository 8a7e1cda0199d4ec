package io.github.workqueue.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Producers that know nothing of a back-off do not break it.
 */
@SpringBootTest(classes = BackoffTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureWorkqueues(mode = Mode.STEPPED)
class BackoffTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private Handlers handlers;

	@Autowired
	private WorkItem failing;

	@Autowired
	private KeyedWork<String> perKey;

	@BeforeEach
	void clear() {
		this.handlers.calls.clear();
	}

	@Test
	void aThousandRequestsASecondDuringAnHourCauseNoRun() {
		this.failing.schedule();
		assertThat(this.tester.runPending()).isEqualTo(1);
		for (int second = 1; second < 3600; second++) {
			requestAThousandTimes();
			this.tester.advance(SECOND);
		}
		assertThat(this.tester.runPending()).isZero();
		assertThat(this.handlers.calls).containsExactly("failing");
		this.tester.advance(SECOND);
		assertThat(this.tester.runPending()).isEqualTo(1);
		assertThat(this.handlers.calls).containsExactly("failing", "failing", "handled failing 2", "event failing 2");
		this.tester.advance(Duration.ofDays(1));
		assertThat(this.tester.runPending()).isZero();
	}

	private void requestAThousandTimes() {
		for (int i = 0; i < 1000; i++) {
			assertFalse(this.failing.schedule());
		}
	}

	private static void assertFalse(boolean value) {
		if (value) {
			throw new AssertionError("a request during the back-off was accepted");
		}
	}

	@Test
	void theBackoffOfOneKeyHoldsUpNoOther() {
		this.perKey.schedule("bad");
		this.tester.runPending();
		assertThat(this.perKey.schedule("bad")).isFalse();
		assertThat(this.perKey.schedule("good")).isTrue();
		this.tester.runPending();
		assertThat(this.handlers.calls).containsExactly("bad", "good");
		assertThat(this.perKey.cancel("bad")).isTrue();
		this.tester.advance(Duration.ofDays(1));
		assertThat(this.tester.runPending()).isZero();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers implements WorkFailureHandler {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@Work(name = "failing", maxAttempts = "2", backoff = "1h")
		void failing() {
			this.calls.add("failing");
			throw new IllegalStateException("not yet");
		}

		@Work(name = "perKey", maxAttempts = "2", backoff = "1h")
		void perKey(String key) {
			this.calls.add(key);
			if (key.equals("bad")) {
				throw new IllegalStateException("not yet");
			}
		}

		@Override
		public void onFailure(WorkFailure failure) {
			this.calls.add("handled " + failure.work() + " " + failure.attempts());
		}

		@EventListener
		void on(WorkFailure failure) {
			this.calls.add("event " + failure.work() + " " + failure.attempts());
		}

	}

}
