package io.github.workqueue.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AliasFor;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which method is called, on which object, with what.
 */
class HandlerInvocationTests {

	@Test
	void callsMethodsOfAnyVisibilityThroughTheClassProxy() {
		WorkqueueRunner.transactional().withUserConfiguration(Visibilities.class).run((context) -> {
			Calls calls = context.getBean(Calls.class);
			schedule(context, "everybody");
			calls.awaitExactly("everybody in transaction: true");
			schedule(context, "family");
			schedule(context, "family2");
			calls.awaitExactly("everybody in transaction: true", "family in transaction: true",
					"family2 in transaction: true");
			schedule(context, "secret");
			calls.awaitExactly("everybody in transaction: true", "family in transaction: true",
					"family2 in transaction: true", "secret in transaction: false");
		});
	}

	@Test
	void callsMethodsOfInterfacesThroughTheInterfaceProxy() {
		WorkqueueRunner.transactional()
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.withUserConfiguration(Narrow.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				WorkqueueRunner.keyed(context, "process").schedule("a");
				context.getBean(Calls.class).awaitExactly("a in transaction: true");
			});
	}

	@Test
	void passesTheItemBeanToTheHandlerAndToCurrent() {
		WorkqueueRunner.plain().withUserConfiguration(TakesItem.class).run((context) -> {
			schedule(context, "plain");
			context.getBean(Calls.class).awaitExactly(context.getBean("plain"), context.getBean("plain"));
			context.getBean("late", DelayedWorkItem.class).schedule();
			context.getBean(Calls.class)
				.awaitExactly(context.getBean("plain"), context.getBean("plain"), context.getBean("late"));
		});
	}

	@Test
	void aComponentMayNeedItsOwnWork() {
		WorkqueueRunner.plain().withUserConfiguration(SelfMade.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(SelfMade.class).step.schedule();
			context.getBean(Calls.class).awaitExactly("step", "step");
		});
	}

	@Test
	void readsMetaAnnotationsAndPlaceholders() {
		WorkqueueRunner.plain()
			.withPropertyValues("fixture.queue=system_unbound_wq", "fixture.delay=1ms", "fixture.name=renamed")
			.withUserConfiguration(Composed.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				schedule(context, "special");
				context.getBean("renamed", DelayedWorkItem.class).schedule();
				Calls calls = context.getBean(Calls.class);
				await().until(() -> calls.all().size() == 2);
				assertThat(calls.all()).allSatisfy((thread) -> assertThat(thread).asString().startsWith("kworker/u"));
			});
	}

	/** Story of an optional setting whose default was taken for a mistake. */
	@Test
	void aPropertyMayLeaveOutWhatTheAnnotationMay() {
		WorkqueueRunner.plain().withUserConfiguration(LeftOut.class).run((context) -> {
			assertThat(context).hasNotFailed();
			KeyedWork<String> work = WorkqueueRunner.keyed(context, "leftOut");
			work.schedule("text");
			context.getBean(Calls.class).awaitExactly("text");
		});
	}

	@Test
	void resolvesInheritedAndGenericHandlers() {
		WorkqueueRunner.plain().withUserConfiguration(Inheriting.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context
				.getBeanProvider(
						org.springframework.core.ResolvableType.forClassWithGenerics(KeyedWork.class, Colour.class))
				.stream()).hasSize(1);
			WorkqueueRunner.keyed(context, "paint").schedule(Colour.RED);
			context.getBean(Calls.class).awaitExactly("overridden RED");
		});
	}

	@Test
	void handlersOfConfigurationClassesAndFactoryMethods() {
		WorkqueueRunner.plain().withUserConfiguration(Full.class).run((context) -> {
			assertThat(context).hasNotFailed();
			schedule(context, "made.tidy");
			schedule(context, "other.tidy");
			schedule(context, "ofConfiguration");
			Calls calls = context.getBean(Calls.class);
			await().until(() -> calls.all().size() == 3);
			assertThat(calls.all()).containsExactlyInAnyOrder("made", "other", "configuration");
		});
	}

	@Test
	void anItemIsTakenByEveryCallOfTheEngine() {
		WorkqueueRunner.plain().withUserConfiguration(TakesItem.class).run((context) -> {
			Workqueues workqueues = context.getBean(Workqueues.class);
			DelayedWorkItem late = context.getBean("late", DelayedWorkItem.class);
			assertThat(workqueues.get("system_unbound_wq").queueDelayed(late, Duration.ofHours(1))).isTrue();
			assertThat(workqueues.get("system_wq").modDelayed(late, Duration.ZERO)).isTrue();
			context.getBean(Calls.class).awaitExactly(late);
			assertThat(workqueues.schedule(context.getBean("plain", WorkItem.class))).isTrue();
		});
	}

	private static void schedule(ApplicationContext context, String name) {
		assertThat(context.getBean(name, WorkItem.class).schedule()).isTrue();
		await().atMost(10, TimeUnit.SECONDS)
			.until(() -> !context.getBean(name, WorkItem.class).isPending()
					&& !context.getBean(name, WorkItem.class).isRunning());
	}

	static class Visibilities {

		private final Calls calls;

		Visibilities(Calls calls) {
			this.calls = calls;
		}

		@Work
		@Transactional
		public void everybody() {
			add("everybody");
		}

		@Work
		@Transactional
		protected void family() {
			add("family");
		}

		@Work
		@Transactional
		void family2() {
			add("family2");
		}

		@Work
		private void secret() {
			add("secret");
		}

		private void add(String name) {
			this.calls.add(name + " in transaction: " + TransactionSynchronizationManager.isActualTransactionActive());
		}

	}

	interface Processor<T> {

		void process(T object);

	}

	static class Narrow implements Processor<String> {

		private final Calls calls;

		Narrow(Calls calls) {
			this.calls = calls;
		}

		@Work
		@Override
		@Transactional
		public void process(String object) {
			this.calls
				.add(object + " in transaction: " + TransactionSynchronizationManager.isActualTransactionActive());
		}

	}

	static class TakesItem {

		private final Calls calls;

		private final Workqueues workqueues;

		TakesItem(Calls calls, Workqueues workqueues) {
			this.calls = calls;
			this.workqueues = workqueues;
		}

		@Work
		void plain(WorkItem item) {
			this.calls.add(item);
			this.calls.add(this.workqueues.current().orElseThrow());
		}

		@DelayedWork(delay = "1ms")
		void late(DelayedWorkItem item) {
			this.calls.add(item);
		}

	}

	static class SelfMade {

		final WorkItem step;

		private final Calls calls;

		SelfMade(WorkItem step, Calls calls) {
			this.step = step;
			this.calls = calls;
		}

		@Work
		void step() {
			if (this.calls.all().isEmpty()) {
				this.step.schedule();
			}
			this.calls.add("step");
		}

	}

	@Work(queue = "${fixture.queue}")
	@Retention(RetentionPolicy.RUNTIME)
	@interface Special {

		@AliasFor(annotation = Work.class, attribute = "name")
		String value();

	}

	static class Composed {

		private final Calls calls;

		Composed(Calls calls) {
			this.calls = calls;
		}

		@Special("special")
		void special() {
			this.calls.add(Thread.currentThread().getName());
		}

		@DelayedWork(name = "${fixture.name}", queue = "system_dfl_wq", delay = "${fixture.delay}")
		void late() {
			this.calls.add(Thread.currentThread().getName());
		}

	}

	static class LeftOut {

		private final Calls calls;

		LeftOut(Calls calls) {
			this.calls = calls;
		}

		@DelayedWork(delay = "1ms", name = "${no.name:}", key = "${no.key:}", maxWait = "${no.wait:}")
		void leftOut(String text) {
			this.calls.add(text);
		}

	}

	enum Colour {

		RED

	}

	abstract static class Base<T> {

		@Work
		abstract void paint(T object);

	}

	static class Inheriting extends Base<Colour> {

		private final Calls calls;

		Inheriting(Calls calls) {
			this.calls = calls;
		}

		@Override
		void paint(Colour colour) {
			this.calls.add("overridden " + colour);
		}

	}

	static class Tidy {

		private final Calls calls;

		private final String name;

		Tidy(Calls calls, String name) {
			this.calls = calls;
			this.name = name;
		}

		@Work
		void tidy() {
			this.calls.add(this.name);
		}

	}

	@Configuration
	static class Full {

		private final Calls calls;

		Full(Calls calls) {
			this.calls = calls;
		}

		@Bean
		Tidy made() {
			return new Tidy(this.calls, "made");
		}

		@Bean
		Tidy other() {
			return new Tidy(this.calls, "other");
		}

		@Work
		void ofConfiguration() {
			this.calls.add("configuration");
		}

	}

}
