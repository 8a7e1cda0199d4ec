package io.github.workqueue.engine;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;

import io.github.workqueue.engine.Completion.Barrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom a chain of waits keeps in memory. */
class CompletionTests {

	private @Nullable Barrier chain;

	/**
	 * Story of a loop of short waits for a long run, each of which stayed in its chain.
	 */
	@Test
	void aChainThatIsMadeLongerDropsWhoHasGivenUp() throws Exception {
		WeakReference<Completion> late = giveUp();
		Completion last = new Completion(TimeSource.SYSTEM);
		this.chain = last.barrier(this.chain);
		untilFreed(late);
		Barrier.completeAll(this.chain);
		assertThat(last.await(Completion.FOREVER)).isTrue();
	}

	@Test
	void whoStillWaitsStaysInTheChain() throws Exception {
		Completion first = new Completion(TimeSource.SYSTEM);
		this.chain = first.barrier(this.chain);
		giveUp();
		giveUp();
		Barrier.completeAll(this.chain);
		assertThat(first.isDone()).isTrue();
	}

	/** Story of items that kept the threads which had flushed their queue. */
	@Test
	void aColourThatHasEndedKeepsNobody() {
		FlushColors colors = new FlushColors();
		FlushColors.Color color = colors.enter();
		WeakReference<Completion> flush = flush(colors);
		colors.leave(color);
		untilFreed(flush);
		Reference.reachabilityFence(color);
	}

	private WeakReference<Completion> giveUp() throws InterruptedException {
		Completion late = new Completion(TimeSource.SYSTEM);
		this.chain = late.barrier(this.chain);
		assertThat(late.await(0)).isFalse();
		return new WeakReference<>(late);
	}

	private static WeakReference<Completion> flush(FlushColors colors) {
		Completion completion = new Completion(TimeSource.SYSTEM);
		colors.flush(completion);
		return new WeakReference<>(completion);
	}

	private static void untilFreed(WeakReference<?> reference) {
		Engines.until("it is freed", () -> {
			System.gc();
			return reference.get() == null;
		});
	}

}
