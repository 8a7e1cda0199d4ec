package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.WorkerpoolsEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application that is processed ahead of time. Its keys and handlers are as hidden as
 * those of users may be.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ WorkqueueAutoConfiguration.class, WorkqueueTransactionAutoConfiguration.class,
		WorkqueueObservationAutoConfiguration.class, WorkqueueEndpointAutoConfiguration.class,
		WorkqueueHealthContributorAutoConfiguration.class, WorkqueueMetricsAutoConfiguration.class,
		EndpointAutoConfiguration.class, AopAutoConfiguration.class })
@Import({ AheadOfTimeApplication.Handlers.class, AheadOfTimeApplication.User.class, Calls.class })
class AheadOfTimeApplication {

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(AheadOfTimeApplication.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=error",
					"workqueue.queues.media.type=unbound", "management.endpoints.web.exposure.include=*")
			.run(arguments)) {
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("at start");
			context.getBean(User.class).use(calls);
			calls.add("generated: " + AotDetector.useGeneratedArtifacts());
			calls.add(String.join(" ", context.getBeanNamesForType(WorkItem.class)));
			calls.add(context.getBean("system_long_wq", Workqueue.class).name());
			calls.add(described(context.getBean(WorkqueuesEndpoint.class)));
			calls.add("pools: " + context.getBean(WorkerpoolsEndpoint.class).workerpools().containsKey("pools"));
			calls.add(context.getBean("workqueueHealthContributor", HealthIndicator.class).health(true).getStatus());
			System.out.println(calls.all());
		}
	}

	private static String described(WorkqueuesEndpoint endpoint) {
		Map<String, Object> media = endpoint.workqueue("media");
		return (media != null) ? media.get("name") + " " + media.get("flags") : "no endpoint";
	}

	@Bean
	Workqueue system_long_wq(Workqueues workqueues) {
		return workqueues.alloc("mine", 0);
	}

	private record Order(int id) {
	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(onStartup = true)
		void atStart() {
			this.calls.add("at start");
		}

		@Work(queue = "media")
		void bill(Order order) {
			this.calls.add(order);
		}

		@Work(queue = "system_long_wq", key = "#order.id()")
		private void ship(Order order) {
			this.calls.add("ship " + order.id());
		}

		@Work(batchSize = 5)
		void store(List<String> keys) {
			this.calls.add(keys);
		}

		@DelayedWork(name = "commit", delay = "1ms", debounce = true)
		void commitAll(DelayedWorkItem commit) {
			this.calls.add(commit);
		}

	}

	static class User {

		private final KeyedWork<Order> bill;

		private final KeyedWork<Order> ship;

		private final KeyedWork<String> store;

		private final DelayedWorkItem commit;

		private final Executor media;

		User(KeyedWork<Order> bill, KeyedWork<Order> ship, KeyedWork<String> store, DelayedWorkItem commit,
				@Qualifier("media") Executor media) {
			this.bill = bill;
			this.ship = ship;
			this.store = store;
			this.commit = commit;
			this.media = media;
		}

		void use(Calls calls) {
			this.bill.schedule(new Order(1));
			calls.awaitExactly("at start", new Order(1));
			this.ship.schedule(new Order(2));
			calls.awaitExactly("at start", new Order(1), "ship 2");
			this.store.schedule("key");
			calls.awaitExactly("at start", new Order(1), "ship 2", List.of("key"));
			this.commit.schedule();
			calls.awaitExactly("at start", new Order(1), "ship 2", List.of("key"), this.commit);
			this.media.execute(() -> calls.add("task"));
			calls.awaitExactly("at start", new Order(1), "ship 2", List.of("key"), this.commit, "task");
		}

	}

}
