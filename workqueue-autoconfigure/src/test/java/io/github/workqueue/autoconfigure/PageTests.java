package io.github.workqueue.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.WorkqueueUiEndpoint;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page and what it reads beside the other endpoints, over HTTP. What the page makes
 * of it is for the tests with a browser.
 */
class PageTests {

	private static final Pattern POLICY = Pattern
		.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"");

	private static final Pattern FOREIGN = Pattern.compile("(src|href|url\\()\\s*=?\\s*[\"']?\\s*(https?:)?//");

	private ConfigurableApplicationContext context;

	private RestClient http;

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void isOneDocumentWithAPolicyThatAllowsNothingElse() throws Exception {
		start(WebApplicationType.SERVLET);
		ResponseEntity<String> page = page("/actuator/workqueueui");
		assertThat(page.getHeaders().getContentType()).hasToString("text/html;charset=UTF-8");
		String html = String.valueOf(page.getBody());
		assertThat(FOREIGN.matcher(html).find()).isFalse();
		Matcher policy = POLICY.matcher(html);
		assertThat(policy.find()).isTrue();
		assertThat(policy.group(1)).startsWith("default-src 'none';")
			.contains("script-src " + hash(between(html, "<script>", "</script>")) + ";",
					"style-src " + hash(between(html, "<style>", "</style>")) + ";")
			.isEqualTo(this.context.getBean(WorkqueueUiEndpoint.class).contentSecurityPolicy());
		assertThat(html).contains("data-workqueues=\"workqueues\"", "data-workerpools=\"workerpools\"")
			.doesNotContain("data-writable");
	}

	@Test
	void knowsWhereTheOthersAreAndWhatIsStuck() {
		start(WebApplicationType.SERVLET, "management.server.port=0", "management.endpoints.web.base-path=/manage",
				"management.endpoints.web.path-mapping.workqueues=queues/all",
				"management.endpoints.web.path-mapping.workqueueui=ui",
				"management.endpoints.web.exposure.exclude=workerpools",
				"management.endpoint.workqueues.access=unrestricted", "workqueue.watchdog.threshold=300ms");
		this.http = client(this.context.getEnvironment().getRequiredProperty("local.management.port"));
		assertThat(page("/manage/ui").getBody())
			.contains("data-workqueues=\"queues/all\"", "data-workqueueui=\"ui\"", "data-writable=\"true\"")
			.doesNotContain("data-workerpools");
		Workqueues workqueues = this.context.getBean(Workqueues.class);
		Workqueue bh = workqueues.get("system_bh_wq");
		Handlers handlers = this.context.getBean(Handlers.class);
		bh.queueOn(0, workqueues.initWork("stuck", bh, (work) -> handlers.open.await()));
		bh.queueOn(0, workqueues.initWork("behind", bh, (work) -> {
		}));
		await(() -> !JsonPath.<List<?>>read(get("/manage/ui/recent"), "$.stalls").isEmpty());
		String json = get("/manage/ui/recent");
		assertThat(JsonPath.<String>read(json, "$.stalls[0].work")).isEqualTo("stuck");
		assertThat(JsonPath.<String>read(json, "$.stalls[0].waiting")).isEqualTo("behind");
		handlers.open.countDown();
	}

	@Test
	void tellsOfFailuresTimersAndExecutionsWithoutKeys() {
		start(WebApplicationType.SERVLET);
		failTwice();
		String json = get("/actuator/workqueueui/recent?work=mail");
		assertThat(JsonPath.<List<String>>read(json, "$.failures[*].error"))
			.containsExactly("java.lang.IllegalStateException", "java.lang.IllegalStateException");
		assertThat(JsonPath.<List<Integer>>read(json, "$.failures[*].attempt")).containsExactly(2, 1);
		assertThat(JsonPath.<List<String>>read(json, "$.failures[*].workqueue")).containsExactly("media", "media");
		assertThat(JsonPath.<List<String>>read(json, "$.executions[*].error")).hasSize(2);
		assertThat(JsonPath.<String>read(json, "$.executions[0].worker")).startsWith("kworker/").doesNotContain("+");
		assertThat(JsonPath.<List<Integer>>read(json, "$.waits[?(@.name == 'media')].started")).containsExactly(2);
		this.context.getBean("later", DelayedWorkItem.class).schedule();
		assertThat(JsonPath.<List<String>>read(get("/actuator/workqueueui/recent"), "$.timers[*].work"))
			.containsExactly("later");
		assertThat(json).doesNotContain("secret");
		assertThat(status("/actuator/workqueueui/other")).isEqualTo(404);
	}

	@Test
	void worksOnWebFluxAndRunsAWaitingRetryNow() {
		start(WebApplicationType.REACTIVE, "management.endpoint.workqueues.show-values=always",
				"management.endpoint.workqueues.access=unrestricted", "backoff=1h");
		assertThat(page("/actuator/workqueueui").getBody()).contains("data-workqueues=\"workqueues\"");
		KeyedWork<String> mail = WorkqueueRunner.keyed(this.context, "mail");
		mail.schedule("secret");
		await(() -> !failures().isEmpty());
		String json = get("/actuator/workqueueui/recent");
		assertThat(JsonPath.<String>read(json, "$.failures[0].key")).isEqualTo("secret");
		assertThat(JsonPath.<String>read(json, "$.failures[0].message")).isEqualTo("no answer");
		assertThat(Duration.parse(JsonPath.read(json, "$.failures[0].nextIn"))).isBetween(Duration.ofMinutes(50),
				Duration.ofHours(1));
		assertThat(JsonPath.<String>read(json, "$.timers[0].key")).isEqualTo("secret");
		ResponseEntity<String> retried = this.http.post()
			.uri("/actuator/workqueues/media")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"flush\":\"mail\",\"key\":\"secret\"}")
			.retrieve()
			.toEntity(String.class);
		assertThat(retried.getBody()).isEqualTo("{\"works\":1}");
		await(() -> JsonPath.<List<Integer>>read(get("/actuator/workqueueui/recent"), "$.failures[*].attempt")
			.equals(List.of(2, 1)));
	}

	private void failTwice() {
		KeyedWork<String> mail = WorkqueueRunner.keyed(this.context, "mail");
		mail.schedule("secret");
		await(() -> failures().size() == 2 && !mail.isRunning("secret"));
	}

	private List<?> failures() {
		return JsonPath.read(get("/actuator/workqueueui/recent"), "$.failures");
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(condition);
	}

	private static String between(String text, String from, String to) {
		int begin = text.indexOf(from) + from.length();
		return text.substring(begin, text.indexOf(to, begin));
	}

	private static String hash(String source) throws Exception {
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
		return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
	}

	private void start(WebApplicationType type, String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(type);
		String[] arguments = Stream
			.concat(Stream.of("server.port=0", WorkqueueRunner.WITHOUT_DATABASE, "workqueue.cpus=1",
					"workqueue.shutdown.drain-timeout=5s", "management.endpoints.web.exposure.include=*",
					"workqueue.queues.media.type=unbound"), Arrays.stream(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		this.context = application.run(arguments);
		this.http = client(this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	private static RestClient client(String port) {
		return RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	private ResponseEntity<String> page(String path) {
		return this.http.get().uri(path).retrieve().toEntity(String.class);
	}

	private String get(String path) {
		ResponseEntity<String> response = page(path);
		assertThat(response.getStatusCode().value()).as(path).isEqualTo(200);
		return String.valueOf(response.getBody());
	}

	private int status(String path) {
		return page(path).getStatusCode().value();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		TomcatReactiveWebServerFactory reactiveServer() {
			return new TomcatReactiveWebServerFactory();
		}

	}

	static class Handlers {

		final CountDownLatch open = new CountDownLatch(1);

		@Work(name = "mail", queue = "media", maxAttempts = "2", backoff = "${backoff:1ms}")
		void mail(String order) {
			throw new IllegalStateException("no answer");
		}

		@DelayedWork(name = "later", queue = "media", delay = "1h")
		void later() {
			this.open.countDown();
		}

	}

}
