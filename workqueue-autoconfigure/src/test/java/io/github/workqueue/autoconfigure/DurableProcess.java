package io.github.workqueue.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import javax.sql.DataSource;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of an application in a JVM of its own, which writes down its runs. With
 * {@code call.job} it places an order for a job in a transaction; with {@code hot.calls}
 * it changes counters, and asks for copies of them, that often; with
 * {@code later.version} it has one more work. See {@link PausingDataSource} for
 * {@code hold.*}.
 */
public final class DurableProcess {

	private DurableProcess() {
	}

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Jobs.class, Copies.class, LaterJobs.class })
	static class Application {

		@Bean
		@ConditionalOnProperty("hold.statement")
		static BeanPostProcessor holding(Environment environment) {
			PausingDataSource.Moment moment = new PausingDataSource.Moment(
					environment.getRequiredProperty("hold.statement"),
					environment.getRequiredProperty("hold.after", Boolean.class),
					Path.of(environment.getRequiredProperty("hold.file")));
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource dataSource) ? new PausingDataSource(dataSource, moment) : bean;
				}

			};
		}

		@Bean
		@ConditionalOnProperty("call.job")
		ApplicationRunner caller(@Qualifier("job") KeyedWork<Integer> jobs, JdbcClient client,
				PlatformTransactionManager transactions, @Value("${call.job}") int job) {
			return (arguments) -> new TransactionTemplate(transactions).executeWithoutResult((status) -> {
				client.sql("insert into orders (job) values (:job)").param("job", job).update();
				jobs.schedule(job);
			});
		}

		@Bean
		@ConditionalOnProperty("hot.calls")
		ApplicationRunner hotCaller(KeyedWork<Integer> copies, JdbcClient client,
				PlatformTransactionManager transactions, @Value("${hot.calls}") int calls,
				@Value("${hot.keys}") int keys) {
			TransactionTemplate template = new TransactionTemplate(transactions);
			return (arguments) -> {
				for (int call = 0; call < calls; call++) {
					template.executeWithoutResult((status) -> ThreadLocalRandom.current()
						.ints(3, 0, keys)
						.distinct()
						.sorted()
						.forEach((key) -> {
							client.sql("update counters set n = n + 1 where key = :key").param("key", key).update();
							copies.schedule(key);
						}));
				}
				client.sql("insert into done (pid) values (:pid)").param("pid", ProcessHandle.current().pid()).update();
			};
		}

	}

	/** Keeps what each run did, and a state that only the latest run may write. */
	static class Jobs {

		private final ObjectProvider<Workqueues> workqueues;

		private final JdbcClient client;

		private final Duration takes;

		Jobs(ObjectProvider<Workqueues> workqueues, JdbcClient client, @Value("${job.takes:0s}") Duration takes) {
			this.workqueues = workqueues;
			this.client = client;
			this.takes = takes;
		}

		@Work(name = "job", queue = "jobs")
		void run(int job) throws InterruptedException {
			long token = this.workqueues.getObject().fencingToken().orElseThrow();
			write("insert into runs (job, token, pid, started) values (:job, :token, :pid, clock_timestamp())", job,
					token);
			Thread.sleep(this.takes.toMillis());
			write("update runs set ended = clock_timestamp() where job = :job and token = :token and pid = :pid", job,
					token);
			write("insert into states (job, token, pid) values (:job, :token, :pid) on conflict (job) do update"
					+ " set token = :token, pid = :pid where states.token < :token", job, token);
		}

		private void write(String sql, int job, long token) {
			this.client.sql(sql)
				.param("job", job)
				.param("token", token)
				.param("pid", ProcessHandle.current().pid())
				.update();
		}

	}

	/**
	 * Copies counters, by a read and a write apart, so that a run beside another, or one
	 * too few, is seen.
	 */
	static class Copies {

		private final JdbcClient client;

		Copies(JdbcClient client) {
			this.client = client;
		}

		@Work(name = "copies", queue = "jobs")
		void copy(int key) {
			int busy = update("update counters set busy = busy + 1 where key = :key and busy = 0", key);
			int n = this.client.sql("select n from counters where key = :key")
				.param("key", key)
				.query(Integer.class)
				.single();
			update("update counters set copy = " + n + ", busy = 0, doubled = doubled + " + (1 - busy)
					+ ", runs = runs + 1 where key = :key", key);
		}

		private int update(String sql, int key) {
			return this.client.sql(sql).param("key", key).update();
		}

	}

	/** What only a later version of the application has. */
	@ConditionalOnProperty("later.version")
	static class LaterJobs {

		private final JdbcClient client;

		LaterJobs(JdbcClient client) {
			this.client = client;
		}

		@Work(name = "later", queue = "jobs")
		void run(String name) {
			this.client.sql("insert into done (pid) values (:pid)")
				.param("pid", ProcessHandle.current().pid())
				.update();
		}

	}

}
