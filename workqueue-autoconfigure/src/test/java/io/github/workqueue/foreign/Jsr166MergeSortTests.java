package io.github.workqueue.foreign;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A parallel merge sort without a fork-join pool, in plain memory: what one half wrote is
 * seen by whoever merges it.
 */
class Jsr166MergeSortTests {

	private static final int SIZE = 1 << 14;

	private static final int LEAF = 1 << 8;

	private final WorkqueueEngine engine = ForeignEngine.start(2);

	private final int[] numbers = new Random(166).ints(SIZE).toArray();

	private final int[] expected = this.numbers.clone();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@EnumSource
	void sortsWithoutAWait(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		get(sorted(executor, 0, SIZE));
		assertSorted();
	}

	/** Every node but the leaves waits on its worker for both halves. */
	@ParameterizedTest
	@EnumSource(names = { "PER_CPU", "HIGHPRI", "CPU_INTENSIVE", "MEM_RECLAIM", "UNBOUND", "VIRTUAL" })
	void sortsWithTasksThatWaitForTheirHalves(ExecutorKind kind) throws Exception {
		Executor executor = kind.alloc(this.engine).asExecutor();
		get(CompletableFuture.runAsync(() -> sort(executor, 0, SIZE), executor));
		assertSorted();
	}

	private CompletableFuture<Void> sorted(Executor executor, int from, int to) {
		if (to - from <= LEAF) {
			return CompletableFuture.runAsync(() -> Arrays.sort(this.numbers, from, to), executor);
		}
		int middle = (from + to) >>> 1;
		return sorted(executor, from, middle).runAfterBothAsync(sorted(executor, middle, to),
				() -> merge(from, middle, to), executor);
	}

	private void sort(Executor executor, int from, int to) {
		if (to - from <= LEAF) {
			Arrays.sort(this.numbers, from, to);
			return;
		}
		int middle = (from + to) >>> 1;
		CompletableFuture<Void> left = CompletableFuture.runAsync(() -> sort(executor, from, middle), executor);
		CompletableFuture<Void> right = CompletableFuture.runAsync(() -> sort(executor, middle, to), executor);
		ForeignEngine.sneaky(() -> get(CompletableFuture.allOf(left, right)));
		merge(from, middle, to);
	}

	private void merge(int from, int middle, int to) {
		int[] left = Arrays.copyOfRange(this.numbers, from, middle);
		int right = middle;
		int next = from;
		for (int number : left) {
			while (right < to && this.numbers[right] < number) {
				this.numbers[next++] = this.numbers[right++];
			}
			this.numbers[next++] = number;
		}
	}

	private void assertSorted() {
		Arrays.sort(this.expected);
		assertThat(this.numbers).isEqualTo(this.expected);
	}

	private static void get(CompletableFuture<Void> future) throws Exception {
		future.get(ForeignEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

}
