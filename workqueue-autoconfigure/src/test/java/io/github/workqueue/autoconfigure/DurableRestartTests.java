package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.Work;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A PostgreSQL that is stopped and started again while requests are made.
 */
class DurableRestartTests {

	@TempDir
	private Path directory;

	private final Set<Integer> accepted = new HashSet<>();

	private int requests;

	private EmbeddedPostgres start(int port) throws IOException {
		return EmbeddedPostgres.builder()
			.setPort(port)
			.setDataDirectory(this.directory.resolve("data"))
			.setCleanDataDirectory(false)
			.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Test
	void whatWasAcceptedRunsAlthoughTheServerWasRestarted() throws Exception {
		int port = freePort();
		EmbeddedPostgres first = start(port);
		try (DurableInstances instances = new DurableInstances(first.getJdbcUrl("postgres", "postgres"),
				Application.class)) {
			ConfigurableApplicationContext context = instances.start("spring.datasource.hikari.connection-timeout=500",
					"spring.datasource.hikari.initialization-fail-timeout=-1", "workqueue.queues.mails.max-active=4",
					"workqueue.durable.heartbeat-interval=500ms", "workqueue.durable.missed-heartbeats=4");
			request(context, 200);
			first.close();
			int failed = request(context, 5);
			assertThat(failed).as("requests that failed").isEqualTo(5);
			context.getBean("kept", WorkItem.class).schedule();
			await().until(() -> context.getBean(Mails.class).kept.get() == 1);
			try (EmbeddedPostgres second = start(port)) {
				assertThat(second.getPort()).isEqualTo(port);
				await().atMost(Duration.ofSeconds(30)).until(() -> request(context, 1) == 0);
				request(context, 200);
				await().atMost(Duration.ofSeconds(60)).until(instances::rows, (rows) -> rows == 0);
				assertThat(context.getBean(Mails.class).sent.keySet()).containsAll(this.accepted);
				assertThat(this.accepted).hasSizeGreaterThan(200);
			}
		}
	}

	/** Makes so many requests and returns how many of them failed. */
	private int request(ConfigurableApplicationContext context, int number) {
		KeyedWork<Integer> mails = WorkqueueRunner.keyed(context, "mail");
		int failed = 0;
		for (int i = 0; i < number; i++) {
			int key = this.requests++;
			try {
				mails.schedule(key);
				this.accepted.add(key);
			}
			catch (DataAccessException | TransactionException ex) {
				failed++;
			}
		}
		return failed;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Mails.class)
	static class Application {

	}

	static class Mails {

		private final ConcurrentHashMap<Integer, Integer> sent = new ConcurrentHashMap<>();

		private final AtomicInteger kept = new AtomicInteger();

		@Work(name = "mail", queue = "mails")
		void send(int number) throws InterruptedException {
			Thread.sleep(5);
			this.sent.merge(number, 1, Integer::sum);
		}

		@Work(name = "kept")
		void keep() {
			this.kept.incrementAndGet();
		}

	}

}
