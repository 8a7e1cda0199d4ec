package io.github.workqueue.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.durable.Databases;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * P13: work that does nothing, kept in PostgreSQL, on a durable queue and on db-scheduler
 * alone, both with ten threads that fetch ten rows at a time; and in an idle application,
 * the time from the call until the handler runs.
 */
public final class DurableMeasurement {

	private static final int WORKS = Effort.of(8_000, 400);

	private static final int CALLS = Effort.of(1_000, 20);

	private static final int ROUNDS = Effort.of(5, 1);

	private static final int THREADS = 10;

	private static final int ARMED = Effort.of(1_000_000, 1_000);

	private static final int IDLE = Effort.of(1_000, 10);

	private static final AtomicInteger handled = new AtomicInteger();

	private static final List<Double> CALLED_OURS = new ArrayList<>();

	private static final List<Double> CALLED_PLAIN = new ArrayList<>();

	/** Of the last round, from the first request to the end of the last run. */
	private static double statements;

	private static volatile long firstAt;

	private static volatile long lastAt;

	private DurableMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		double[] ours = new double[ROUNDS];
		double[] plain = new double[ROUNDS];
		double[] oursStatements = new double[ROUNDS];
		double[] plainStatements = new double[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			ours[i] = workqueue();
			oursStatements[i] = statements;
			plain[i] = plain();
			plainStatements[i] = statements;
		}
		print(WORKS + " stored works that do nothing, per work", "workqueue", Percentiles.median(ours));
		print(WORKS + " stored works that do nothing, per work", "db-scheduler", Percentiles.median(plain));
		String what = "statements per stored work, from its request to its end";
		Sample.of("P13", what, "", "workqueue", Percentiles.median(oursStatements)).print();
		Sample.of("P13", what, "", "db-scheduler", Percentiles.median(plainStatements)).print();
		printLatencies(", idle", "workqueue", CALLED_OURS);
		printLatencies(", idle", "db-scheduler", CALLED_PLAIN);
		printLatencies(" beside " + ARMED + " that are not due", "workqueue", besideArmed());
		printLatencies(" beside " + IDLE + " other works and queues", "workqueue", besideIdle());
	}

	private static void print(String what, String subject, double micros) {
		Sample.of("P13", what, "us", subject, micros).print();
	}

	private static void printLatencies(String when, String subject, List<Double> micros) {
		Percentiles all = new Percentiles(micros.stream().mapToDouble(Double::doubleValue).toArray());
		print("call until the stored work runs" + when + ", p50", subject, all.of(50));
		print("call until the stored work runs" + when + ", p99", subject, all.of(99));
	}

	/** The table is not analyzed by us: the database finds its rows when it likes. */
	private static List<Double> besideArmed() throws InterruptedException {
		try (ConfigurableApplicationContext context = start()) {
			JdbcClient.create(context.getBean(DataSource.class))
				.sql("insert into workqueue_tasks (task_name, task_instance, work, queue, execution_time, picked, version,"
						+ " first_request, request, born) select 'workqueue', '[\"nothing\",' || -n || ']', 'nothing', 'jobs',"
						+ " now() + interval '1 day' + n * interval '1 second', false, n, now(), n, n"
						+ " from generate_series(1, " + ARMED + ") n")
				.update();
			return latencies(context);
		}
	}

	private static List<Double> besideIdle() throws InterruptedException {
		String[] queues = IntStream.range(0, IDLE)
			.mapToObj((i) -> "--workqueue.queues.idle" + i + ".durable=true")
			.toArray(String[]::new);
		try (ConfigurableApplicationContext context = start(queues)) {
			return latencies(context);
		}
	}

	private static List<Double> latencies(ConfigurableApplicationContext context) throws InterruptedException {
		@SuppressWarnings("unchecked")
		KeyedWork<Integer> work = context.getBean("nothing", KeyedWork.class);
		List<Double> micros = new ArrayList<>();
		latency(micros, work::schedule);
		return micros;
	}

	/** Notes that a handler runs. */
	private static void handle() {
		long now = System.nanoTime();
		if (handled.getAndIncrement() == 0) {
			firstAt = now;
		}
		lastAt = now;
	}

	private static double microsPerWork() throws InterruptedException {
		while (handled.get() < WORKS) {
			Thread.sleep(5);
		}
		return (lastAt - firstAt) / 1e3 / (WORKS - 1);
	}

	private static double workqueue() throws Exception {
		handled.set(0);
		try (ConfigurableApplicationContext context = start()) {
			Workqueues workqueues = context.getBean(Workqueues.class);
			@SuppressWarnings("unchecked")
			KeyedWork<Integer> work = context.getBean("nothing", KeyedWork.class);
			StatementCounter counter = (StatementCounter) context.getBean(DataSource.class);
			long before = counter.count();
			workqueues.freeze();
			inTransactions(context, work::schedule);
			workqueues.thaw();
			double micros = microsPerWork();
			workqueues.get("jobs").flush();
			statements = (double) (counter.count() - before) / WORKS;
			latency(CALLED_OURS, (call) -> work.schedule(WORKS + call));
			return micros;
		}
	}

	private static void inTransactions(ConfigurableApplicationContext context, IntConsumer request) {
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		for (int i = 0; i < WORKS; i += 100) {
			int from = i;
			transaction.executeWithoutResult((status) -> {
				for (int j = from; j < from + 100; j++) {
					request.accept(j);
				}
			});
		}
	}

	private static ConfigurableApplicationContext start(String... queues) {
		List<String> arguments = new ArrayList<>(List.of(queues));
		arguments.add("--logging.level.root=error");
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.datasource.url", Databases.POSTGRESQL.url(), "spring.datasource.username",
					"postgres", "spring.datasource.hikari.maximum-pool-size", "20", "spring.autoconfigure.exclude",
					"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
					"workqueue.durable.initialize-schema", "always", "workqueue.queues.jobs.durable", "true",
					"workqueue.queues.jobs.type", "unbound", "workqueue.queues.jobs.max-active", THREADS,
					"workqueue.queues.jobs.freezable", "true"))
			.initializers((context) -> idleHandlers((GenericApplicationContext) context, queues.length))
			.run(arguments.toArray(String[]::new));
	}

	private static void idleHandlers(GenericApplicationContext context, int count) {
		for (int i = 0; i < count; i++) {
			context.registerBean("idle" + i + "Handler", IdleHandler.class);
		}
	}

	private static double plain() throws Exception {
		handled.set(0);
		try (HikariDataSource dataSource = Databases.pool(Databases.POSTGRESQL.url())) {
			create(dataSource);
			StatementCounter counter = new StatementCounter(dataSource);
			OneTimeTask<Void> task = Tasks.oneTime("nothing").execute((instance, context) -> handle());
			Scheduler scheduler = Scheduler.create(counter, task)
				.threads(THREADS)
				.pollUsingLockAndFetch(0.5, 1.0)
				.pollingInterval(Duration.ofSeconds(1))
				.enableImmediateExecution()
				.build();
			scheduler.scheduleBatch(IntStream.range(0, WORKS)
				.<TaskInstance<?>>mapToObj((i) -> task.instance("i" + i))
				.toList(), Instant.now());
			scheduler.start();
			double micros = microsPerWork();
			statements = (double) counter.count() / WORKS;
			latency(CALLED_PLAIN, (call) -> scheduler.schedule(task.instance("l" + call), Instant.now()));
			scheduler.stop();
			return micros;
		}
	}

	/** The table that db-scheduler's documentation asks for. */
	private static void create(DataSource dataSource) {
		JdbcClient client = JdbcClient.create(dataSource);
		List
			.of("create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,"
					+ " execution_time timestamptz not null, picked boolean not null, picked_by text, last_success"
					+ " timestamptz, last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz,"
					+ " version bigint not null, priority smallint, primary key (task_name, task_instance))",
					"create index execution_time_idx on scheduled_tasks (execution_time)",
					"create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)")
			.forEach((sql) -> client.sql(sql).update());
	}

	/** One call after the other, each some time after the last has run. */
	private static void latency(List<Double> micros, IntConsumer call) throws InterruptedException {
		for (int i = 0; i < CALLS; i++) {
			Thread.sleep(2);
			int before = handled.get();
			long start = System.nanoTime();
			call.accept(i);
			while (handled.get() == before) {
				Thread.onSpinWait();
			}
			micros.add((lastAt - start) / 1e3);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handler.class)
	static class Application {

		@Bean
		static BeanPostProcessor counting() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource dataSource) ? new StatementCounter(dataSource) : bean;
				}

			};
		}

	}

	static class IdleHandler {

		@Work(queue = "jobs")
		void nothing(int key) {
			handle();
		}

	}

	static class Handler {

		@Work(name = "nothing", queue = "jobs")
		void nothing(int key) {
			handle();
		}

	}

}
