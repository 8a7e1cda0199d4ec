package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is left of a context that ends or rests, and whether it can begin again.
 */
class RestartTests {

	private static final long PATIENCE = 20;

	@Test
	void noThreadIsLeftAfterEachOfSeveralRestarts() {
		Set<Thread> before = threads();
		for (int i = 0; i < 3; i++) {
			ConfigurableApplicationContext context = start();
			useEveryKindOfThread(context);
			assertThat(ours(before)).isNotEmpty();
			context.close();
			awaitThat(() -> assertThat(ours(before)).isEmpty());
		}
	}

	@Test
	void noThreadIsLeftAfterAHandlerHasClosedItsContext() {
		Set<Thread> before = threads();
		ConfigurableApplicationContext context = start();
		context.getBean("closing", WorkItem.class).schedule();
		await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> !context.isActive());
		awaitThat(() -> assertThat(ours(before)).isEmpty());
	}

	/** Work that waits behind a busy worker is what the engine opens files for. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aStoppedContextHoldsNoFileAndWorksWhenItIsStartedAgain() throws Exception {
		try (ConfigurableApplicationContext context = start("--workqueue.cpu-intensive-threshold=1h")) {
			Handlers handlers = context.getBean(Handlers.class);
			context.getBean("busy", WorkItem.class).schedule();
			assertThat(handlers.burning.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
			WorkItem behind = context.getBean("behind", WorkItem.class);
			awaitThat(() -> {
				// again, because a worker that the JVM stopped for long may have been
				// replaced
				behind.schedule();
				assertThat(filesOfTasks()).isNotEmpty();
			});
			context.stop();
			awaitThat(() -> assertThat(filesOfTasks()).isEmpty());
			context.getBean("frozen", WorkItem.class).schedule();
			context.start();
			handlers.mayEnd.countDown();
			assertThat(handlers.thawed.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aClosedContextHoldsNoFile() {
		ConfigurableApplicationContext context = start();
		useEveryKindOfThread(context);
		context.close();
		awaitThat(() -> assertThat(filesOfTasks()).isEmpty());
	}

	private static void useEveryKindOfThread(ConfigurableApplicationContext context) {
		Handlers handlers = context.getBean(Handlers.class);
		KeyedWork<Integer> block = WorkqueueRunner.keyed(context, "block");
		List.of(1, 2, 3, 4).forEach(block::schedule);
		context.getBean(Workqueues.class).get("unbound").asExecutor().execute(handlers.mayEnd::countDown);
		await().atMost(PATIENCE, TimeUnit.SECONDS).until(() -> block.size() == 0);
	}

	private static void awaitThat(ThrowingRunnable assertion) {
		await().atMost(PATIENCE, TimeUnit.SECONDS).pollInterval(1, TimeUnit.MILLISECONDS).untilAsserted(assertion);
	}

	/** Threads of the engine that were not there before. */
	private static Set<Thread> ours(Set<Thread> before) {
		Set<Thread> threads = threads();
		threads.removeAll(before);
		threads.removeIf((thread) -> !thread.isAlive() || !thread.getName().startsWith("kwork"));
		return threads;
	}

	private static Set<Thread> threads() {
		return new HashSet<>(Thread.getAllStackTraces().keySet());
	}

	/** The files of this process that tell the state of a thread. */
	private static List<Path> filesOfTasks() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.map(RestartTests::target).filter((target) -> target.toString().contains("/task/")).toList();
		}
	}

	private static Path target(Path link) {
		try {
			return Files.readSymbolicLink(link);
		}
		catch (NoSuchFileException ex) {
			return Path.of("closed meanwhile");
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class, Handlers.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "workqueue.cpus=1",
					"workqueue.queues.unbound.type=unbound", "workqueue.queues.unbound.mem-reclaim=true")
			.registerShutdownHook(false)
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(WorkqueueAutoConfiguration.class)
	static class Application {

	}

	static class Handlers {

		final CountDownLatch started = new CountDownLatch(4);

		final CountDownLatch burning = new CountDownLatch(1);

		final CountDownLatch mayEnd = new CountDownLatch(1);

		final CountDownLatch thawed = new CountDownLatch(1);

		private final ConfigurableApplicationContext context;

		Handlers(ConfigurableApplicationContext context) {
			this.context = context;
		}

		@Work(name = "block")
		void block(Integer key) throws InterruptedException {
			this.started.countDown();
			this.mayEnd.await(PATIENCE, TimeUnit.SECONDS);
		}

		@Work(name = "busy")
		void busy() {
			this.burning.countDown();
			while (this.mayEnd.getCount() > 0) {
				Thread.onSpinWait();
			}
		}

		@Work(name = "behind")
		void behind() {
			this.started.countDown();
		}

		@Work(name = "frozen", queue = "system_freezable_wq")
		void frozen() {
			this.thawed.countDown();
		}

		@Work(name = "closing")
		void closing() {
			this.context.close();
		}

	}

}
