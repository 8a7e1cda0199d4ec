package io.github.workqueue.foreign;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.test.AutoConfigureWorkqueues;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import io.github.workqueue.test.WorkqueueTester;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code rate_limiting_queue_test.go} and {@code default_rate_limiters_test.go} of
 * client-go. {@code AddRateLimited} is what the back-off of a failed handler does,
 * {@code Forget} is its success.
 * <p>
 * No counterpart, because no back-off works that way: {@code TestItemFastSlowRateLimiter}
 * (two fixed delays), {@code TestDefaultControllerRateLimiter} and
 * {@code TestMaxOfRateLimiter} (a token bucket for the whole queue, and the longer of two
 * delays), {@code TestNewNamedRateLimitingWithCustomQueue} (a queue of the caller's).
 */
@SpringBootTest(classes = ClientGoRateLimitingTests.Application.class, webEnvironment = WebEnvironment.NONE)
@AutoConfigureWorkqueues(mode = Mode.STEPPED)
class ClientGoRateLimitingTests {

	private static final Duration TICK = Duration.ofMillis(1);

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private Handlers handlers;

	@Autowired
	private KeyedWork<String> limited;

	@Autowired
	private KeyedWork<String> slow;

	@AfterEach
	void succeed() {
		this.handlers.failing.clear();
		this.limited.cancel("one");
		this.limited.cancel("two");
		this.slow.cancel("one");
		this.handlers.runs.clear();
	}

	@Test
	void rateLimitingQueue() {
		fail("one");
		assertThat(delays(this.limited, "one", 2)).containsExactly(1L, 2L);
		fail("two");
		assertThat(delays(this.limited, "two", 2)).as("each key has its own").containsExactly(1L, 2L);
		this.handlers.failing.clear();
		this.tester.advance(Duration.ofSeconds(1));
		this.tester.runPending();
		assertThat(this.limited.size()).as("a success is the end").isZero();
		fail("one");
		assertThat(delays(this.limited, "one", 1)).as("and forgets the failures").containsExactly(1L);
	}

	@Test
	void itemExponentialFailureRateLimiter() {
		fail("one");
		assertThat(delays(this.limited, "one", 5)).containsExactly(1L, 2L, 4L, 8L, 16L);
	}

	/** Also {@code TestWithMaxWaitRateLimiter}. */
	@Test
	void itemExponentialFailureRateLimiterOverFlow() {
		fail("one");
		for (int i = 0; i < 1100; i++) {
			this.tester.advance(Duration.ofSeconds(1));
			assertThat(this.tester.runPending()).as("attempt %d", i).isEqualTo(1);
		}
		assertThat(delays(this.limited, "one", 2)).containsExactly(1000L, 1000L);
	}

	@Test
	void withMaxWaitRateLimiter() {
		this.handlers.failing.add("one");
		this.slow.schedule("one");
		this.tester.runPending();
		assertThat(delays(this.slow, "one", 4)).containsExactly(1L, 2L, 3L, 3L);
	}

	private void fail(String key) {
		this.handlers.failing.add(key);
		this.limited.schedule(key);
		this.tester.runPending();
	}

	/** How many milliseconds each of the next runs of a key is away from the last. */
	private List<Long> delays(KeyedWork<String> work, String key, int count) {
		assertThat(work.isPending(key)).isTrue();
		List<Long> delays = new CopyOnWriteArrayList<>();
		for (long millis = 1; delays.size() < count; millis++) {
			this.handlers.runs.clear();
			this.tester.advance(TICK);
			this.tester.runPending();
			if (this.handlers.runs.contains(key)) {
				delays.add(millis);
				millis = 0;
			}
		}
		return delays;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		final List<String> runs = new CopyOnWriteArrayList<>();

		final List<String> failing = new CopyOnWriteArrayList<>();

		@Work(name = "limited", maxAttempts = "1000000", backoff = "1ms..1s")
		void limited(String key) {
			attempt(key);
		}

		@Work(name = "slow", maxAttempts = "1000000", backoff = "1ms..3ms")
		void slow(String key) {
			attempt(key);
		}

		private void attempt(String key) {
			this.runs.add(key);
			if (this.failing.contains(key)) {
				throw new IllegalStateException("expected by the test");
			}
		}

	}

}
