package io.github.workqueue.benchmark;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** A mixed load on one subject, which can be repeated. */
final class MixedRun implements AutoCloseable {

	private final Runner runner;

	private final MixedLoad load;

	private final MixedLoad.Tools tools;

	private final Runnable submitAll;

	private final AtomicInteger left = new AtomicInteger();

	private final LongAdder sojourn = new LongAdder();

	private final Semaphore end = new Semaphore(0);

	private volatile long start;

	MixedRun(Runner runner, MixedLoad load, Cpu cpu) {
		this.runner = runner;
		this.load = load;
		Semaphore[] ends = IntStream.range(0, load.tasks()).mapToObj((i) -> new Semaphore(0)).toArray(Semaphore[]::new);
		this.tools = new MixedLoad.Tools(cpu, prepareChildren(), ends);
		this.submitAll = runner.prepare(bodies(this::task));
	}

	private Runnable[] prepareChildren() {
		Runnable[] bodies = bodies((i) -> this.load.child(this.tools, i));
		return IntStream.range(0, bodies.length)
			.mapToObj((i) -> this.runner.prepare(new Runnable[] { bodies[i] }))
			.toArray(Runnable[]::new);
	}

	private Runnable[] bodies(Step step) {
		return IntStream.range(0, this.load.tasks()).mapToObj((i) -> body(step, i)).toArray(Runnable[]::new);
	}

	private static Runnable body(Step step, int index) {
		return () -> {
			try {
				step.run(index);
			}
			catch (InterruptedException ex) {
				// the subject was given up
			}
		};
	}

	private void task(int index) throws InterruptedException {
		this.load.step(this.tools, index);
		this.sojourn.add(System.nanoTime() - this.start);
		if (this.left.decrementAndGet() == 0) {
			this.end.release();
		}
	}

	/** Runs all tasks once. */
	Round run(Duration patience) throws InterruptedException {
		this.left.set(this.load.tasks());
		this.sojourn.reset();
		this.start = System.nanoTime();
		this.submitAll.run();
		if (!this.end.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
			return Round.NEVER;
		}
		return new Round((System.nanoTime() - this.start) / 1e6, this.sojourn.sum() / 1e6 / this.load.tasks());
	}

	@Override
	public void close() {
		this.runner.close();
	}

	private interface Step {

		void run(int index) throws InterruptedException;

	}

	/**
	 * Times in milliseconds.
	 *
	 * @param makespan until the last task has ended
	 * @param sojourn until a task has ended, on average
	 */
	record Round(double makespan, double sojourn) {

		static final Round NEVER = new Round(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

	}

}
