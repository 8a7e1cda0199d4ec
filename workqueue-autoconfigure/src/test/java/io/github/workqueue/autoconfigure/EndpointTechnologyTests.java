package io.github.workqueue.autoconfigure;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.jayway.jsonpath.JsonPath;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import org.awaitility.Awaitility;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints beyond Spring MVC: the same answers and the same changes.
 */
class EndpointTechnologyTests {

	private ConfigurableApplicationContext context;

	private RestClient http;

	@AfterEach
	void close() {
		this.context.getBean(Handlers.class).open.release(1_000);
		this.context.close();
	}

	@Test
	void webFluxAndJmx() throws Exception {
		this.context = application(WebApplicationType.REACTIVE, "spring.jmx.enabled=true",
				"management.endpoints.jmx.exposure.include=*", "management.endpoints.jmx.domain=workqueue.test");
		readsAndChanges();
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("workqueue.test:type=Endpoint,name=Workqueues");
		Object queue = server.invoke(name, "workqueue", new Object[] { "media" }, new String[] { "java.lang.String" });
		assertThat(queue).isInstanceOfSatisfying(Map.class,
				(answer) -> assertThat(answer.get("running")).hasToString("1"));
		assertThat(String.valueOf(queue)).contains("gated").doesNotContain("secret");
		server.invoke(name, "freeze", new Object[] { true }, new String[] { "java.lang.Boolean" });
		assertThat(this.context.getBean(Workqueues.class).isFrozen()).isTrue();
		Object pools = server.invoke(new ObjectName("workqueue.test:type=Endpoint,name=Workerpools"), "workerpools",
				new Object[0], new String[0]);
		assertThat(String.valueOf(pools)).contains("Handlers.gated");
	}

	@Test
	void jersey() throws Exception {
		this.context = application(WebApplicationType.SERVLET);
		readsAndChanges();
	}

	private void readsAndChanges() throws Exception {
		this.http = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		KeyedWork<String> gated = WorkqueueRunner.keyed(this.context, "gated");
		gated.schedule("secret1");
		gated.schedule("secret2");
		Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> gated.isRunning("secret1"));
		String json = get("/actuator/workqueues/media");
		assertThat(JsonPath.<List<String>>read(json, "$.works[*].state")).containsExactly("RUNNING", "PENDING");
		assertThat(json).doesNotContain("secret");
		assertThat(JsonPath.<List<String>>read(get("/actuator/workerpools"), "$.pools[*].busy[*].work"))
			.containsExactly("gated");
		assertThat(get("/actuator/workqueueui")).startsWith("<!DOCTYPE html>").contains("data-writable=\"true\"");
		assertThat(JsonPath.<List<?>>read(get("/actuator/workqueueui/recent?work=gated"), "$.executions")).isEmpty();
		assertThat(post("/actuator/workqueues/media", "{\"cancel\":\"gated\"}").getBody()).isEqualTo("{\"works\":1}");
		assertThat(post("/actuator/workqueues/media", "{\"maxActive\":2}").getStatusCode().value()).isEqualTo(204);
		ResponseEntity<String> refused = post("/actuator/workqueues/media", "{\"maxActive\":0}");
		assertThat(refused.getStatusCode().value()).isEqualTo(400);
		assertThat(refused.getBody()).contains("message");
		assertThat(this.http.get().uri("/actuator/workqueues/nosuch").retrieve().toEntity(String.class).getStatusCode())
			.hasToString("404 NOT_FOUND");
	}

	private String get(String path) {
		ResponseEntity<String> response = this.http.get().uri(path).retrieve().toEntity(String.class);
		assertThat(response.getStatusCode().value()).as(path).isEqualTo(200);
		return String.valueOf(response.getBody());
	}

	private ResponseEntity<String> post(String path, String body) {
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toEntity(String.class);
	}

	/** Without Spring MVC on the class path, so that Jersey takes its place. */
	private static ConfigurableApplicationContext application(WebApplicationType type, String... properties) {
		String[] arguments = Stream.concat(
				Stream.of("server.port=0", WorkqueueRunner.WITHOUT_DATABASE, "workqueue.cpus=1",
						"workqueue.shutdown.drain-timeout=5s", "management.endpoints.web.exposure.include=*",
						"workqueue.queues.media.type=unbound", "workqueue.queues.media.max-active=1",
						"workqueue.queues.media.sysfs=true", "management.endpoint.workqueues.access=unrestricted"),
				Arrays.stream(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		ClassLoader withoutMvc = new FilteredClassLoader("org.springframework.web.servlet");
		return new SpringApplicationBuilder(Application.class).resourceLoader(new DefaultResourceLoader(withoutMvc))
			.web(type)
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		ResourceConfig resources() {
			return new ResourceConfig();
		}

		@Bean
		TomcatReactiveWebServerFactory reactiveServer() {
			return new TomcatReactiveWebServerFactory();
		}

		@Bean
		TomcatServletWebServerFactory servletServer() {
			return new TomcatServletWebServerFactory();
		}

	}

	static class Handlers {

		final Semaphore open = new Semaphore(0);

		@Work(name = "gated", queue = "media")
		void gated(String key) throws InterruptedException {
			this.open.acquire();
		}

	}

}
