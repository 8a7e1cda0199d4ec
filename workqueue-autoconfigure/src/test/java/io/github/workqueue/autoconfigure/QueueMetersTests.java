package io.github.workqueue.autoconfigure;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.workqueue.WorkListener;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters follow the queues. Story: a destroyed queue kept its meters until one was read,
 * and a new one had none until then.
 */
class QueueMetersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(WorkqueueAutoConfiguration.class, WorkqueueMetricsAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("workqueue.cpus=2", "workqueue.shutdown.drain-timeout=5s")
		.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void aQueueHasItsMetersAsSoonAsItIsThereAndNoneWhenItIsGone() {
		this.runner.run((context) -> {
			List<String> names = names(context, "system_wq");
			assertThat(names).contains("workqueue.depth", "workqueue.queue.duration", "workqueue.work.duration");
			Workqueue late = workqueues(context).alloc("late", 7);
			assertThat(names(context, "late")).isEqualTo(names);
			late.destroy();
			assertThat(names(context, "late")).isEmpty();
		});
	}

	@Test
	void aQueueOfTheConfigurationHasMetersBeforeAnythingIsRead() {
		this.runner.withPropertyValues("workqueue.queues.media.type=unbound")
			.run((context) -> assertThat(names(context, "media")).isEqualTo(names(context, "system_wq")));
	}

	/** Story: what was read a moment before the queue came knew nothing of it. */
	@Test
	void theFirstReadingOfANewQueueIsOfNow() {
		this.runner.run((context) -> {
			for (int i = 1; i < 50; i++) {
				assertThat(gauge(context, "workqueue.depth", "system_wq")).isZero();
				Workqueue late = workqueues(context).alloc("late", i);
				assertThat(gauge(context, "workqueue.max.active", "late")).isEqualTo(i);
				late.destroy();
			}
		});
	}

	@Test
	void aQueueOfAnEarlierOnesNameStartsAtZero() {
		this.runner.run((context) -> {
			Workqueue first = workqueues(context).alloc("late", 1);
			first.queue(workqueues(context).initWork("work", first, (work) -> {
			}));
			first.flush();
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("workqueue.work.duration").tag("name", "late").timer().count()).isOne();
			first.destroy();
			workqueues(context).alloc("late", 1);
			assertThat(registry.get("workqueue.work.duration").tag("name", "late").timer().count()).isZero();
			assertThat(registry.get("workqueue.adds").tag("name", "late").functionCounter().count()).isZero();
		});
	}

	@Test
	void tenThousandQueuesThatComeAndGoLeaveNothing() {
		this.runner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			int before = registry.getMeters().size();
			List<WeakReference<Workqueue>> gone = new ArrayList<>();
			for (int i = 0; i < 10_000; i++) {
				Workqueue queue = workqueues(context).alloc("queue" + i, 1);
				queue.destroy();
				gone.add(new WeakReference<>(queue));
			}
			assertThat(registry.getMeters()).hasSize(before);
			assertThat(workqueues(context).all()).allMatch((queue) -> queue.name().startsWith("system_"));
			Awaitility.await("no queue is held").atMost(PATIENCE).until(() -> {
				System.gc();
				return gone.stream().allMatch((queue) -> queue.refersTo(null));
			});
		});
	}

	@Test
	void noMeterIsLeftWhenThreadsMakeAndDestroyQueuesDuringScrapes() {
		this.runner.withBean(PrometheusMeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
			.run((context) -> {
				PrometheusMeterRegistry prometheus = context.getBean(PrometheusMeterRegistry.class);
				AtomicBoolean stop = new AtomicBoolean();
				List<FutureTask<Void>> scrapes = new ArrayList<>();
				for (int i = 0; i < 2; i++) {
					scrapes.add(async(() -> {
						while (!stop.get()) {
							assertThat(prometheus.scrape()).contains("name=\"system_wq\"");
						}
					}));
				}
				List<FutureTask<Void>> makers = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					makers.add(async(() -> makeAndDestroy(workqueues(context))));
				}
				for (FutureTask<Void> maker : makers) {
					maker.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
				}
				for (String name : List.of("shared", "other")) {
					assertThat(names(context, name)).isEmpty();
					assertThat(prometheus.find("workqueue.depth").tag("name", name).meters()).isEmpty();
				}
				stop.set(true);
				for (FutureTask<Void> scrape : scrapes) {
					scrape.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
				}
				assertThat(prometheus.scrape()).doesNotContain("name=\"shared\"", "name=\"other\"");
			});
	}

	/** Threads get into each other's way: one name, and whoever finds it destroys it. */
	private static void makeAndDestroy(Workqueues workqueues) throws InterruptedException {
		for (int i = 0; i < 300; i++) {
			String name = (i % 3 == 0) ? "other" : "shared";
			try {
				Workqueue queue = workqueues.alloc(name, 1);
				queue.queue(workqueues.initWork("work", queue, (work) -> {
				}));
				queue.destroy();
			}
			catch (IllegalStateException | WorkRejectedException ex) {
				destroy(workqueues, name);
			}
		}
		destroy(workqueues, "shared");
		destroy(workqueues, "other");
	}

	private static void destroy(Workqueues workqueues, String name) throws InterruptedException {
		Workqueue found = workqueues.find(name).orElse(null);
		if (found != null) {
			found.destroy();
		}
	}

	@Test
	void aQueueThatIsGoneBeforeItsComingIsToldHasNoMeters() {
		this.runner.withBean(Destroyer.class).run((context) -> {
			workqueues(context).alloc("late", 1);
			assertThat(workqueues(context).find("late")).isEmpty();
			assertThat(names(context, "late")).isEmpty();
		});
	}

	@Test
	void theCloseOfTheEngineEndsTheMetersOfItsQueues() {
		this.runner.run((context) -> {
			assertThat(names(context, "system_wq")).isNotEmpty();
			context.getBean(WorkqueueEngine.class).close();
			assertThat(names(context, "system_wq")).isEmpty();
		});
	}

	/** It has no listener of ours, so what is read tells. */
	@Test
	void metersOfAnEngineOfTheUsersFollowWhatIsRead() {
		this.runner
			.withBean("own", WorkqueueEngine.class,
					() -> WorkqueueEngine.start(EngineSettings.builder().cpus(1).build()))
			.run((context) -> {
				Workqueue late = workqueues(context).alloc("late", 1);
				gauge(context, "workqueue.depth", "system_wq");
				gauge(context, "workqueue.depth", "system_wq");
				assertThat(names(context, "late")).isEqualTo(names(context, "system_wq"));
				late.destroy();
				gauge(context, "workqueue.depth", "system_wq");
				gauge(context, "workqueue.depth", "system_wq");
				assertThat(names(context, "late")).isEmpty();
			});
	}

	/** Story: workers between two items, and rescuers, were in no state or in no pool. */
	@Test
	void theStatesOfAPoolsWorkersAddUpToTheirNumber() {
		this.runner.run((context) -> {
			Workqueues workqueues = workqueues(context);
			CountDownLatch started = new CountDownLatch(4);
			CountDownLatch end = new CountDownLatch(1);
			Workqueue queue = workqueues.alloc("queue", 8);
			for (int i = 0; i < 4; i++) {
				queue.queueOn(i % 2, workqueues.initWork("work" + i, queue, (work) -> {
					started.countDown();
					end.await();
				}));
			}
			assertThat(started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			WorkqueueInspector inspector = context.getBean(WorkqueueInspector.class);
			Awaitility.await("all sleep and none is made")
				.atMost(PATIENCE)
				.until(() -> workers(context, "blocked") == 4
						&& workers(context, "running") + workers(context, "cpu_intensive") == 0);
			for (WorkerPoolSnapshot pool : inspector.inspectPools()) {
				assertThat(sum(context, pool.id())).as("workers of pool %d", pool.id()).isEqualTo(pool.workers());
			}
			end.countDown();
			queue.flush();
		});
	}

	@Test
	void listenersAreToldOfQueuesThatCameBeforeThem() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.runner.withPropertyValues("workqueue.queues.media.type=unbound")
			.withBean("noting", WorkListener.class, () -> new Noting(seen::add))
			.run((context) -> {
				assertThat(seen).containsExactly("allocated media");
				workqueues(context).alloc("late", 1).destroy();
				assertThat(seen).containsExactly("allocated media", "allocated late", "destroyed late");
			});
		assertThat(seen).contains("destroyed media", "destroyed system_wq").doesNotHaveDuplicates();
	}

	@Test
	void oneBrokenListenerKeepsNothingFromTheOthers() {
		List<String> seen = new CopyOnWriteArrayList<>();
		this.runner.withBean("broken", WorkListener.class, () -> new Noting((event) -> {
			throw new IllegalStateException("expected by the test");
		})).withBean("noting", WorkListener.class, () -> new Noting(seen::add)).run((context) -> {
			workqueues(context).alloc("late", 1).destroy();
			assertThat(seen).containsExactly("allocated late", "destroyed late");
			assertThat(names(context, "late")).isEmpty();
		});
	}

	@Test
	void metersThatAreBoundLateHaveAllQueues() {
		this.runner.run((context) -> {
			workqueues(context).alloc("late", 1);
			SimpleMeterRegistry second = new SimpleMeterRegistry();
			context.getBean(WorkqueueMetrics.class).bindTo(second);
			assertThat(second.find("workqueue.depth").tag("name", "late").gauge()).isNotNull();
		});
	}

	private static Workqueues workqueues(ApplicationContext context) {
		return context.getBean(Workqueues.class);
	}

	/** The meters of a queue in all registries, none of which is read. */
	private static List<String> names(ApplicationContext context, String queue) {
		return context.getBean(SimpleMeterRegistry.class)
			.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> queue.equals(id.getTag("name")))
			.map(Meter.Id::getName)
			.sorted()
			.toList();
	}

	private static double gauge(ApplicationContext context, String name, String queue) {
		return context.getBean(SimpleMeterRegistry.class).get(name).tag("name", queue).gauge().value();
	}

	private static double workers(ApplicationContext context, String state) {
		return context.getBean(SimpleMeterRegistry.class)
			.get("workqueue.pool.workers")
			.tag("state", state)
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum();
	}

	private static double sum(ApplicationContext context, int pool) {
		return context.getBean(SimpleMeterRegistry.class)
			.get("workqueue.pool.workers")
			.tag("pool", Integer.toString(pool))
			.gauges()
			.stream()
			.mapToDouble(Gauge::value)
			.sum();
	}

	private static FutureTask<Void> async(Step body) {
		FutureTask<Void> task = new FutureTask<>(() -> {
			body.run();
			return null;
		});
		Thread thread = new Thread(task, "test");
		thread.setDaemon(true);
		thread.start();
		return task;
	}

	/** What a thread does. */
	private interface Step {

		void run() throws Exception;

	}

	/** Destroys what comes, before the meters are told. */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class Destroyer implements WorkListener {

		@Override
		public void allocated(Workqueue queue) {
			try {
				queue.destroy();
			}
			catch (InterruptedException ex) {
				throw new AssertionError("nobody interrupts this test", ex);
			}
		}

	}

	/** Notes queues that come and go. */
	private static final class Noting implements WorkListener {

		private final Consumer<String> notes;

		private Noting(Consumer<String> notes) {
			this.notes = notes;
		}

		@Override
		public void allocated(Workqueue queue) {
			this.notes.accept("allocated " + queue.name());
		}

		@Override
		public void destroyed(Workqueue queue) {
			this.notes.accept("destroyed " + queue.name());
		}

	}

}
