package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkFailure;
import io.github.workqueue.WorkFailureHandler;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueDeadlockException;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.durable.Databases;
import io.github.workqueue.durable.DurableRequest;
import io.github.workqueue.durable.DurableRequest.Kind;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.durable.WorkId;
import io.github.workqueue.snapshot.DurableSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Durable queues as applications see them: one instance, and two over one database.
 */
@ParameterizedClass
@MethodSource("io.github.workqueue.durable.Databases#all")
class DurableQueueTests {

	private static final int KEYS = 20;

	/**
	 * Plain JDBC transactions, which have savepoints; all others here are those of JPA.
	 */
	private static final String WITHOUT_JPA = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration";

	private final DurableInstances instances;

	DurableQueueTests(Databases database) {
		this.instances = new DurableInstances(database, Application.class);
	}

	@AfterEach
	void close() {
		Mails.gate.countDown();
		this.instances.close();
		Mails.gate = new CountDownLatch(0);
	}

	private static KeyedWork<Mail> mails(ConfigurableApplicationContext context) {
		return WorkqueueRunner.keyed(context, "mail");
	}

	private static Mails handler(ConfigurableApplicationContext context) {
		return context.getBean(Mails.class);
	}

	private void awaitIdle() {
		await().atMost(Duration.ofSeconds(20)).until(this.instances::rows, (rows) -> rows == 0);
	}

	@Test
	void runsWhatIsRequestedAndLeavesNothing() {
		ConfigurableApplicationContext context = this.instances.start();
		assertThat(mails(context).schedule(new Mail(1, "a"))).isTrue();
		assertThat(context.getBean("tick", WorkItem.class).schedule()).isTrue();
		awaitIdle();
		assertThat(handler(context).sent).containsExactly(new Mail(1, "a"));
		assertThat(handler(context).ticks).hasValue(1);
	}

	@Test
	void joinsTheTransactionOfTheCaller() {
		ConfigurableApplicationContext context = this.instances.start();
		TransactionTemplate transaction = DurableInstances.transaction(context);
		transaction.executeWithoutResult((status) -> {
			assertThat(mails(context).schedule(new Mail(1, "rolled back"))).isTrue();
			status.setRollbackOnly();
		});
		transaction.executeWithoutResult((status) -> {
			assertThat(mails(context).schedule(new Mail(2, "first"))).isTrue();
			assertThat(mails(context).schedule(new Mail(2, "first"))).isFalse();
			assertThat(mails(context).modify(new Mail(2, "first"), Duration.ZERO)).isFalse();
			assertThat(this.instances.rows()).isZero();
		});
		awaitIdle();
		assertThat(handler(context).sent).containsExactly(new Mail(2, "first"));
	}

	/**
	 * Story of a request that waited for the next poll: a look came before its commit.
	 */
	@Test
	void aNotedRequestIsServedRightAfterItsCommit() {
		ConfigurableApplicationContext context = this.instances.start("workqueue.durable.poll-interval=1h",
				WITHOUT_JPA);
		TransactionTemplate transaction = DurableInstances.transaction(context);
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		transaction.executeWithoutResult((status) -> {
			mails(context).schedule(new Mail(1, "a"));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCompletion() {
					inBackground(() -> context.getBean("tick", WorkItem.class).schedule());
					await().until(() -> handler(context).ticks.get() == 1);
				}

			});
		});
		awaitIdle();
		assertThat(handler(context).sent).containsExactly(new Mail(1, "a"));
	}

	@Test
	void forgetsWhatWasRequestedAfterASavepoint() {
		ConfigurableApplicationContext context = this.instances.start(WITHOUT_JPA);
		DurableInstances.transaction(context).executeWithoutResult((status) -> {
			mails(context).schedule(new Mail(1, "kept"));
			Object savepoint = status.createSavepoint();
			mails(context).schedule(new Mail(2, "dropped"));
			status.rollbackToSavepoint(savepoint);
		});
		awaitIdle();
		assertThat(handler(context).sent).containsExactly(new Mail(1, "kept"));
	}

	@Test
	void strictTransactionsAreServedThroughTheIntake() {
		ConfigurableApplicationContext context = this.instances.start();
		TransactionTemplate transaction = DurableInstances.transaction(context);
		transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
		transaction.executeWithoutResult((status) -> mails(context).schedule(new Mail(1, "strict")));
		await().until(() -> handler(context).sent.size() == 1);
		awaitIdle();
	}

	@Test
	void refusesAReadOnlyTransaction() {
		ConfigurableApplicationContext context = this.instances.start();
		TransactionTemplate transaction = DurableInstances.transaction(context);
		transaction.setReadOnly(true);
		assertThatIllegalStateException()
			.isThrownBy(() -> transaction.executeWithoutResult((status) -> mails(context).schedule(new Mail(1, "a"))))
			.withMessageContaining("mail");
	}

	@Test
	void aKeyMustFitIntoTheTable() {
		ConfigurableApplicationContext context = this.instances.start();
		assertThatIllegalArgumentException().isThrownBy(() -> mails(context).schedule(new Mail(1, "x".repeat(500))))
			.withMessageContaining("mail");
	}

	@Test
	void runsOnceMoreIfRequestedWhileItRuns() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext first = this.instances.start();
		ConfigurableApplicationContext second = this.instances.start();
		Mail mail = new Mail(1, "a");
		mails(first).schedule(mail);
		await().until(() -> sent(first, second) == 1);
		assertThat(mails(second).isRunning(mail)).isTrue();
		assertThat(mails(second).isPending(mail)).isFalse();
		assertThat(mails(second).schedule(mail)).isTrue();
		assertThat(mails(first).schedule(mail)).isFalse();
		assertThat(mails(first).isPending(mail)).isTrue();
		assertThat(mails(first).size()).isEqualTo(1);
		Mails.gate.countDown();
		awaitIdle();
		assertThat(sent(first, second)).isEqualTo(2);
	}

	private static int sent(ConfigurableApplicationContext... contexts) {
		return Arrays.stream(contexts).mapToInt((context) -> handler(context).sent.size()).sum();
	}

	@Test
	void flushAndCancelSyncWaitForOtherInstances() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext first = this.instances.start();
		ConfigurableApplicationContext second = this.instances.start("workqueue.queues.mails.max-active=1");
		Mail mail = new Mail(1, "a");
		mails(first).schedule(mail);
		await().until(() -> sent(first, second) == 1);
		CompletableFuture<Boolean> flush = inBackground(() -> mails(second).flush(mail));
		CompletableFuture<Boolean> cancel = inBackground(() -> mails(first).cancelSync(mail));
		await().until(() -> !mails(second).schedule(mail));
		assertThat(flush).isNotDone();
		assertThat(cancel).isNotDone();
		Mails.gate.countDown();
		assertThat(flush.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(cancel.get(20, TimeUnit.SECONDS)).isFalse();
		assertThat(mails(first).flush(mail)).isFalse();
		assertThat(this.instances.rows()).isZero();
	}

	/** What is due later, or cannot be run, is not waited for. */
	@Test
	void aQueueIsFlushedOnAllInstances() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext first = this.instances.start();
		ConfigurableApplicationContext second = this.instances.start();
		Workqueue queue = second.getBean(Workqueues.class).get("mails");
		second.getBean("report", WorkItem.class).schedule();
		second.getBean(DurableWorks.class)
			.request(new DurableRequest(new WorkId("gone", null), "mails", Kind.SCHEDULE, Duration.ZERO, null, null));
		assertThat(queue.flush(Duration.ofSeconds(20))).isTrue();
		mails(first).schedule(new Mail(1, "a"));
		await().until(() -> sent(first, second) == 1);
		CompletableFuture<Boolean> flush = inBackground(() -> queue.flush(Duration.ofSeconds(20)));
		assertThat(queue.flush(Duration.ofMillis(1))).isFalse();
		assertThat(flush).isNotDone();
		Mails.gate.countDown();
		assertThat(flush.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(mails(second).isRunning(new Mail(1, "a"))).isFalse();
	}

	/** Story of work that was kept in memory only, on the queue that was to keep it. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingComesOntoADurableQueueInMemory(boolean bean) {
		ConfigurableApplicationContext context = this.instances.start();
		Workqueues workqueues = context.getBean(Workqueues.class);
		Workqueue queue = bean ? context.getBean("mails", Workqueue.class) : workqueues.get("mails");
		WorkItem plain = workqueues.initWork("plain", (WorkHandler) WorkItem::name);
		plain.disable();
		for (ThrowingCallable call : List.<ThrowingCallable>of(
				() -> workqueues.initWork("plain", queue, (WorkHandler) WorkItem::name),
				() -> workqueues.initKeyedWork("plain", queue, (key) -> {
				}), () -> queue.queue(plain), () -> plain.enableAndQueue(queue))) {
			assertThatIllegalArgumentException().isThrownBy(call)
				.withMessageContainingAll("'plain'", "'mails'", "@Work");
		}
		assertThat(workqueues.all()).contains(workqueues.get("mails"));
	}

	private static CompletableFuture<Boolean> inBackground(Callable<Boolean> call) {
		CompletableFuture<Boolean> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(call.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	@Test
	void delaysAreMovedFlushedAndCancelled() throws Exception {
		ConfigurableApplicationContext context = this.instances.start();
		DelayedWorkItem report = context.getBean("report", DelayedWorkItem.class);
		assertThat(report.schedule()).isTrue();
		assertThat(report.schedule(Duration.ZERO)).isFalse();
		assertThat(report.isPending()).isTrue();
		assertThat(report.cancel()).isTrue();
		assertThat(report.cancel()).isFalse();
		assertThat(report.modify(Duration.ofHours(1))).isFalse();
		assertThat(report.modify(Duration.ofHours(2))).isTrue();
		assertThat(report.flush()).isTrue();
		assertThat(handler(context).reports).hasValue(1);
		assertThat(report.debounce(Duration.ofHours(1), Duration.ZERO)).isTrue();
		awaitIdle();
		assertThat(handler(context).reports).hasValue(2);
	}

	@Test
	void aRunThatIsArmedHereStartsWhenItIsDue() {
		ConfigurableApplicationContext context = this.instances.start("workqueue.durable.poll-interval=1h");
		context.getBean("report", DelayedWorkItem.class).schedule(Duration.ofMillis(50));
		await().until(() -> handler(context).reports.get() == 1);
	}

	@Test
	void theLatestArgumentOfAKeyIsHandled() {
		ConfigurableApplicationContext context = this.instances.start();
		KeyedWork<Mail> latest = WorkqueueRunner.keyed(context, "latest");
		DurableInstances.transaction(context).executeWithoutResult((status) -> {
			latest.schedule(new Mail(7, "old"));
			latest.schedule(new Mail(7, "new"));
		});
		awaitIdle();
		assertThat(handler(context).latest).containsExactly(new Mail(7, "new"));
	}

	@Test
	void retriesAreCountedInTheTable() {
		ConfigurableApplicationContext context = this.instances.start();
		context.getBean("flaky", WorkItem.class).schedule();
		awaitIdle();
		assertThat(handler(context).attempts).hasValue(3);
	}

	@Test
	void anInstanceThatCannotReadAWorkRunsTheOthers() {
		ConfigurableApplicationContext context = this.instances.start();
		DurableWorks works = context.getBean(DurableWorks.class);
		DurableInstances.transaction(context).executeWithoutResult((status) -> {
			for (int i = 0; i < 600; i++) {
				works.request(new DurableRequest(works.id("mail", "no mail " + i), "mails", Kind.SCHEDULE,
						Duration.ZERO, null, null));
			}
		});
		context.getBean("tick", WorkItem.class).schedule();
		await().atMost(Duration.ofSeconds(20)).until(() -> handler(context).ticks.get() == 1);
		WorkqueueInspector inspector = context.getBean(WorkqueueInspector.class);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> inspector.inspectWorkqueue("mails")
				.orElseThrow()
				.stored()
				.equals(new DurableSnapshot(0, 0, 600)));
		assertThat(this.instances.rows()).isEqualTo(600);
		assertThat(handler(context).sent).isEmpty();
	}

	/** Story of a failure that nobody heard of, since its next attempt was cancelled. */
	@Test
	void aFailureIsToldIfItsRunIsCancelledMeanwhile() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext context = this.instances.start();
		WorkItem stubborn = context.getBean("stubborn", WorkItem.class);
		stubborn.schedule();
		await().until(() -> handler(context).attempts.get() == 1);
		CompletableFuture<Boolean> cancel = inBackground(stubborn::cancelSync);
		await().until(() -> !stubborn.schedule() && !stubborn.isPending());
		Mails.gate.countDown();
		cancel.get(20, TimeUnit.SECONDS);
		await().until(() -> !handler(context).failures.isEmpty());
		assertThat(handler(context).failures).containsExactly("stubborn 1");
		assertThat(this.instances.rows()).isZero();
	}

	@Test
	void batchesEndTogether() {
		ConfigurableApplicationContext context = this.instances.start();
		KeyedWork<Integer> batch = WorkqueueRunner.keyed(context, "batch");
		DurableInstances.transaction(context)
			.executeWithoutResult((status) -> List.of(1, 2, 3, 4, 5).forEach(batch::schedule));
		awaitIdle();
		assertThat(handler(context).batches).allSatisfy((keys) -> assertThat(keys).hasSizeBetween(1, 3));
		assertThat(handler(context).batches.stream().flatMap(List::stream)).contains(1, 2, 3, 4, 5);
		assertThat(handler(context).failedBatches).hasValue(1);
	}

	/** As if the instance had been paused until the others gave it up. */
	@Test
	void aRunThatIsTakenForDeadIsDoneAgainAndItsEndChangesNothing() {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext paused = this.instances.start();
		Mail mail = new Mail(1, "a");
		mails(paused).schedule(mail);
		await().until(() -> handler(paused).sent.size() == 1);
		ConfigurableApplicationContext other = this.instances.start("workqueue.durable.heartbeat-interval=100ms",
				"workqueue.durable.missed-heartbeats=600");
		this.instances.client()
			.sql("update workqueue_tasks_lease set beat = beat - interval '1' hour where name = (select picked_by from"
					+ " workqueue_tasks)")
			.update();
		await().until(() -> sent(paused, other) == 2);
		long first = handler(paused).tokens.get(0);
		assertThat(List.of(handler(paused).tokens, handler(other).tokens)).anySatisfy(
				(tokens) -> assertThat(tokens).last().satisfies((token) -> assertThat(token).isGreaterThan(first)));
		assertThat(mails(other).schedule(mail)).isTrue();
		Mails.gate.countDown();
		awaitIdle();
		assertThat(sent(paused, other)).isEqualTo(3);
	}

	@Test
	void whatHasNoStoredNameIsRefused() {
		ConfigurableApplicationContext context = this.instances.start();
		Workqueue queue = context.getBean("mails", Workqueue.class);
		Workqueues workqueues = context.getBean(Workqueues.class);
		WorkItem other = workqueues.initWork("other", (work) -> {
		});
		WorkItem tick = context.getBean("tick", WorkItem.class);
		assertThatIllegalArgumentException().isThrownBy(() -> queue.queue(other))
			.withMessageContaining("'other'")
			.withMessageContaining("'mails'");
		assertThatIllegalArgumentException().isThrownBy(() -> workqueues.initWork("late", queue, (work) -> {
		})).withMessageContaining("'mails'");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> queue.asExecutor().execute(() -> {
			}))
			.withMessageContaining("'mails'");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> queue.queueOn(0, tick));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(tick::disable)
			.withMessageContaining("'tick'")
			.withMessageContaining("'mails'");
		assertThat(context.containsBean("mails.executor")).isFalse();
		assertThat(queue.queue(tick)).isTrue();
		awaitIdle();
		assertThat(handler(context).ticks).hasValue(1);
	}

	@Test
	void aHandlerCannotWaitForItself() {
		ConfigurableApplicationContext context = this.instances.start();
		context.getBean("selfish", WorkItem.class).schedule();
		awaitIdle();
		assertThat(handler(context).deadlocks).hasValue(2);
	}

	@Test
	void handlersAreThereInALazyContext() {
		ConfigurableApplicationContext first = this.instances.start("workqueue.durable.poll-interval=1h");
		mails(first).schedule(new Mail(1, "a"), Duration.ofHours(1));
		first.close();
		ConfigurableApplicationContext lazy = this.instances.start("spring.main.lazy-initialization=true");
		this.instances.client()
			.sql("update workqueue_tasks set execution_time = execution_time - interval '2' hour")
			.update();
		awaitIdle();
		assertThat(handler(lazy).sent).containsExactly(new Mail(1, "a"));
	}

	@Test
	void worksOfTheSnapshotAreThoseThatRunHere() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext context = this.instances.start();
		mails(context).schedule(new Mail(1, "a"));
		await().until(() -> handler(context).sent.size() == 1);
		assertThat(context.getBean(WorkqueueInspector.class).inspectWorks("mails", 10)).singleElement()
			.satisfies((work) -> assertThat(work.work()).isEqualTo("mail"))
			.satisfies((work) -> assertThat(work.key()).isEqualTo(new Mail(1, "a")));
	}

	@Test
	void laterRunsHaveGreaterTokens() {
		ConfigurableApplicationContext context = this.instances.start();
		for (int run = 1; run <= 3; run++) {
			mails(context).schedule(new Mail(1, "a"));
			awaitIdle();
			assertThat(handler(context).tokens).hasSize(run).isSorted().doesNotHaveDuplicates();
		}
		assertThat(context.getBean(Workqueues.class).fencingToken()).isEqualTo(OptionalLong.empty());
	}

	@Test
	void aCloseLetsRunsFinishAndLeavesTheRest() throws Exception {
		Mails.gate = new CountDownLatch(1);
		ConfigurableApplicationContext first = this.instances.start("workqueue.queues.mails.max-active=1");
		Mails closing = handler(first);
		mails(first).schedule(new Mail(1, "running"));
		await().until(() -> closing.sent.size() == 1);
		mails(first).schedule(new Mail(2, "waiting"));
		CompletableFuture<Boolean> close = inBackground(() -> {
			first.close();
			return true;
		});
		await().until(first::isClosed);
		ConfigurableApplicationContext second = this.instances.start();
		await().until(() -> handler(second).sent.size() == 1);
		Mails.gate.countDown();
		assertThat(close.get(30, TimeUnit.SECONDS)).isTrue();
		awaitIdle();
		assertThat(closing.sent).containsExactly(new Mail(1, "running"));
		assertThat(handler(second).sent).containsExactly(new Mail(2, "waiting"));
	}

	@Test
	void rowsOfUnknownWorksAndUnreadableKeysAreLeftToOthers() {
		ConfigurableApplicationContext context = this.instances.start();
		insert("[\"gone\"]", "gone");
		insert("[\"mail\",{\"id\":\"no number\",\"text\":\"a\"}]", "mail");
		mails(context).schedule(new Mail(1, "a"));
		await().until(() -> handler(context).sent.size() == 1);
		mails(context).schedule(new Mail(2, "b"));
		await().until(() -> handler(context).sent.size() == 2);
		await().until(this.instances::rows, (rows) -> rows == 2);
		assertThat(this.instances.client()
			.sql("select count(*) from workqueue_tasks where not picked")
			.query(Long.class)
			.single()).isEqualTo(2);
	}

	private void insert(String id, String work) {
		this.instances.client()
			.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time, picked, version,"
					+ " first_request, request, born) values ('workqueue', :id, :work, 'mails', current_timestamp,"
					+ " false, 1, current_timestamp, 1, 1)")
			.params(Map.of("id", id, "work", work))
			.update();
	}

	/** A caller's change that no run has seen would be a lost request. */
	@Test
	void twentyHotKeysNeverOverlapAndLoseNothing() throws Exception {
		this.instances.client().sql("create table counters (id int primary key, n int not null)").update();
		for (int key = 0; key < KEYS; key++) {
			this.instances.client().sql("insert into counters values (:id, 0)").param("id", key).update();
		}
		Counters.SEEN.clear();
		List<ConfigurableApplicationContext> both = List.of(this.instances.start(), this.instances.start());
		List<CompletableFuture<Boolean>> callers = new ArrayList<>();
		for (int caller = 0; caller < 6; caller++) {
			ConfigurableApplicationContext context = both.get(caller % 2);
			callers.add(inBackground(() -> {
				for (int round = 0; round < 100; round++) {
					increment(context, round % KEYS, (7 * round + 3) % KEYS);
				}
				return true;
			}));
		}
		for (CompletableFuture<Boolean> caller : callers) {
			assertThat(caller.get(60, TimeUnit.SECONDS)).isTrue();
		}
		awaitIdle();
		assertThat(Counters.OVERLAPS).hasValue(0);
		this.instances.client()
			.sql("select id, n from counters where n > 0")
			.query((row, number) -> Map.entry(row.getInt("id"), row.getInt("n")))
			.list()
			.forEach((counter) -> assertThat(Counters.SEEN).contains(counter));
	}

	private static void increment(ConfigurableApplicationContext context, int first, int second) {
		KeyedWork<Integer> hot = WorkqueueRunner.keyed(context, "hot");
		DurableInstances.transaction(context).executeWithoutResult((status) -> {
			for (int key : new TreeSet<>(List.of(first, second))) {
				context.getBean(JdbcClient.class)
					.sql("update counters set n = n + 1 where id = :id")
					.param("id", key)
					.update();
			}
			hot.schedule(second);
			hot.schedule(first);
		});
	}

	/** What the runs of hot keys saw, on all instances. */
	private static final class Counters {

		static final Map<Integer, Integer> SEEN = new ConcurrentHashMap<>();

		static final AtomicInteger OVERLAPS = new AtomicInteger();

		private static final Map<Integer, AtomicInteger> RUNNING = new ConcurrentHashMap<>();

		static void run(int key, JdbcClient client) {
			AtomicInteger running = RUNNING.computeIfAbsent(key, (absent) -> new AtomicInteger());
			OVERLAPS.addAndGet((running.incrementAndGet() > 1) ? 1 : 0);
			SEEN.put(key,
					client.sql("select n from counters where id = :id").param("id", key).query(Integer.class).single());
			running.decrementAndGet();
		}

	}

	record Mail(int id, String text) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Mails.class)
	static class Application {

	}

	static class Mails implements WorkFailureHandler {

		static volatile CountDownLatch gate = new CountDownLatch(0);

		final List<Mail> sent = new CopyOnWriteArrayList<>();

		final List<Mail> latest = new CopyOnWriteArrayList<>();

		final List<Long> tokens = new CopyOnWriteArrayList<>();

		final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

		final AtomicInteger failedBatches = new AtomicInteger();

		final AtomicInteger deadlocks = new AtomicInteger();

		final AtomicInteger ticks = new AtomicInteger();

		final AtomicInteger reports = new AtomicInteger();

		final AtomicInteger attempts = new AtomicInteger();

		final List<String> failures = new CopyOnWriteArrayList<>();

		private final ObjectProvider<Workqueues> workqueues;

		private final JdbcClient client;

		Mails(ObjectProvider<Workqueues> workqueues, JdbcClient client) {
			this.workqueues = workqueues;
			this.client = client;
		}

		@Work(name = "mail", queue = "mails")
		void send(Mail mail) throws InterruptedException {
			this.tokens.add(this.workqueues.getObject().fencingToken().orElseThrow());
			this.sent.add(mail);
			gate.await();
		}

		@Work(name = "latest", queue = "mails", key = "#mail.id")
		void latest(Mail mail) {
			this.latest.add(mail);
		}

		@Work(name = "tick", queue = "mails")
		void tick() {
			this.ticks.incrementAndGet();
		}

		@DelayedWork(name = "report", queue = "mails", delay = "1h")
		void report() {
			this.reports.incrementAndGet();
		}

		@Work(name = "flaky", queue = "mails", maxAttempts = "3", backoff = "10ms")
		void flaky() {
			if (this.attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
		}

		@Override
		public void onFailure(WorkFailure failure) {
			this.failures.add(failure.work() + " " + failure.attempts());
		}

		@Work(name = "stubborn", queue = "mails", maxAttempts = "3", backoff = "1h")
		void stubborn() throws InterruptedException {
			this.attempts.incrementAndGet();
			gate.await();
			throw new IllegalStateException("as planned");
		}

		@Work(name = "batch", queue = "mails", batchSize = 3, maxAttempts = "2", backoff = "1ms")
		void batch(List<Integer> keys) {
			this.batches.add(List.copyOf(keys));
			if (this.failedBatches.compareAndSet(0, 1)) {
				throw new IllegalStateException("once");
			}
		}

		@Work(name = "selfish", queue = "mails")
		void selfish(WorkItem self) {
			for (ThrowingCallable wait : List.<ThrowingCallable>of(self::flush, self::cancelSync)) {
				assertThatExceptionOfType(WorkqueueDeadlockException.class).isThrownBy(wait);
				this.deadlocks.incrementAndGet();
			}
		}

		@Work(name = "hot", queue = "mails")
		void hot(Integer key) {
			Counters.run(key, this.client);
		}

	}

}
