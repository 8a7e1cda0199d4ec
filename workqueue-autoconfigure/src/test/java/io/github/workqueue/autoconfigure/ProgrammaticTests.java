package io.github.workqueue.autoconfigure;

import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.spring.WorkqueueConfigurer;
import io.github.workqueue.spring.WorkqueueSpecCustomizer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queues and items that are made by code.
 */
class ProgrammaticTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain()
		.withPropertyValues("workqueue.queues.media.type=unbound", "workqueue.queues.media.max-active=4");

	@Test
	void configurersMakeQueuesAndItemsInOrderAndNothingRunsBeforeTheStart() {
		this.runner.withUserConfiguration(Configurers.class).run((context) -> {
			context.getBean(Calls.class).awaitExactly("first", "second", "refreshed", "queued by a configurer");
			assertThat(context.getBean(Workqueues.class).get("own").isOrdered()).isTrue();
		});
	}

	@Test
	void aConfigurerIsForTheEngineOfItsContextAlone() {
		this.runner.withUserConfiguration(Configurers.class)
			.run((parent) -> this.runner.withParent(parent)
				.run((child) -> assertThat(child.getBean(Workqueues.class).find("own")).isEmpty()));
	}

	@Test
	void aConfigurerThatFailsStopsTheStart() {
		this.runner.withBean(WorkqueueConfigurer.class, () -> (workqueues) -> workqueues.get("nobody's"))
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("nobody's"));
	}

	@Test
	void aConfigurerIsCalledWithAnEngineOfTheUserToo() {
		this.runner.withBean(WorkqueueEngine.class, () -> WorkqueueEngine.start())
			.withUserConfiguration(Configurers.class)
			.run((context) -> assertThat(context.getBean(WorkqueueEngine.class).find("own")).isPresent());
	}

	@Test
	void customizersChangeConfiguredQueuesInOrder() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			Workqueue media = context.getBean("media", Workqueue.class);
			assertThat(media.maxActive()).isEqualTo(9);
		});
	}

	@Test
	void aCustomizerMayNotRenameAQueue() {
		this.runner.withBean(WorkqueueSpecCustomizer.class, () -> (spec) -> WorkqueueSpec.named("films"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("'films'", "'media'", "same name"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Configurers {

		@Bean
		@Order(2)
		WorkqueueConfigurer second(Calls calls) {
			return (workqueues) -> {
				calls.add("second");
				WorkItem item = workqueues.initWork("made", workqueues.get("own"),
						(work) -> calls.add("queued by a configurer"));
				item.schedule();
			};
		}

		@Bean
		@Order(1)
		WorkqueueConfigurer first(Calls calls) {
			return (workqueues) -> {
				calls.add("first");
				workqueues.allocOrdered("own");
			};
		}

		@Bean
		Listener listener(Calls calls) {
			return new Listener(calls);
		}

	}

	record Listener(Calls calls) {

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE - 1)
		void on(ContextRefreshedEvent event) {
			this.calls.add("refreshed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		WorkqueueSpecCustomizer second() {
			return (spec) -> spec.maxActive(spec.maxActive() * 2 - 1);
		}

		@Bean
		@Order(1)
		WorkqueueSpecCustomizer first() {
			return (spec) -> spec.maxActive(spec.maxActive() + 1);
		}

	}

}
