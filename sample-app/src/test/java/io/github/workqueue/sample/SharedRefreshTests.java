package io.github.workqueue.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.lucene.search.ReferenceManager;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class SharedRefreshTests {

	private final Searchers searchers = new Searchers();

	private final SharedRefresh refresh = new SharedRefresh(this.searchers);

	@Test
	void refreshesForEachSearchThatIsAlone() throws IOException {
		this.searchers.permits.release(2);
		this.refresh.run();
		this.refresh.run();
		assertThat(this.searchers.refreshes).hasValue(2);
	}

	@Test
	void refreshesOnceMoreForAllThatCameWhileOneRan() throws InterruptedException {
		Thread first = start();
		awaitPatiently().until(() -> this.searchers.refreshes.get() == 1);
		List<Thread> others = Stream.generate(this::start).limit(5).toList();
		awaitPatiently().until(() -> others.stream().allMatch((thread) -> thread.getState() == Thread.State.WAITING));
		this.searchers.permits.release(10);
		first.join();
		for (Thread other : others) {
			other.join();
		}
		assertThat(this.searchers.refreshes).hasValue(2);
	}

	@Test
	void refreshesAgainAfterAFailure() throws IOException {
		this.searchers.failing = true;
		this.searchers.permits.release(2);
		assertThatIOException().isThrownBy(this.refresh::run);
		this.searchers.failing = false;
		this.refresh.run();
		assertThat(this.searchers.refreshes).hasValue(2);
	}

	private Thread start() {
		Thread thread = new Thread(() -> {
			try {
				this.refresh.run();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static ConditionFactory awaitPatiently() {
		return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
	}

	/** Refreshes when it gets a permit. */
	private static final class Searchers extends ReferenceManager<Object> {

		private final Semaphore permits = new Semaphore(0);

		private final AtomicInteger refreshes = new AtomicInteger();

		private volatile boolean failing;

		Searchers() {
			this.current = new Object();
		}

		@Override
		protected Object refreshIfNeeded(Object before) throws IOException {
			this.refreshes.incrementAndGet();
			this.permits.acquireUninterruptibly();
			if (this.failing) {
				throw new IOException("cannot be read");
			}
			return new Object();
		}

		@Override
		protected void decRef(Object reference) {
		}

		@Override
		protected boolean tryIncRef(Object reference) {
			return true;
		}

		@Override
		protected int getRefCount(Object reference) {
			return 1;
		}

	}

}
