package io.github.workqueue.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The sample without workqueues: an executor for each kind of work, timers by hand. No
 * {@code Configuration}, so that the sample's own scan passes it by.
 */
@EnableAsync
class AsyncVariant {

	/** As many files at once as in the sample. */
	private static final int INDEXING = 4;

	@Bean
	AsyncWorks works(ObjectProvider<Indexer> indexer, ObjectProvider<IndexUpkeep> upkeep) {
		return new AsyncWorks(indexer, upkeep);
	}

	@Bean
	KeyedWork<Path> index(AsyncWorks works, @Value("${load.once:false}") boolean once) {
		OnlyKeyed<Path> index = (path) -> {
			boolean wanted = !once || works.isNew(path);
			if (wanted) {
				unchecked(() -> works.index(path));
			}
			return wanted;
		};
		return index;
	}

	@Bean
	KeyedWork<Path> remove(AsyncWorks works) {
		OnlyKeyed<Path> remove = (path) -> unchecked(() -> works.remove(path));
		return remove;
	}

	@Bean
	WorkItem merge(AsyncWorks works) {
		OnlyScheduled merge = () -> unchecked(works::merge);
		return merge;
	}

	@Bean
	DelayedWorkItem commit(TaskScheduler timers, ObjectProvider<IndexUpkeep> upkeep) {
		return new Debouncer(timers, (self) -> upkeep.getObject().commit(), Duration.ofMillis(200),
				Duration.ofSeconds(2));
	}

	@Bean
	DelayedWorkItem rescan(TaskScheduler timers, ObjectProvider<Rescanner> rescanner, SampleProperties properties) {
		return new Debouncer(timers, (self) -> rescanner.getObject().rescan(self), properties.rescan(),
				properties.rescan());
	}

	@Bean
	ChangeJournal changeJournal(WorkDirectory workDirectory, Executor journal) {
		return new ChangeJournal(workDirectory.journal(), journal, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnThreading(Threading.PLATFORM)
	ThreadPoolTaskExecutor indexing() {
		return pool(INDEXING);
	}

	/** A thread per file; those that are too many wait. */
	@Bean("indexing")
	@ConditionalOnThreading(Threading.VIRTUAL)
	SimpleAsyncTaskExecutor indexingOnVirtualThreads() {
		Semaphore permits = new Semaphore(INDEXING);
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("indexing-");
		executor.setVirtualThreads(true);
		executor.setTaskDecorator((task) -> () -> {
			permits.acquireUninterruptibly();
			try {
				task.run();
			}
			finally {
				permits.release();
			}
		});
		return executor;
	}

	@Bean
	ThreadPoolTaskExecutor removing() {
		return pool(1);
	}

	@Bean
	ThreadPoolTaskExecutor merging() {
		return pool(1);
	}

	@Bean
	ThreadPoolTaskExecutor journal() {
		return pool(1);
	}

	private static ThreadPoolTaskExecutor pool(int threads) {
		ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
		pool.setCorePoolSize(threads);
		pool.setMaxPoolSize(threads);
		return pool;
	}

	@Bean
	ThreadPoolTaskScheduler timers() {
		ThreadPoolTaskScheduler timers = new ThreadPoolTaskScheduler();
		timers.setPoolSize(2);
		timers.setRemoveOnCancelPolicy(true);
		return timers;
	}

	private static boolean unchecked(Work work) {
		try {
			work.run();
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What may fail. */
	@FunctionalInterface
	private interface Work {

		void run() throws IOException;

	}

}
