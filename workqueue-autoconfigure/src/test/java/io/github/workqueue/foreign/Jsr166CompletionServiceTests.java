package io.github.workqueue.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link ExecutorCompletionService} over a queue.
 */
class Jsr166CompletionServiceTests {

	private final WorkqueueEngine engine = ForeignEngine.start(1);

	private final CountDownLatch mayEnd = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.mayEnd.countDown();
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void eachTaskIsTakenOnce(ExecutorKind kind) throws Exception {
		ExecutorCompletionService<Integer> service = service(kind.alloc(this.engine));
		for (int i = 0; i < 50; i++) {
			int task = i;
			service.submit(() -> task);
		}
		List<Integer> taken = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			taken.add(next(service).get());
		}
		assertThat(taken).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).boxed().toList());
		assertThat(service.poll()).isNull();
	}

	/** The first waits, and the second passes it, on the only CPU. */
	@ParameterizedTest
	@EnumSource(names = { "PER_CPU", "HIGHPRI", "CPU_INTENSIVE", "MEM_RECLAIM", "UNBOUND", "VIRTUAL" })
	void tasksAreTakenInTheOrderOfTheirEnds(ExecutorKind kind) throws Exception {
		ExecutorCompletionService<Integer> service = service(kind.alloc(this.engine));
		Future<Integer> first = service.submit(() -> {
			ForeignEngine.await(this.mayEnd);
			return 1;
		});
		Future<Integer> second = service.submit(() -> 2);
		assertThat(next(service)).isSameAs(second);
		assertThat(service.poll()).isNull();
		this.mayEnd.countDown();
		assertThat(next(service)).isSameAs(first);
	}

	@ParameterizedTest
	@EnumSource
	void failuresAreTakenToo(ExecutorKind kind) throws Exception {
		ExecutorCompletionService<Integer> service = service(kind.alloc(this.engine));
		service.submit(() -> {
			throw new Exception("on purpose");
		});
		Future<Integer> failed = next(service);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(failed::get).withMessageContaining("on purpose");
	}

	@ParameterizedTest
	@EnumSource
	void whatIsRefusedIsNeverTaken(ExecutorKind kind) throws Exception {
		Workqueue queue = kind.alloc(this.engine);
		queue.destroy();
		ExecutorCompletionService<Integer> service = service(queue);
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> service.submit(() -> 1));
		assertThat(service.poll()).isNull();
	}

	private static ExecutorCompletionService<Integer> service(Workqueue queue) {
		return new ExecutorCompletionService<>(queue.asExecutor());
	}

	private static Future<Integer> next(ExecutorCompletionService<Integer> service) throws InterruptedException {
		Future<Integer> next = service.poll(ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(next).as("a task that has ended").isNotNull();
		return next;
	}

}
