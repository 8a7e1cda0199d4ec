package io.github.workqueue.benchmark;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.annotation.Work;
import io.github.workqueue.durable.Databases;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A durable queue under a steady load, beside a transaction that reads all the while and
 * so keeps PostgreSQL from removing dead rows. Prints a line a minute, in which nothing
 * may grow but what the reader holds. Options: {@code soak.duration} (PT30M),
 * {@code soak.rate} (500 works a second), {@code soak.reader} (true).
 */
public final class DurableSoak {

	private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT30M"));

	private static final int RATE = Integer.getInteger("soak.rate", 500);

	private static final boolean READER = Boolean.parseBoolean(System.getProperty("soak.reader", "true"));

	private static final Duration LINE = Duration.ofSeconds(Math.min(60, DURATION.toSeconds() / 6));


	private static final Queue<Double> latencies = new ConcurrentLinkedQueue<>();

	private DurableSoak() {
	}

	public static void main(String[] arguments) throws Exception {
		String url = Databases.POSTGRESQL.url();
		try (ConfigurableApplicationContext context = start(url);
				HikariDataSource dataSource = Databases.pool(url);
				Connection reader = dataSource.getConnection()) {
			if (READER) {
				read(reader);
			}
			System.out.println("| minute | works/s | p50 ms | p99 ms | rows | table | indexes | dead rows |");
			System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|");
			long start = System.nanoTime();
			Thread caller = new Thread(() -> call(context, start), "caller");
			caller.start();
			while (caller.isAlive()) {
				caller.join(LINE.toMillis());
				print(JdbcClient.create(dataSource), System.nanoTime() - start);
			}
		}
	}

	private static ConfigurableApplicationContext start(String url) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.datasource.url", url, "spring.datasource.username", "postgres",
					"spring.autoconfigure.exclude",
					"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
					"workqueue.durable.initialize-schema", "always", "workqueue.queues.jobs.durable", "true",
					"workqueue.queues.jobs.type", "unbound", "workqueue.queues.jobs.max-active", "8"))
			.run("--logging.level.root=error");
	}

	private static void read(Connection reader) throws Exception {
		reader.setAutoCommit(false);
		reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		reader.createStatement().executeQuery("select count(*) from workqueue_tasks");
	}

	/** Asks at a steady rate, whether or not the works can follow. */
	private static void call(ConfigurableApplicationContext context, long start) {
		@SuppressWarnings("unchecked")
		KeyedWork<Long> work = context.getBean("timed", KeyedWork.class);
		long pause = Duration.ofSeconds(1).toNanos() / RATE;
		for (long next = start; next - start < DURATION.toNanos(); next += pause) {
			for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			work.schedule(System.nanoTime());
		}
	}

	private static void print(JdbcClient client, long elapsed) {
		double[] minute = latencies.stream().mapToDouble(Double::doubleValue).toArray();
		latencies.clear();
		if (minute.length == 0) {
			return;
		}
		Percentiles waits = new Percentiles(minute);
		System.out.printf("| %.1f | %,d | %.1f | %.1f | %s |%n", elapsed / 6e10, minute.length / LINE.toSeconds(),
				waits.of(50), waits.of(99),
				client.sql("select concat_ws(' | ', (select count(*) from workqueue_tasks),"
						+ " pg_size_pretty(pg_table_size('workqueue_tasks')),"
						+ " pg_size_pretty(pg_indexes_size('workqueue_tasks')), (select n_dead_tup from"
						+ " pg_stat_user_tables where relname = 'workqueue_tasks'))")
					.query(String.class)
					.single());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Handler.class)
	static class Application {

	}

	static class Handler {

		@Work(name = "timed", queue = "jobs")
		void run(long calledAt) {
			latencies.add((System.nanoTime() - calledAt) / 1e6);
		}

	}

}
