package io.github.workqueue.actuate.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.LogCapture;
import io.github.workqueue.engine.WorkqueueEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the three cases of {@code .github/what-is-stuck.md} and compares the page's blocks
 * with what the endpoints and the log say of them.
 */
class WhatIsStuckTests {

	private static final Pattern BLOCK = Pattern.compile("```(json)?\n(.*?)```", Pattern.DOTALL);

	/** What differs from run to run: times, and which worker and pool it was. */
	private static final Pattern VARIABLE = Pattern
		.compile("\\d+(\\.\\d+)?s\\b|(?<=kworker/u?\\d:)\\d+|(?<=kworker/u)\\d+|" + "(?<=pool )\\d+");

	private final CountDownLatch end = new CountDownLatch(1);

	private final LogCapture log = new LogCapture();

	private WorkqueueEngine engine;

	@BeforeEach
	void start() {
		this.engine = WorkqueueEngine.start(EngineSettings.builder()
			.cpus(1)
			.watchdogThreshold(Duration.ofMillis(500))
			.cpuIntensiveWarningThreshold(1)
			.build());
	}

	@AfterEach
	void close() {
		this.end.countDown();
		this.engine.close();
		this.log.close();
	}

	@Test
	void aWorkWaitsForALock() throws Exception {
		Ledger ledger = new Ledger();
		ledger.lock.lock();
		try {
			Workqueue bh = this.engine.get("system_bh_wq");
			bh.queueOn(0, this.engine.initWork("ledger.close", bh, (work) -> ledger.close()));
			bh.queueOn(0, this.engine.initWork("tally", bh, (work) -> {
			}));
			await(() -> !this.log.containing("BUG: workqueue lockup").isEmpty()
					&& !this.log.containing("sleeps on a BH queue").isEmpty());
			List<String> blocks = blocks("## A work waits for a lock");
			assertContains(busy("ledger.close"), blocks.get(0));
			assertThat(logged()).containsAll(lines(blocks.get(1)));
			assertThat(this.engine.inspectStalls()).singleElement().matches((stall) -> "tally".equals(stall.waiting()));
		}
		finally {
			ledger.lock.unlock();
		}
	}

	@Test
	void aWorkComputesAndComputes() throws Exception {
		Index index = new Index();
		Workqueue queue = this.engine.get("system_wq");
		queue.queueOn(0, this.engine.initWork("index.rebuild", queue, (work) -> index.rebuild()));
		await(() -> index.begun);
		queue.queueOn(0, this.engine.initWork("next", queue, (work) -> index.done = true));
		await(() -> index.done && !this.log.containing("hogged CPU").isEmpty());
		List<String> blocks = blocks("## A work computes and computes");
		assertContains(busy("index.rebuild"), blocks.get(0));
		assertContains(queue("system_wq"), blocks.get(1));
		assertThat(logged()).containsAll(lines(blocks.get(2)));
	}

	@Test
	void maxActiveIsReached() throws Exception {
		Server server = new Server();
		Workqueue media = this.engine.alloc("media", 2, WorkqueueFlag.UNBOUND);
		KeyedWork<Integer> upload = this.engine.initKeyedWork("upload", media, (file) -> server.answer());
		for (int file = 0; file < 7; file++) {
			upload.schedule(file);
		}
		await(() -> busyAndBlocked() == 2);
		List<Map<String, Object>> running = JsonPath.read(queue("media"), "$.works[?(@.state == 'RUNNING')]");
		List<String> blocks = blocks("## max-active is reached");
		assertContains(queue("media"), blocks.get(0));
		assertContains(running.get(0), blocks.get(1));
		assertThat(plain(this.engine.dump())).containsAll(lines(blocks.get(2)));
		assertThat(this.engine.inspectStalls()).isEmpty();
	}

	private long busyAndBlocked() {
		return JsonPath.<List<?>>read(pools(), "$.pools[*].busy[?(@.state == 'BLOCKED')]").size();
	}

	private Map<String, Object> busy(String work) {
		List<Map<String, Object>> found = JsonPath.read(pools(), "$.pools[*].busy[?(@.work == '" + work + "')]");
		return found.get(0);
	}

	private Map<String, Object> pools() {
		return new WorkerpoolsEndpoint(this.engine).workerpools();
	}

	private Map<String, Object> queue(String name) {
		KnownWorks works = new KnownWorks(Stream::empty);
		return new WorkqueuesEndpoint(this.engine, this.engine, works, Show.NEVER, List.of()).describe(name, false);
	}

	private List<String> logged() {
		return this.log.containing("").stream().flatMap((message) -> plain(message).stream()).toList();
	}

	/**
	 * Every field of the page's JSON is in the answer; of a stack, frames in this order.
	 */
	@SuppressWarnings("unchecked")
	private static void assertContains(Map<String, Object> actual, String json) {
		Map<String, Object> expected = JsonPath.read(json, "$");
		expected.forEach((field, value) -> {
			Object found = actual.get(field);
			if (field.equals("stack")) {
				assertThat(String.join("\n", (List<String>) found))
					.containsSubsequence(((List<String>) value).toArray(String[]::new));
			}
			else if (value instanceof Map<?, ?> object) {
				((Map<String, Object>) found).keySet().retainAll(object.keySet());
				assertThat(String.valueOf(found)).isEqualTo(String.valueOf(object));
			}
			else if (field.equals("for")) {
				assertThat(Duration.parse((String) found)).isPositive();
			}
			else {
				assertThat(variable(String.valueOf(found))).as(field).isEqualTo(variable(String.valueOf(value)));
			}
		});
	}

	private static List<String> blocks(String title) throws IOException {
		String page = Files.readString(Path.of("..", ".github", "what-is-stuck.md"));
		String section = page.substring(page.indexOf(title) + title.length());
		int next = section.indexOf("\n## ");
		Matcher block = BLOCK.matcher((next > 0) ? section.substring(0, next) : section);
		return block.results().map((result) -> result.group(2)).toList();
	}

	private static List<String> lines(String block) {
		return plain(block.strip());
	}

	private static List<String> plain(String text) {
		return Arrays.stream(text.split("\\R")).map(WhatIsStuckTests::variable).toList();
	}

	private static String variable(String text) {
		return VARIABLE.matcher(text).replaceAll("…");
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition);
	}

	private static final class Ledger {

		private final ReentrantLock lock = new ReentrantLock();

		private void close() {
			this.lock.lock();
			this.lock.unlock();
		}

	}

	private final class Index {

		private volatile boolean begun;

		private volatile boolean done;

		private void rebuild() {
			this.begun = true;
			while (WhatIsStuckTests.this.end.getCount() > 0) {
				Thread.onSpinWait();
			}
		}

	}

	private final class Server {

		private void answer() throws InterruptedException {
			WhatIsStuckTests.this.end.await();
		}

	}

}
