package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints, health and the metrics page of a running application, over HTTP.
 */
class EndpointTests {

	private static final String QUEUE = "$.workqueues[?(@.name == 'media')]";

	private ServletWebServerApplicationContext context;

	private RestClient http;

	@AfterEach
	void close() {
		this.context.getBean(Handlers.class).open.release(1_000);
		this.context.close();
	}

	@Test
	void listsTheQueuesWithTheirNumbers() throws Exception {
		start();
		occupy();
		String json = get("/actuator/workqueues");
		assertThat(JsonPath.<Integer>read(json, "$.cpus")).isEqualTo(2);
		assertThat(JsonPath.<Boolean>read(json, "$.frozen")).isFalse();
		assertThat(first(json, QUEUE)).containsEntry("flags", List.of("UNBOUND", "SYSFS"))
			.containsEntry("aliases", List.of())
			.containsEntry("ordered", false)
			.containsEntry("state", "ACTIVE")
			.containsEntry("maxActive", 1)
			.containsEntry("minActive", 1)
			.containsEntry("pending", 2)
			.containsEntry("inactive", 2)
			.containsEntry("running", 1)
			.containsEntry("delayed", 1);
		assertThat(first(json, QUEUE + ".stats")).containsEntry("adds", 3)
			.containsEntry("coalesced", 1)
			.containsEntry("started", 1)
			.containsEntry("completed", 0)
			.containsEntry("failed", 0)
			.containsEntry("retries", 0)
			.containsEntry("cpuIntensive", 0)
			.containsEntry("mayday", 0)
			.containsEntry("rescued", 0)
			.containsKeys("cpuTime", "cmWakeup", "repatriated");
		assertThat(first(json, "$.workqueues[?(@.name == 'system_wq')]")).containsEntry("aliases",
				List.of("system_percpu_wq"));
	}

	@Test
	void showsTheWorksOfAQueueButNotTheirKeys() throws Exception {
		start();
		occupy();
		String json = get("/actuator/workqueues/media");
		assertThat(JsonPath.<List<String>>read(json, "$.works[*].state")).containsExactlyInAnyOrder("RUNNING",
				"PENDING", "PENDING", "DELAYED");
		Map<String, Object> running = first(json, "$.works[?(@.state == 'RUNNING')]");
		assertThat(running).containsEntry("work", "gated")
			.containsEntry("blocked", true)
			.containsKeys("for", "worker", "stack");
		assertThat(running.get("worker").toString()).matches("kworker/u\\d+:\\d+");
		assertThat(running.get("for").toString()).startsWith("PT");
		assertThat(running.get("stack").toString()).contains("Handlers.gated");
		assertThat(first(json, "$.works[?(@.state == 'DELAYED')]")).containsEntry("work", "later")
			.containsKey("dueIn")
			.doesNotContainKeys("for", "worker", "stack", "blocked");
		assertThat(json).doesNotContain("secret").doesNotContain("null");
	}

	@Test
	void showsKeysToEverybodyIfToldSo() throws Exception {
		start("management.endpoint.workqueues.show-values=always");
		occupy();
		assertThat(JsonPath.<List<String>>read(get("/actuator/workqueues/media"), "$.works[*].key"))
			.containsExactlyInAnyOrder("secret1", "secret2", "secret3");
	}

	@Test
	void showsKeysToNobodyWhoIsNotAuthorized() throws Exception {
		start("management.endpoint.workqueues.show-values=when-authorized");
		occupy();
		assertThat(get("/actuator/workqueues/media")).doesNotContain("secret");
	}

	@Test
	void knowsAliasesAndAnswers404ForUnknownNames() {
		start();
		assertThat(JsonPath.<String>read(get("/actuator/workqueues/system_percpu_wq"), "$.name"))
			.isEqualTo("system_wq");
		assertThat(status("/actuator/workqueues/nosuch")).isEqualTo(404);
	}

	@Test
	void showsAtMostAHundredWorksOldestFirst() throws Exception {
		start("management.endpoint.workqueues.show-values=always");
		KeyedWork<String> gated = gated();
		for (int i = 0; i < 150; i++) {
			gated.schedule("key" + i);
		}
		handlers().started.await(10, TimeUnit.SECONDS);
		List<String> keys = JsonPath.read(get("/actuator/workqueues/media"), "$.works[*].key");
		assertThat(keys).hasSize(100).startsWith("key0", "key1", "key2").endsWith("key99");
	}

	@Test
	void isReadOnlyByDefault() {
		start();
		assertThat(post("/actuator/workqueues", "{\"frozen\":true}").getStatusCode().value()).isEqualTo(405);
		assertThat(workqueues().isFrozen()).isFalse();
	}

	@Test
	void changesLimitsAndFreezesIfAllowed() {
		start("management.endpoint.workqueues.access=unrestricted");
		assertThat(change("media", "{\"maxActive\":8,\"minActive\":3}")).isEqualTo(204);
		Workqueue media = workqueues().get("media");
		assertThat(media.maxActive()).isEqualTo(8);
		assertThat(media.minActive()).isEqualTo(3);
		assertThat(change("media", "{\"minActive\":2}")).isEqualTo(204);
		assertThat(media.minActive()).isEqualTo(2);
		assertThat(change("media", "{\"cancel\":\"nosuch\"}")).isEqualTo(404);
		assertThat(change("media", "{\"cancel\":\"one\",\"flush\":\"other\"}")).isEqualTo(400);
		assertThat(change("media", "{\"cancel\":\"one\",\"maxActive\":3}")).isEqualTo(400);
		assertThat(change("media", "{\"cancel\":\"gated\",\"key\":\"guessed\"}")).isEqualTo(403);
		assertThat(post("/actuator/workqueues", "{\"frozen\":true}").getStatusCode().value()).isEqualTo(204);
		assertThat(JsonPath.<Boolean>read(get("/actuator/workqueues"), "$.frozen")).isTrue();
		assertThat(post("/actuator/workqueues", "{\"frozen\":false}").getStatusCode().value()).isEqualTo(204);
		assertThat(workqueues().isFrozen()).isFalse();
	}

	@Test
	void cancelsAndFlushesWorksByName() throws Exception {
		start("management.endpoint.workqueues.access=unrestricted",
				"management.endpoint.workqueues.show-values=always");
		occupy();
		gated().schedule("secret4");
		ResponseEntity<String> one = post("/actuator/workqueues/media", "{\"cancel\":\"gated\",\"key\":\"secret2\"}");
		assertThat(one.getStatusCode().value()).isEqualTo(200);
		assertThat(one.getBody()).isEqualTo("{\"works\":1}");
		assertThat(gated().isPending("secret2")).isFalse();
		assertThat(post("/actuator/workqueues/media", "{\"cancel\":\"gated\"}").getBody()).isEqualTo("{\"works\":2}");
		assertThat(gated().isPending("secret3")).isFalse();
		assertThat(gated().isRunning("secret1")).isTrue();
		assertThat(change("media", "{\"cancel\":\"gated\"}")).isEqualTo(404);
		DelayedWorkItem later = this.context.getBean("later", DelayedWorkItem.class);
		assertThat(post("/actuator/workqueues/media", "{\"flush\":\"later\"}").getBody()).isEqualTo("{\"works\":1}");
		assertThat(later.isPending()).as("queued, not run").isTrue();
		assertThat(
				JsonPath.<List<String>>read(get("/actuator/workqueues/media"), "$.works[?(@.work == 'later')].state"))
			.containsExactly("PENDING");
		handlers().open.release();
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !later.isPending());
		KeyedWork<String> batch = WorkqueueRunner.keyed(this.context, "batch");
		batch.schedule("one");
		batch.schedule("two");
		assertThat(post("/actuator/workqueues/media", "{\"flush\":\"batch\"}").getBody()).isEqualTo("{\"works\":1}");
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> batch.size() == 0);
	}

	@Test
	void cancelsAndFlushesItemsThatAreNoBeans() throws Exception {
		start("management.endpoint.workqueues.access=unrestricted",
				"management.endpoint.workqueues.show-values=always");
		occupy();
		Workqueue media = workqueues().get("media");
		DelayedWorkItem item = workqueues().initDelayedWork("item", media, (work) -> {
		});
		KeyedWork<String> keyed = workqueues().initKeyedWork("keyed", media, (key) -> {
		});
		item.schedule(Duration.ofHours(1));
		keyed.schedule("a");
		keyed.schedule("b");
		assertThat(post("/actuator/workqueues/media", "{\"cancel\":\"item\"}").getBody()).isEqualTo("{\"works\":1}");
		assertThat(item.isPending()).isFalse();
		assertThat(post("/actuator/workqueues/media", "{\"cancel\":\"keyed\",\"key\":\"a\"}").getBody())
			.isEqualTo("{\"works\":1}");
		assertThat(keyed.isPending("a")).isFalse();
		assertThat(keyed.isPending("b")).isTrue();
		item.schedule(Duration.ofHours(1));
		assertThat(post("/actuator/workqueues/media", "{\"flush\":\"item\"}").getBody()).isEqualTo("{\"works\":1}");
		handlers().open.release(3);
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> !item.isPending() && keyed.size() == 0);
	}

	@Test
	void flushesTasksOfAnExecutorButDoesNotCancelThem() throws Exception {
		start("management.endpoint.workqueues.access=unrestricted");
		occupy();
		FutureTask<String> task = new FutureTask<>(() -> "done");
		workqueues().get("media").asExecutor().execute(task);
		ResponseEntity<String> refused = post("/actuator/workqueues/media", "{\"cancel\":\"media.executor\"}");
		assertThat(refused.getStatusCode().value()).isEqualTo(400);
		assertThat(refused.getBody()).contains("media.executor").contains("flush");
		assertThat(post("/actuator/workqueues/media", "{\"flush\":\"media.executor\"}").getBody())
			.isEqualTo("{\"works\":1}");
		handlers().open.release(3);
		assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo("done");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			media     | {"maxActive":0}                 | 400 | 0
			media     | {"maxActive":2049}              | 400 | 2049
			media     | {"maxActive":2,"minActive":3}   | 400 | 3
			media     | {"maxActive":"many"}            | 400 | many
			media     | {"maxActive":1.5}               | 400 | 1.5
			media     | {}                              | 400 | maxActive
			system_wq | {"maxActive":8}                 | 403 | system_wq
			nosuch    | {"maxActive":8}                 | 404 | nosuch
			""")
	void refusesBadValuesWithAMessageAndChangesNothing(String queue, String body, int status, String culprit) {
		start("management.endpoint.workqueues.access=unrestricted");
		ResponseEntity<String> response = post("/actuator/workqueues/" + queue, body);
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		assertThat(JsonPath.<String>read(response.getBody(), "$.message")).contains(culprit);
		assertThat(workqueues().get("media").maxActive()).isEqualTo(1);
		assertThat(workqueues().get("media").minActive()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"frozen":"perhaps"} | perhaps
			{"frozen":1}         | 1
			{}                   | frozen
			""")
	void refusesWhatIsNeitherFrozenNorThawed(String body, String culprit) {
		start("management.endpoint.workqueues.access=unrestricted");
		ResponseEntity<String> response = post("/actuator/workqueues", body);
		assertThat(response.getStatusCode().value()).isEqualTo(400);
		assertThat(response.getBody()).contains(culprit);
		assertThat(workqueues().isFrozen()).isFalse();
	}

	@Test
	void showsThePoolsAndTheirWorkers() throws Exception {
		start();
		occupy();
		String json = get("/actuator/workerpools");
		Map<String, Object> pool = first(json, "$.pools[?(@.unbound == true && @.nice == 0 && @.workers > 0)]");
		assertThat(pool).containsEntry("running", 1).containsEntry("pending", 0).doesNotContainKey("cpu");
		Map<String, Object> busy = first(json, "$.pools[*].busy[?(@.work == 'gated')]");
		assertThat(busy).containsEntry("workqueue", "media")
			.containsEntry("description", "looking at it")
			.containsEntry("state", "BLOCKED")
			.containsKeys("worker", "for", "stack");
		assertThat(first(json, "$.pools[?(@.cpu == 1 && @.nice == 0)]")).containsEntry("unbound", false)
			.containsKeys("id", "workers", "idle", "running", "pending");
		assertThat(first(json, "$.rescuers[0]")).containsEntry("workqueue", "reclaim")
			.containsEntry("worker", "kworker/R-reclaim")
			.containsEntry("active", false);
		ResponseEntity<String> dump = this.http.get()
			.uri("/actuator/workerpools/dump")
			.retrieve()
			.toEntity(String.class);
		assertThat(dump.getHeaders().getContentType()).hasToString("text/plain;charset=UTF-8");
		assertThat(dump.getBody()).startsWith("Showing busy workqueues and worker pools:\nworkqueue media: ")
			.contains("pending: 2*gated for ", "delayed: later due in ", "Handlers.gated")
			.doesNotContain("secret");
		assertThat(status("/actuator/workerpools/other")).isEqualTo(404);
	}

	@Test
	void healthIsDownWhileAPoolIsStalled() throws Exception {
		start("workqueue.watchdog.threshold=300ms", "management.endpoint.health.show-details=always");
		assertThat(JsonPath.<String>read(get("/actuator/health"), "$.components.workqueue.status")).isEqualTo("UP");
		Workqueue bh = workqueues().get("system_bh_wq");
		bh.queueOn(0, workqueues().initWork("stuck", bh, (work) -> handlers().open.acquire()));
		bh.queueOn(0, workqueues().initWork("behind", bh, (work) -> {
		}));
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> status("/actuator/health") == 503);
		Map<String, Object> stall = first(body("/actuator/health"), "$.components.workqueue.details.stalls[0]");
		assertThat(stall).containsEntry("workqueue", "system_bh_wq")
			.containsEntry("work", "stuck")
			.containsEntry("worker", "kworker/0:bh")
			.containsEntry("waiting", "behind")
			.containsKeys("pool", "reason", "lasted");
		handlers().open.release();
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> status("/actuator/health") == 200);
	}

	@Test
	void metersCarryTheirNamesToPrometheus() throws Exception {
		start();
		occupy();
		assertThat(get("/actuator/prometheus")).contains("workqueue_depth{name=\"media\"} 2.0",
				"workqueue_adds_total{name=\"media\"} 3.0", "workqueue_coalesced_total{name=\"media\"} 1.0",
				"workqueue_running{name=\"media\"} 1.0", "workqueue_inactive{name=\"media\"} 2.0",
				"workqueue_delayed{name=\"media\"} 1.0", "workqueue_max_active{name=\"media\"} 1.0",
				"workqueue_retries_total{name=\"media\"} 0.0",
				"workqueue_queue_duration_seconds_count{name=\"media\"} 1",
				"workqueue_work_duration_seconds_count{name=\"media\"} 0",
				"workqueue_started_total{name=\"media\"} 1.0", "workqueue_completed_total{name=\"media\"} 0.0",
				"workqueue_failed_total{name=\"media\"} 0.0", "workqueue_unfinished_work_seconds{name=\"media\"}",
				"workqueue_longest_running_processor_seconds{name=\"media\"}",
				"workqueue_cpu_time_seconds_total{name=\"media\"}", "workqueue_cpu_intensive_total{name=\"media\"}",
				"workqueue_cm_wakeup_total{name=\"media\"}", "workqueue_mayday_total{name=\"media\"}",
				"workqueue_rescued_total{name=\"media\"}", "workqueue_pool_pending{pool=\"0\"} 0.0",
				"workqueue_pool_workers{pool=\"0\",state=\"cpu_intensive\"} 0.0");
	}

	@Test
	void queuesThatComeLaterGetMetersAndDestroyedOnesLoseThem() throws Exception {
		start();
		Workqueue late = workqueues().alloc("late", 1);
		assertThat(get("/actuator/prometheus")).contains("workqueue_depth{name=\"late\"} 0.0",
				"workqueue_max_active{name=\"late\"} 1.0");
		late.destroy();
		assertThat(get("/actuator/prometheus")).doesNotContain("name=\"late\"");
	}

	@Test
	void worksUnderAnotherBasePath() {
		start("management.endpoints.web.base-path=/manage");
		assertThat(JsonPath.<Integer>read(get("/manage/workqueues"), "$.cpus")).isEqualTo(2);
	}

	@Test
	void worksOnAPortOfItsOwn() {
		start("management.server.port=0");
		String port = this.context.getEnvironment().getRequiredProperty("local.management.port");
		assertThat(status("/actuator/workqueues")).isEqualTo(404);
		this.http = client(port);
		assertThat(JsonPath.<Integer>read(get("/actuator/workqueues"), "$.cpus")).isEqualTo(2);
		assertThat(JsonPath.<List<?>>read(get("/actuator/workerpools"), "$.pools")).isNotEmpty();
	}

	private void start(String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		String[] arguments = Stream
			.concat(Stream.of("server.port=0", "workqueue.cpus=2", "workqueue.shutdown.drain-timeout=5s",
					"management.endpoints.web.exposure.include=*", "workqueue.queues.media.type=unbound",
					"workqueue.queues.media.max-active=1", "workqueue.queues.media.sysfs=true",
					"workqueue.queues.reclaim.mem-reclaim=true", "management.prometheus.metrics.export.enabled=true"),
					Arrays.stream(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		this.context = (ServletWebServerApplicationContext) application.run(arguments);
		this.http = client(String.valueOf(this.context.getWebServer().getPort()));
	}

	private static RestClient client(String port) {
		return RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	/**
	 * Of the queue, one work sleeps, two wait, one is asked for again, a timer is armed.
	 */
	private void occupy() throws InterruptedException {
		gated().schedule("secret1");
		assertThat(handlers().started.await(10, TimeUnit.SECONDS)).isTrue();
		Awaitility.await("it sleeps").atMost(20, TimeUnit.SECONDS).until(() -> handlers().sleeps());
		gated().schedule("secret2");
		gated().schedule("secret3");
		gated().schedule("secret3");
		this.context.getBean("later", DelayedWorkItem.class).schedule();
	}

	private KeyedWork<String> gated() {
		return WorkqueueRunner.keyed(this.context, "gated");
	}

	private Handlers handlers() {
		return this.context.getBean(Handlers.class);
	}

	private Workqueues workqueues() {
		return this.context.getBean(Workqueues.class);
	}

	private String get(String path) {
		ResponseEntity<String> response = this.http.get().uri(path).retrieve().toEntity(String.class);
		assertThat(response.getStatusCode().value()).as(path).isEqualTo(200);
		return String.valueOf(response.getBody());
	}

	private String body(String path) {
		return String.valueOf(this.http.get().uri(path).retrieve().toEntity(String.class).getBody());
	}

	private int status(String path) {
		return this.http.get().uri(path).retrieve().toEntity(String.class).getStatusCode().value();
	}

	private int change(String queue, String body) {
		return post("/actuator/workqueues/" + queue, body).getStatusCode().value();
	}

	private ResponseEntity<String> post(String path, String body) {
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toEntity(String.class);
	}

	private static Map<String, Object> first(String json, String path) {
		Object found = JsonPath.read(json, path);
		@SuppressWarnings("unchecked")
		Map<String, Object> result = (Map<String, Object>) ((found instanceof List<?> list) ? list.get(0) : found);
		return result;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handlers handlers(Workqueues workqueues) {
			return new Handlers(workqueues);
		}

	}

	static class Handlers {

		final CountDownLatch started = new CountDownLatch(1);

		final Semaphore open = new Semaphore(0);

		private final Workqueues workqueues;

		private volatile @Nullable Thread worker;

		Handlers(Workqueues workqueues) {
			this.workqueues = workqueues;
		}

		@Work(name = "gated", queue = "media")
		void gated(String key) throws InterruptedException {
			this.workqueues.describe("looking at it");
			this.worker = Thread.currentThread();
			this.started.countDown();
			this.open.acquire();
		}

		private boolean sleeps() {
			Thread worker = this.worker;
			return worker != null && worker.getState() == Thread.State.WAITING;
		}

		@DelayedWork(name = "batch", queue = "media", delay = "1h", batchSize = 10)
		void batch(List<String> keys) {
			this.open.release();
		}

		@DelayedWork(name = "later", queue = "media", delay = "1h")
		void later() {
			this.open.release();
		}

	}

}
