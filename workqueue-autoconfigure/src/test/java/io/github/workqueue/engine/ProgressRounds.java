package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import io.github.workqueue.Workqueue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rounds of random loads on one queue: items come, then nothing happens and they must
 * have started; some of those that stay are let go, and again nothing else happens.
 */
final class ProgressRounds {

	/** A stand-still is for good; whatever moves is far below this. */
	private static final Duration BOUND = Duration.ofSeconds(5);

	private static final int MAX_LIMIT = 8;

	private final WorkqueueEngine engine;

	private final Workqueue queue;

	private final Producers producers;

	/** How items come, and what else happens meanwhile. */
	enum Producers {

		ONE(1), TWO(2), ONE_THAT_CHANGES_THE_LIMIT(1), ONE_BESIDE_CHANGES_OF_THE_LIMIT(1);

		private final int threads;

		Producers(int threads) {
			this.threads = threads;
		}

	}

	ProgressRounds(WorkqueueEngine engine, String kind, Producers producers) {
		this.engine = engine;
		this.queue = QueueKinds.alloc(engine, kind);
		this.producers = producers;
	}

	/** Runs a round; fails if something stands still. */
	void run(long seed) throws Exception {
		int pools = ((EngineWorkqueue) this.queue).links().length;
		List<BlockingLoad> loads = IntStream.range(0, pools)
			.mapToObj((cpu) -> new BlockingLoad(this.engine, this.queue, cpu))
			.toList();
		SplittableRandom random = new SplittableRandom(seed);
		setLimit(random);
		try {
			for (int burst = 0; burst < 2; burst++) {
				produce(loads, random);
				check(loads, seed);
				for (BlockingLoad load : loads) {
					load.letGo(random.nextInt(load.staying() + 1));
				}
				check(loads, seed);
			}
		}
		finally {
			for (BlockingLoad load : loads) {
				assertThat(load.finish(Engines.PATIENCE)).as("the end of round %d: %s", seed, load).isTrue();
			}
		}
	}

	private void check(List<BlockingLoad> loads, long seed) throws InterruptedException {
		int limit = this.queue.maxActive();
		for (BlockingLoad load : loads) {
			assertThat(load.awaitStarts(limit, BOUND)).as("progress in round %d with limit %d: %s", seed, limit, load)
				.isTrue();
		}
	}

	private void produce(List<BlockingLoad> loads, SplittableRandom random) throws Exception {
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int i = 0; i < this.producers.threads; i++) {
			SplittableRandom own = random.split();
			threads.add(Engines.async(() -> {
				queueItems(loads, own);
				return null;
			}));
		}
		if (this.producers == Producers.ONE_BESIDE_CHANGES_OF_THE_LIMIT) {
			for (int i = random.nextInt(MAX_LIMIT); i > 0; i--) {
				BlockingLoad.burn(random.nextInt(20_000));
				setLimit(random);
			}
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
	}

	private void queueItems(List<BlockingLoad> loads, SplittableRandom random) {
		for (int i = random.nextInt(12); i >= 0; i--) {
			queueItem(loads.get(random.nextInt(loads.size())), random);
			BlockingLoad.burn((random.nextInt(4) == 0) ? random.nextInt(60_000) : 0);
			if (this.producers == Producers.ONE_THAT_CHANGES_THE_LIMIT && random.nextInt(3) == 0) {
				setLimit(random);
			}
		}
	}

	private static void queueItem(BlockingLoad load, SplittableRandom random) {
		int burned = random.nextInt(100_000);
		switch (random.nextInt(8)) {
			case 0, 1 -> load.queueStaying(false);
			case 2 -> load.queueStaying(true);
			case 3 -> load.queueShort(burned, random.nextInt(200_000));
			case 4, 5 -> load.queueShort(0, 0);
			default -> load.queueShort(burned, 0);
		}
	}

	private void setLimit(SplittableRandom random) {
		this.queue.setMaxActive(1 + random.nextInt(MAX_LIMIT));
	}

}
