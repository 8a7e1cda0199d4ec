package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.durable.Databases;
import io.github.workqueue.durable.DurableRequest;
import io.github.workqueue.durable.DurableRequest.Kind;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.durable.WorkId;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is seen of a durable queue: its own runs, and what waits in the database. */
@ParameterizedClass
@MethodSource("io.github.workqueue.durable.Databases#all")
class DurableEndpointTests {

	private static final String[] SEEN = { "management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true",
			"management.endpoint.workqueues.show-values=always", "management.endpoint.workqueues.access=unrestricted",
			"workqueue.queues.mails.max-active=1", "spring.autoconfigure.exclude="
					+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" };

	private final DurableInstances instances;

	private final ConfigurableApplicationContext context;

	DurableEndpointTests(Databases database) {
		this.instances = new DurableInstances(database, Application.class);
		Mails.gate = new CountDownLatch(1);
		this.context = this.instances.start(SEEN);
	}

	/** One of each kind. */
	@BeforeEach
	void request() {
		KeyedWork<String> mail = WorkqueueRunner.keyed(this.context, "mail");
		mail.schedule("runs");
		await().until(() -> queue(this.context).get("running").equals(1L));
		mail.schedule("waits");
		mail.schedule("later", Duration.ofHours(1));
		this.context.getBean(DurableWorks.class)
			.request(new DurableRequest(new WorkId("gone", null), "mails", Kind.SCHEDULE, Duration.ZERO, null, null));
	}

	@AfterEach
	void close() {
		Mails.gate.countDown();
		this.instances.close();
	}

	@Test
	void showsWhatTheDatabaseHoldsOfAQueue() {
		Map<String, Object> queue = queue(this.context);
		assertThat(queue).containsEntry("durable", true)
			.containsEntry("pending", 1L)
			.containsEntry("delayed", 1L)
			.containsEntry("parked", 1L)
			.containsEntry("running", 1L);
		assertThat(works(queue)).extracting((work) -> work.get("state"))
			.containsExactly("RUNNING", "PENDING", "DELAYED", "PARKED");
		assertThat(works(queue)).extracting((work) -> work.get("work")).containsExactly("mail", "mail", "mail", "gone");
		assertThat(works(queue)).extracting((work) -> work.get("key")).containsExactly("runs", "waits", "later", null);
		assertThat(works(queue).get(1).get("for").toString()).startsWith("PT");
		assertThat(Duration.parse(works(queue).get(2).get("dueIn").toString())).isBetween(Duration.ofMinutes(59),
				Duration.ofHours(1));
	}

	@Test
	void otherQueuesAreAsBefore() {
		assertThat(this.context.getBean(WorkqueuesEndpoint.class).workqueue("system_wq")).containsEntry("pending", 0L)
			.doesNotContainKeys("durable", "parked");
	}

	@Test
	void anotherInstanceShowsTheSameButForItsOwnRuns() {
		ConfigurableApplicationContext other = this.instances.start("spring.jmx.enabled=false");
		WorkqueueSnapshot queue = other.getBean(WorkqueueInspector.class).inspectWorkqueue("mails").orElseThrow();
		assertThat(queue.stored()).isNotNull();
		assertThat(queue.stored().delayed()).isOne();
		assertThat(queue.stored().parked()).isOne();
		assertThat(queue.delayed()).isZero();
	}

	@Test
	void whatIsStoredIsCancelledAndFlushedByName() {
		assertThat(change("gone", null, null)).containsEntry("works", 1);
		assertThat(change(null, "mail", "later")).containsEntry("works", 1);
		assertThat(queue(this.context)).containsEntry("pending", 2L)
			.containsEntry("delayed", 0L)
			.containsEntry("parked", 0L);
		assertThat(change("mail", null, null)).containsEntry("works", 2);
		assertThat(queue(this.context)).containsEntry("pending", 0L).containsEntry("running", 1L);
	}

	@Test
	void metersCountTheCluster() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.context.getBean(WorkqueueMetrics.class).bindTo(registry);
		assertThat(registry.get("workqueue.depth").tag("name", "mails").gauge().value()).isEqualTo(1);
		assertThat(registry.get("workqueue.delayed").tag("name", "mails").gauge().value()).isEqualTo(1);
		assertThat(registry.get("workqueue.parked").tag("name", "mails").gauge().value()).isEqualTo(1);
		assertThat(registry.find("workqueue.parked").tag("name", "system_wq").gauge()).isNull();
	}

	private Map<String, Object> change(String cancel, String flush, String key) {
		return this.context.getBean(WorkqueuesEndpoint.class).change("mails", null, null, cancel, flush, key);
	}

	private static Map<String, Object> queue(ConfigurableApplicationContext context) {
		return context.getBean(WorkqueuesEndpoint.class).workqueue("mails");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> works(Map<String, Object> queue) {
		return (List<Map<String, Object>>) queue.get("works");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Mails.class)
	static class Application {

	}

	static class Mails {

		static volatile CountDownLatch gate = new CountDownLatch(0);

		@Work(name = "mail", queue = "mails")
		void send(String mail) throws InterruptedException {
			assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
		}

	}

}
