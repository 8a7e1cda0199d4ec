package io.github.workqueue.readme;

import java.nio.file.Path;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's sample with the configuration that stands below it.
 */
class SearchIndexTests {

	private static final Path FILE = Path.of("a.txt");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkqueueAutoConfiguration.class))
		.withBean(SearchIndex.class)
		.withBean(Watcher.class)
		.withPropertyValues("workqueue.queues.media.type=unbound", "workqueue.queues.media.max-active=4");

	@Test
	void aChangedFileIsIndexedAndCommittedLater() {
		this.runner.run((context) -> {
			DelayedWorkItem commit = context.getBean("commit", DelayedWorkItem.class);
			context.getBean(Watcher.class).changed(FILE);
			assertThat(commit.isPending()).isTrue();
			index(context).flush(FILE);
			assertThat(index(context).isPending(FILE)).isFalse();
			assertThat(commit.flush()).isTrue();
			assertThat(commit.isPending()).isFalse();
		});
	}

	@SuppressWarnings("unchecked")
	private static KeyedWork<Path> index(ApplicationContext context) {
		return context.getBean("index", KeyedWork.class);
	}

}
