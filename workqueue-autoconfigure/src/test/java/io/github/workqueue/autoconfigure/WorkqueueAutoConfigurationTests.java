package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.engine.DelayedWorkPolicy;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which beans there are, and when ours step back.
 */
class WorkqueueAutoConfigurationTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.plain();

	@Test
	void definesTheEngineAndItsQueues() {
		this.runner
			.withPropertyValues("workqueue.cpus=3", "workqueue.queues.media.type=unbound",
					"workqueue.queues.media.max-active=4", "workqueue.queues.[a.b].type=ordered")
			.run((context) -> {
				assertThat(context.getBean("workqueues", Workqueues.class).cpus()).isEqualTo(3);
				assertThat(context.getBean("media", Workqueue.class).maxActive()).isEqualTo(4);
				assertThat(context.getBean("a.b", Workqueue.class).isOrdered()).isTrue();
				assertThat(context.getBeansOfType(Workqueue.class)).hasSize(12)
					.allSatisfy((name, queue) -> assertThat(queue.name()).isEqualTo(name));
				assertThat(context.getBean("system_dfl_wq")).isSameAs(context.getBean("system_unbound_wq"));
			});
	}

	@Test
	void allocatesConfiguredQueuesWithTheEngine() {
		this.runner.withPropertyValues("workqueue.queues.media.type=unbound")
			.withBean("asker", Boolean.class, () -> Boolean.FALSE)
			.withUserConfiguration(Asking.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("media"));
	}

	@Test
	void mapsEveryProperty() {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.threads.virtual.enabled", "false")
			.withProperty("spring.lifecycle.timeout-per-shutdown-phase", "7s");
		WorkqueueProperties properties = new WorkqueueProperties();
		properties.setCpus(5);
		properties.setMaxWorkers(6);
		properties.setIdleTimeout(Duration.ofSeconds(1));
		properties.setCpuIntensiveThreshold(Duration.ofSeconds(2));
		properties.setCpuIntensiveWarningThreshold(3);
		properties.setPowerEfficient(true);
		properties.setVirtualThreads(true);
		properties.getWatchdog().setThreshold(Duration.ofSeconds(4));
		properties.getMayday().setInitialTimeout(Duration.ofSeconds(5));
		properties.getMayday().setInterval(Duration.ofSeconds(6));
		properties.getShutdown().setDelayedWork(DelayedWorkPolicy.RUN);
		EngineSettings.Builder builder = EngineSettings.builder();
		new SettingsMapper(properties, environment).map(builder);
		EngineSettings settings = builder.build();
		assertThat(List.of(settings.cpus(), settings.maxWorkers(), settings.cpuIntensiveWarningThreshold()))
			.containsExactly(5, 6, 3);
		assertThat(List.of(settings.idleTimeout(), settings.cpuIntensiveThreshold(), settings.watchdogThreshold(),
				settings.maydayInitialTimeout(), settings.maydayInterval(), settings.drainTimeout()))
			.extracting(Duration::toSeconds)
			.containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
		assertThat(settings.powerEfficient()).isTrue();
		assertThat(settings.virtualThreads()).isTrue();
		assertThat(settings.delayedWork()).isEqualTo(DelayedWorkPolicy.RUN);
		properties.getShutdown().setDrainTimeout(Duration.ofSeconds(8));
		new SettingsMapper(properties, environment).map(builder);
		assertThat(builder.build().drainTimeout()).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void defaultsOfPropertiesAreThoseOfTheEngine() {
		EngineSettings.Builder builder = EngineSettings.builder();
		new SettingsMapper(new WorkqueueProperties(), new MockEnvironment()).map(builder);
		assertThat(builder.build()).usingRecursiveComparison()
			.ignoringFields("values.threadFactory")
			.isEqualTo(EngineSettings.builder().build());
	}

	@Test
	void usesTheEngineOfTheUser() {
		this.runner.withPropertyValues("workqueue.queues.media.type=unbound", "workqueue.cpus=1")
			.withUserConfiguration(OwnEngine.class, Handler.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(Workqueues.class);
				assertThat(context.getBean("workqueues")).isSameAs(context.getBean("mine"));
				assertThat(context.getBean(Workqueues.class).get("media")).isSameAs(context.getBean("media"));
				context.getBean("step", WorkItem.class).schedule();
				context.getBean(Calls.class).awaitExactly("step");
			});
	}

	@Test
	void customizersComeAfterProperties() {
		this.runner.withPropertyValues("workqueue.cpus=1")
			.withBean(EngineSettingsCustomizer.class, () -> (settings) -> settings.cpus(7))
			.run((context) -> assertThat(context.getBean(Workqueues.class).cpus()).isEqualTo(7));
	}

	@Test
	void aUserQueueReplacesOurs() {
		this.runner.withPropertyValues("workqueue.queues.media.max-active=9999")
			.withUserConfiguration(OwnMedia.class)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasBean("media.executor");
				assertThat(context.getBean("media", Workqueue.class).name()).isEqualTo("mine");
				assertThat(context.getBean(Workqueues.class).find("media")).isEmpty();
			});
	}

	@Test
	void injectsByNameAliasQualifierAndType() {
		this.runner.withUserConfiguration(Handler.class, Injected.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.step).isSameAs(context.getBean("step"));
			assertThat(injected.queue).isSameAs(context.getBean("system_wq"));
			assertThat(injected.onlyOfItsType).isSameAs(context.getBean("keyed"));
			assertThat(injected.queues).hasSize(10);
		});
	}

	@Test
	void aWrongNameIsNotGuessed() {
		this.runner.withBean(Misspelt.class)
			.run((context) -> assertThat(context.getStartupFailure())
				.hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	@Test
	void listenersSeeTheItemBeans() {
		List<Object> seen = new CopyOnWriteArrayList<>();
		WorkListener listener = new WorkListener() {
			@Override
			public void queued(WorkItem work, Workqueue queue) {
				seen.add(work);
				throw new IllegalStateException("a broken listener");
			}
		};
		this.runner.withBean(WorkListener.class, () -> listener).withUserConfiguration(Handler.class).run((context) -> {
			context.getBean("step", WorkItem.class).schedule();
			context.getBean(Calls.class).awaitExactly("step");
			await().until(() -> seen.size() == 1);
			assertThat(seen).containsExactly(context.getBean("step"));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.micrometer", "org.springframework.transaction", "org.springframework.boot.actuate" })
	void needsNoOptionalModule(String absent) {
		this.runner.withClassLoader(new FilteredClassLoader(absent))
			.withUserConfiguration(Handler.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				context.getBean("step", WorkItem.class).schedule();
				context.getBean(Calls.class).awaitExactly("step");
			});
	}

	@Test
	void aChildContextHasAnEngineOfItsOwn() {
		this.runner.run((parent) -> this.runner.withParent(parent)
			.withConfiguration(AutoConfigurations.of(WorkqueueAutoConfiguration.class))
			.withUserConfiguration(Handler.class)
			.run((child) -> {
				assertThat(child.getBean(Workqueues.class)).isNotSameAs(parent.getBean(Workqueues.class));
				child.getBean("step", WorkItem.class).schedule();
				child.getBean(Calls.class).awaitExactly("step");
			}));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		@Bean
		WorkqueueEngine mine() {
			return WorkqueueEngine.start(EngineSettings.builder().cpus(2).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMedia {

		@Bean
		Workqueue media(Workqueues workqueues) {
			return workqueues.alloc("mine", 0, WorkqueueFlag.UNBOUND);
		}

	}

	static class Asking {

		Asking(Workqueues workqueues) {
			workqueues.get("media");
		}

	}

	static class Handler {

		private final Calls calls;

		Handler(Calls calls) {
			this.calls = calls;
		}

		@Work
		void step() {
			this.calls.add("step");
		}

		@Work
		void keyed(Duration key) {
			this.calls.add(key);
		}

		@Work
		void other(List<String> key) {
			this.calls.add(key);
		}

	}

	static class Injected {

		final WorkItem step;

		final Workqueue queue;

		final KeyedWork<Duration> onlyOfItsType;

		final Map<String, Workqueue> queues;

		Injected(WorkItem step, @Qualifier("system_percpu_wq") Workqueue queue, KeyedWork<Duration> onlyOfItsType,
				Map<String, Workqueue> queues) {
			this.step = step;
			this.queue = queue;
			this.onlyOfItsType = onlyOfItsType;
			this.queues = queues;
		}

	}

	static class Misspelt {

		Misspelt(Workqueue sytem_wq) {
		}

	}

}
