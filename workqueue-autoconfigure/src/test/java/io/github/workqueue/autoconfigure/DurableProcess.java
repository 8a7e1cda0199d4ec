package io.github.workqueue.autoconfigure;

import java.time.Duration;

import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An instance of an application in a JVM of its own, which writes down its runs.
 */
public final class DurableProcess {

	private DurableProcess() {
	}

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Jobs.class)
	static class Application {

	}

	/** Keeps what each run did, and a state that only the latest run may write. */
	static class Jobs {

		private final ObjectProvider<Workqueues> workqueues;

		private final JdbcClient client;

		private final Duration takes;

		Jobs(ObjectProvider<Workqueues> workqueues, JdbcClient client, @Value("${job.takes}") Duration takes) {
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

}
