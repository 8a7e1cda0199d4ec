package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
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

		ONE, TWO, ONE_THAT_CHANGES_THE_LIMIT, ONE_BESIDE_CHANGES_OF_THE_LIMIT

	}

	ProgressRounds(WorkqueueEngine engine, Workqueue queue, Producers producers) {
		this.engine = engine;
		this.queue = queue;
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

	/**
	 * The calling thread produces too; a thread that has just started is too late for
	 * much.
	 */
	private void produce(List<BlockingLoad> loads, SplittableRandom random) throws Exception {
		SplittableRandom own = random.split();
		FutureTask<Void> other = Engines.async(() -> {
			switch (this.producers) {
				case TWO -> queueItems(loads, own);
				case ONE_BESIDE_CHANGES_OF_THE_LIMIT -> changeLimit(own);
				default -> {
				}
			}
			return null;
		});
		queueItems(loads, random);
		Engines.get(other);
	}

	private void changeLimit(SplittableRandom random) {
		for (int i = random.nextInt(MAX_LIMIT); i >= 0; i--) {
			BlockingLoad.burn(random.nextInt(20_000));
			setLimit(random);
		}
	}

	private void queueItems(List<BlockingLoad> loads, SplittableRandom random) {
		Habits habits = Habits.of(random);
		for (int i = random.nextInt(12); i >= 0; i--) {
			habits.queue(loads.get(random.nextInt(loads.size())), random);
			habits.pause(random);
			if (this.producers == Producers.ONE_THAT_CHANGES_THE_LIMIT && random.nextInt(3) == 0) {
				setLimit(random);
			}
		}
	}

	private void setLimit(SplittableRandom random) {
		this.queue.setMaxActive(1 + random.nextInt(MAX_LIMIT));
	}

	/**
	 * What a producer queues within one burst, and how fast.
	 *
	 * @param burn the longest time for which an item burns CPU, in nanoseconds
	 * @param nap the longest time for which a short item sleeps
	 * @param pause the longest time between two items
	 * @param sleepy whether the producer sleeps in between, else it burns
	 * @param hinted whether items may say that they are about to wait
	 */
	private record Habits(int burn, int nap, int pause, boolean sleepy, boolean hinted) {

		private static Habits of(SplittableRandom random) {
			return new Habits(oneOf(random, 0, 100_000), oneOf(random, 0, 0, 200_000), oneOf(random, 0, 60_000),
					random.nextBoolean(), random.nextInt(3) == 0);
		}

		private static int oneOf(SplittableRandom random, int... values) {
			return values[random.nextInt(values.length)];
		}

		private void queue(BlockingLoad load, SplittableRandom random) {
			if (random.nextInt(3) == 0) {
				load.queueStaying(this.hinted && random.nextBoolean());
			}
			else {
				load.queueShort(random.nextInt(this.burn + 1), random.nextInt(this.nap + 1));
			}
		}

		private void pause(SplittableRandom random) {
			int nanos = random.nextInt(this.pause + 1);
			if (this.sleepy && nanos > 0) {
				LockSupport.parkNanos(nanos);
			}
			else {
				BlockingLoad.burn(nanos);
			}
		}

	}

}
