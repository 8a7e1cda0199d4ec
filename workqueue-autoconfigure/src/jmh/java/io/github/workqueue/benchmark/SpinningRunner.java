package io.github.workqueue.benchmark;

import org.jctools.queues.MpscUnboundedArrayQueue;

/** A queue for many producers, and one thread that spins on it. */
final class SpinningRunner implements Runner {

	private final MpscUnboundedArrayQueue<Runnable> queue = new MpscUnboundedArrayQueue<>(1024);

	private volatile boolean closed;

	SpinningRunner() {
		Thread consumer = new Thread(this::consume, "mpsc");
		consumer.setDaemon(true);
		consumer.start();
	}

	private void consume() {
		while (!this.closed) {
			Runnable task = this.queue.relaxedPoll();
			if (task != null) {
				task.run();
			}
			else {
				Thread.onSpinWait();
			}
		}
	}

	@Override
	public Runnable prepare(Runnable[] bodies) {
		return () -> {
			for (Runnable body : bodies) {
				this.queue.offer(body);
			}
		};
	}

	@Override
	public Runnable prepareFresh(Runnable body, int count) {
		return () -> {
			for (int i = 0; i < count; i++) {
				this.queue.offer(() -> body.run());
			}
		};
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
