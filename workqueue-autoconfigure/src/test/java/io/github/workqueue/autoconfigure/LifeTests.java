package io.github.workqueue.autoconfigure;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The engine in the life of a context, from the start to the close.
 */
@ExtendWith(OutputCaptureExtension.class)
class LifeTests {

	@Test
	void holdsWorkUntilTheContextHasStarted() {
		try (ConfigurableApplicationContext context = start(Early.class)) {
			context.getBean(Calls.class).awaitExactly("refreshed", "early");
		}
	}

	@Test
	void queuesWorkOfTheStartOnce() {
		try (ConfigurableApplicationContext context = start(AtStart.class)) {
			Calls calls = context.getBean(Calls.class);
			calls.awaitExactly("at start");
			context.pause();
			context.restart();
			context.stop();
			context.start();
			context.getBean("atStart", WorkItem.class).schedule();
			calls.awaitExactly("at start", "at start");
		}
	}

	@Test
	void pauseAndStopFreezeOnlyFreezableQueues() {
		try (ConfigurableApplicationContext context = start(Freezable.class)) {
			Workqueues workqueues = context.getBean(Workqueues.class);
			Calls calls = context.getBean(Calls.class);
			context.pause();
			assertThat(workqueues.isFrozen()).isTrue();
			context.getBean("frozen", WorkItem.class).schedule();
			context.getBean("warm", WorkItem.class).schedule();
			calls.awaitExactly("warm");
			context.restart();
			calls.awaitExactly("warm", "frozen");
			context.stop();
			context.getBean("frozen", WorkItem.class).schedule();
			assertThat(workqueues.isFrozen()).isTrue();
			context.start();
			calls.awaitExactly("warm", "frozen", "frozen");
		}
	}

	@Test
	void closeDrainsEvenAPausedContextAndRejectsAfterwards() {
		ConfigurableApplicationContext context = start(Freezable.class);
		Calls calls = context.getBean(Calls.class);
		WorkItem frozen = context.getBean("frozen", WorkItem.class);
		context.pause();
		frozen.schedule();
		context.close();
		calls.awaitExactly("frozen", "destroyed");
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(frozen::schedule)
			.withMessageContaining("DESTROYED");
	}

	@Test
	void closeRunsDebouncedWorkAndRetriesAndCancelsPlainDelays(CapturedOutput output) {
		ConfigurableApplicationContext context = start(Delayed.class);
		Calls calls = context.getBean(Calls.class);
		context.getBean("retried", WorkItem.class).schedule();
		calls.awaitExactly("retried");
		context.getBean("debounced", DelayedWorkItem.class).schedule();
		context.getBean("plain", DelayedWorkItem.class).schedule();
		await().until(() -> context.getBean("retried", WorkItem.class).isPending());
		context.close();
		assertThat(calls.all()).containsExactlyInAnyOrder("retried", "debounced", "retried");
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("plain", "1");
	}

	@Test
	void closeRunsPlainDelaysIfConfigured() {
		ConfigurableApplicationContext context = start(Delayed.class, "--workqueue.shutdown.delayed-work=run");
		Calls calls = context.getBean(Calls.class);
		context.getBean("plain", DelayedWorkItem.class).schedule();
		context.close();
		calls.awaitExactly("plain");
	}

	@Test
	void theDrainHasALimitOfItsOwn(CapturedOutput output) throws InterruptedException {
		ConfigurableApplicationContext context = start(Slow.class, "--workqueue.shutdown.drain-timeout=20s",
				"--spring.lifecycle.timeout-per-shutdown-phase=1ms");
		Slow slow = context.getBean(Slow.class);
		context.getBean("slow", WorkItem.class).schedule();
		slow.started.await(10, TimeUnit.SECONDS);
		Thread closer = new Thread(context::close);
		closer.start();
		await()
			.until(() -> closer.getState() == Thread.State.TIMED_WAITING || closer.getState() == Thread.State.WAITING);
		assertThat(slow.destroyed).isFalse();
		slow.mayEnd.countDown();
		closer.join(20_000);
		assertThat(slow.ended).isTrue();
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void theDrainEndsAfterItsTimeOut(CapturedOutput output) throws InterruptedException {
		ConfigurableApplicationContext context = start(Slow.class, "--workqueue.shutdown.drain-timeout=1ms");
		Slow slow = context.getBean(Slow.class);
		WorkItem item = context.getBean("slow", WorkItem.class);
		item.schedule();
		slow.started.await(10, TimeUnit.SECONDS);
		item.schedule();
		context.close();
		assertThat(slow.destroyed).isTrue();
		slow.mayEnd.countDown();
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("slow");
	}

	@Test
	void aHandlerMayCloseTheContext() throws InterruptedException {
		ConfigurableApplicationContext context = start(Closing.class);
		Closing closing = context.getBean(Closing.class);
		context.getBean("last", WorkItem.class).schedule();
		assertThat(closing.closed.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(context.isActive()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(classes = { FailingStart.class, FailingBean.class })
	void workOfAContextThatFailedToStartDoesNotRun(Class<?> fixture) {
		Calls calls = new Calls();
		assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class, fixture).web(WebApplicationType.NONE)
			.initializers((context) -> context.getBeanFactory().registerSingleton("calls", calls))
			.run()).hasStackTraceContaining("no start");
		assertThat(calls.all()).isEmpty();
	}

	@Test
	void twoContextsKnowNothingOfEachOther() {
		ConfigurableApplicationContext one = start(Freezable.class);
		try (ConfigurableApplicationContext two = start(Freezable.class)) {
			assertThat(one.getBean(Workqueues.class)).isNotSameAs(two.getBean(Workqueues.class));
			one.close();
			two.getBean("frozen", WorkItem.class).schedule();
			two.getBean(Calls.class).awaitExactly("frozen");
		}
	}

	@Test
	void aLazyContextStartsItsWork() {
		try (ConfigurableApplicationContext context = start(AtStart.class, "--spring.main.lazy-initialization=true",
				"--workqueue.queues.extra.type=ordered")) {
			context.getBean(Calls.class).awaitExactly("at start");
			assertThat(context.getBean(Workqueues.class).find("extra")).isPresent();
		}
	}

	private static ConfigurableApplicationContext start(Class<?> fixture, String... arguments) {
		return new SpringApplicationBuilder(Application.class, Calls.class, fixture).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "workqueue.cpus=2")
			.registerShutdownHook(false)
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ WorkqueueAutoConfiguration.class, WorkqueueTransactionAutoConfiguration.class })
	static class Application {

	}

	static class Early {

		private final Calls calls;

		Early(Calls calls, WorkItem early) {
			this.calls = calls;
			early.schedule();
		}

		@Work
		void early() {
			this.calls.add("early");
		}

		@EventListener
		@Order(Ordered.LOWEST_PRECEDENCE - 1)
		void refreshed(ContextRefreshedEvent event) {
			this.calls.add("refreshed");
		}

	}

	static class AtStart {

		private final Calls calls;

		AtStart(Calls calls) {
			this.calls = calls;
		}

		@Work(onStartup = true)
		void atStart() {
			this.calls.add("at start");
		}

	}

	static class Freezable {

		private final Calls calls;

		private final WorkItem warm;

		Freezable(Calls calls, WorkItem warm) {
			this.calls = calls;
			this.warm = warm;
		}

		@Work(queue = "system_freezable_wq")
		void frozen() {
			this.calls.add("frozen");
		}

		@Work
		void warm() {
			this.calls.add("warm");
		}

		@PreDestroy
		void destroy() {
			this.calls.add("destroyed");
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this.warm::schedule);
		}

	}

	static class Delayed {

		private final Calls calls;

		Delayed(Calls calls) {
			this.calls = calls;
		}

		@DelayedWork(delay = "1h")
		void plain() {
			this.calls.add("plain");
		}

		@DelayedWork(delay = "1h", debounce = true)
		void debounced() {
			this.calls.add("debounced");
		}

		@Work(maxAttempts = "2", backoff = "1h")
		void retried() {
			this.calls.add("retried");
			if (this.calls.all().size() == 1) {
				throw new IllegalStateException("first");
			}
		}

	}

	static class Slow {

		final CountDownLatch started = new CountDownLatch(1);

		final CountDownLatch mayEnd = new CountDownLatch(1);

		volatile boolean ended;

		volatile boolean destroyed;

		@Work
		void slow() throws InterruptedException {
			this.started.countDown();
			this.mayEnd.await(20, TimeUnit.SECONDS);
			this.ended = true;
		}

		@PreDestroy
		void destroy() {
			this.destroyed = true;
		}

	}

	static class Closing {

		final CountDownLatch closed = new CountDownLatch(1);

		private final ConfigurableApplicationContext context;

		Closing(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Work
		void last() {
			this.context.close();
			this.closed.countDown();
		}

	}

	static class FailingStart implements ApplicationListener<ContextRefreshedEvent>, Ordered {

		private final Calls calls;

		FailingStart(Calls calls, WorkItem lost) {
			this.calls = calls;
			lost.schedule();
		}

		@Work
		void lost() {
			this.calls.add("lost");
		}

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
			throw new IllegalStateException("no start");
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	/** Fails before the lifecycle of the engine is a bean. */
	@Import(Lost.class)
	static class FailingBean {

		FailingBean(Calls calls, WorkItem lost, Workqueues workqueues, @Qualifier("system_wq") Workqueue queue) {
			lost.schedule();
			workqueues.initWork("plain", (WorkHandler) (work) -> calls.add("plain")).schedule();
			workqueues.initDelayedWork("delayed", (WorkHandler) (work) -> calls.add("delayed")).schedule();
			queue.asExecutor().execute(() -> calls.add("task"));
			throw new IllegalStateException("no start");
		}

	}

	static class Lost {

		private final Calls calls;

		Lost(Calls calls) {
			this.calls = calls;
		}

		@Work
		void lost() {
			this.calls.add("lost");
		}

	}

}
