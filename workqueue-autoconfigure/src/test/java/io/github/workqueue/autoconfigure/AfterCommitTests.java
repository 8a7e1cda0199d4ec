package io.github.workqueue.autoconfigure;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Enqueue;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that wait for the commit.
 */
class AfterCommitTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.transactional()
		.withPropertyValues("workqueue.queues.journal.type=ordered")
		.withUserConfiguration(AfterCommit.class);

	@Test
	void isImmediateWithoutATransaction() {
		this.runner.run((context) -> {
			assertThat(item(context).schedule()).isTrue();
			context.getBean(Calls.class).awaitExactly("item");
		});
	}

	@Test
	void mergesTheRequestsOfATransactionAndSendsThemAfterTheCommit() {
		this.runner.run((context) -> {
			KeyedWork<String> keyed = WorkqueueRunner.keyed(context, "keyed");
			transaction(context).executeWithoutResult((status) -> {
				assertThat(item(context).schedule()).isTrue();
				assertThat(item(context).schedule()).isFalse();
				assertThat(keyed.schedule("b")).isTrue();
				assertThat(keyed.schedule("c")).isTrue();
				assertThat(keyed.schedule("b")).isFalse();
				assertThat(item(context).isPending()).isFalse();
				assertThat(keyed.size()).isZero();
			});
			context.getBean(Calls.class).awaitExactly("item", "b", "c");
			assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		});
	}

	@Test
	void vanishesOnRollback() {
		this.runner.run((context) -> {
			transaction(context).executeWithoutResult((status) -> {
				item(context).schedule();
				status.setRollbackOnly();
			});
			assertThat(item(context).isPending()).isFalse();
			item(context).schedule();
			item(context).flush();
			context.getBean(Calls.class).awaitExactly("item");
		});
	}

	@Test
	void aNestedRollbackTakesOnlyItsOwnRequests() {
		this.runner.run((context) -> {
			KeyedWork<String> keyed = WorkqueueRunner.keyed(context, "keyed");
			TransactionTemplate nested = transaction(context, TransactionDefinition.PROPAGATION_NESTED);
			transaction(context).executeWithoutResult((outer) -> {
				nested.executeWithoutResult((status) -> {
					keyed.schedule("lost first");
					status.setRollbackOnly();
				});
				keyed.schedule("outer");
				nested.executeWithoutResult((status) -> {
					keyed.schedule("lost");
					status.setRollbackOnly();
				});
				nested.executeWithoutResult((status) -> keyed.schedule("nested"));
			});
			context.getBean(Calls.class).awaitExactly("outer", "nested");
		});
	}

	@Test
	void aTransactionOfItsOwnSendsAtItsOwnCommit() {
		this.runner.run((context) -> {
			KeyedWork<String> keyed = WorkqueueRunner.keyed(context, "keyed");
			Calls calls = context.getBean(Calls.class);
			transaction(context).executeWithoutResult((outer) -> {
				keyed.schedule("outer");
				transaction(context, TransactionDefinition.PROPAGATION_REQUIRES_NEW)
					.executeWithoutResult((inner) -> keyed.schedule("inner"));
				calls.awaitExactly("inner");
				transaction(context, TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
					.executeWithoutResult((none) -> keyed.schedule("without"));
				calls.awaitExactly("inner", "without");
			});
			calls.awaitExactly("inner", "without", "outer");
		});
	}

	@Test
	void readOnlyTransactionsSendToo() {
		this.runner.run((context) -> {
			TransactionTemplate readOnly = transaction(context);
			readOnly.setReadOnly(true);
			readOnly.executeWithoutResult((status) -> item(context).schedule());
			context.getBean(Calls.class).awaitExactly("item");
		});
	}

	@Test
	void keepsTheFirstDelayOrTheLastIfDebounced() {
		this.runner.run((context) -> {
			DelayedWorkItem plain = context.getBean("plain", DelayedWorkItem.class);
			DelayedWorkItem debounced = context.getBean("debounced", DelayedWorkItem.class);
			transaction(context).executeWithoutResult((status) -> {
				plain.schedule(Duration.ZERO);
				plain.schedule(Duration.ofHours(1));
				debounced.schedule(Duration.ofHours(1));
				debounced.schedule(Duration.ZERO);
			});
			context.getBean(Calls.class).awaitExactly("plain", "debounced");
		});
	}

	@Test
	void modifyIsImmediate() {
		this.runner.run((context) -> {
			DelayedWorkItem plain = context.getBean("plain", DelayedWorkItem.class);
			transaction(context).executeWithoutResult((status) -> {
				plain.modify(Duration.ZERO);
				context.getBean(Calls.class).awaitExactly("plain");
			});
		});
	}

	private static WorkItem item(ApplicationContext context) {
		return context.getBean("item", WorkItem.class);
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return transaction(context, TransactionDefinition.PROPAGATION_REQUIRED);
	}

	private static TransactionTemplate transaction(ApplicationContext context, int propagation) {
		TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		template.setPropagationBehavior(propagation);
		return template;
	}

	static class AfterCommit {

		private final Calls calls;

		AfterCommit(Calls calls) {
			this.calls = calls;
		}

		@Work(enqueue = Enqueue.AFTER_COMMIT, queue = "journal")
		void item() {
			this.calls.add("item");
		}

		@Work(enqueue = Enqueue.AFTER_COMMIT, queue = "journal")
		void keyed(String key) {
			this.calls.add(key);
		}

		@DelayedWork(delay = "1h", enqueue = Enqueue.AFTER_COMMIT, queue = "journal")
		void plain() {
			this.calls.add("plain");
		}

		@DelayedWork(delay = "1h", debounce = true, enqueue = Enqueue.AFTER_COMMIT, queue = "journal")
		void debounced() {
			this.calls.add("debounced");
		}

	}

}
