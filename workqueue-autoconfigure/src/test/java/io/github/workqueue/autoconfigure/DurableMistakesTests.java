package io.github.workqueue.autoconfigure;

import java.util.List;

import io.github.workqueue.durable.Databases;
import io.github.workqueue.spring.WorkqueueMistakesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a durable queue needs, and what is said where it is missing.
 */
@ExtendWith(OutputCaptureExtension.class)
class DurableMistakesTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.transactional()
		.withConfiguration(AutoConfigurations.of(WorkqueueDurableAutoConfiguration.class));

	@Test
	void areReportedTogether(CapturedOutput output) {
		assertThat(MistakeReports.report(output, "durable.yml"))
			.isEqualTo(MistakeReports.expected("mistakes-durable.txt"));
	}

	@Test
	void eachModuleThatIsMissing() {
		for (String type : List.of("com.github.kagkarlsson.scheduler", "tools.jackson",
				"org.springframework.jdbc.core")) {
			this.runner.withPropertyValues("workqueue.queues.mails.durable=true")
				.withClassLoader(new FilteredClassLoader(type))
				.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(WorkqueueMistakesException.class)
					.hasMessageContaining("Queue 'mails'")
					.hasMessageContaining("is not on the class path"));
		}
	}

	@Test
	void tablesThatAreMissing() {
		this.runner
			.withPropertyValues("workqueue.queues.mails.durable=true", "workqueue.durable.initialize-schema=never")
			.run((context) -> assertThat(context.getStartupFailure()).hasStackTraceContaining("Queue 'mails'")
				.hasStackTraceContaining("no table 'workqueue_tasks'"));
	}

	@Test
	void anEmbeddedDatabaseIsInitialized() {
		this.runner.withPropertyValues("workqueue.queues.mails.durable=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aServerIsNotInitializedUnlessAskedTo() {
		ApplicationContextRunner postgres = this.runner.withPropertyValues("workqueue.queues.mails.durable=true",
				"spring.datasource.url=" + Databases.POSTGRESQL.url(), "spring.datasource.username=postgres");
		postgres.run((context) -> assertThat(context).hasFailed());
		postgres.withPropertyValues("workqueue.durable.initialize-schema=always")
			.run((context) -> assertThat(context).hasNotFailed());
		postgres.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void nothingIsMadeWithoutADurableQueue() {
		this.runner.withPropertyValues("workqueue.queues.mails.durable=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WorkqueueDurableAutoConfiguration.class)
				.doesNotHaveBean(DurableWorksBackend.class));
	}

}
