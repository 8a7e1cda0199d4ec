package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.Work;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests that an embedded server still handles while the context closes.
 */
class RequestsInFlightTests {

	private static final long PATIENCE = 20;

	private final HttpClient client = HttpClient.newHttpClient();

	/**
	 * What the clients got is not asked: the server counts a request as done before it
	 * has written the answer, and may close the connection in between.
	 */
	@Test
	void aRequestInFlightQueuesDuringTheGracefulShutdownAndItsWorkRuns() throws Exception {
		ConfigurableApplicationContext context = start();
		Calls calls = context.getBean(Calls.class);
		Orders orders = context.getBean(Orders.class);
		request(context, "one");
		request(context, "two");
		assertThat(orders.entered.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
		awaitRefusal(context);
		assertThat(closed).isNotDone();
		orders.mayGoOn.countDown();
		closed.get(PATIENCE, TimeUnit.SECONDS);
		assertThat(orders.accepted).containsExactly(true, true);
		assertThat(calls.all()).hasSize(3).contains("one", "two").endsWith("destroyed");
	}

	private void request(ConfigurableApplicationContext context, String order) {
		CompletableFuture<?> unused = this.client.sendAsync(get(context, order), BodyHandlers.discarding());
	}

	/** The server stops to take connections as the first thing of its shutdown. */
	private static void awaitRefusal(ConfigurableApplicationContext context) {
		await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> {
			try {
				HttpClient.newHttpClient().send(get(context, "late/never"), BodyHandlers.discarding());
				return false;
			}
			catch (IOException ex) {
				return ex instanceof ConnectException;
			}
		});
	}

	private static HttpRequest get(ConfigurableApplicationContext context, String path) {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders/" + path)).build();
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "server.port=0",
					"server.address=127.0.0.1", "server.shutdown=graceful", "workqueue.cpus=2")
			.registerShutdownHook(false)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
			"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration" })
	@ImportAutoConfiguration(WorkqueueAutoConfiguration.class)
	@Import({ Calls.class, Orders.class, Billing.class })
	static class Application {

	}

	static class Billing {

		private final Calls calls;

		Billing(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "bill")
		void bill(String order) {
			this.calls.add(order);
		}

		@PreDestroy
		void destroy() {
			this.calls.add("destroyed");
		}

	}

	@RestController
	static class Orders {

		final CountDownLatch entered = new CountDownLatch(2);

		final CountDownLatch mayGoOn = new CountDownLatch(1);

		final Queue<Boolean> accepted = new ConcurrentLinkedQueue<>();

		private final KeyedWork<String> bill;

		Orders(KeyedWork<String> bill) {
			this.bill = bill;
		}

		@GetMapping("/orders/{order}")
		void order(@PathVariable String order) throws InterruptedException {
			this.entered.countDown();
			this.mayGoOn.await(PATIENCE, TimeUnit.SECONDS);
			this.accepted.add(this.bill.schedule(order));
		}

	}

}
