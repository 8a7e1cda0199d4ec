package io.github.workqueue.benchmark;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * P6: how late timers are while their pool has other work, and whether one is early. The
 * load takes about a third of one CPU.
 */
public final class LatenessMeasurement {

	private static final int TIMERS = Effort.of(20_000, 2000);

	private static final int WARM_UP = TIMERS / 4;

	private static final long SPREAD_MICROS = Effort.of(10_000_000L, 1_500_000L);

	private final Cpu cpu = new Cpu();

	private volatile boolean loaded = true;

	private LatenessMeasurement() {
	}

	public static void main(String[] arguments) throws Exception {
		for (TimerSubject subject : TimerSubject.values()) {
			new LatenessMeasurement().measure(subject);
		}
	}

	private void measure(TimerSubject subject) throws Exception {
		try (TimerSubject.Timers timers = subject.start(Runtime.getRuntime().availableProcessors())) {
			Thread load = new Thread(() -> load(timers), "load");
			load.start();
			round(timers, WARM_UP, SPREAD_MICROS / 4);
			Percentiles micros = new Percentiles(round(timers, TIMERS, SPREAD_MICROS));
			this.loaded = false;
			load.join();
			print(subject, "lateness of a timer under load, p50", micros.of(50));
			print(subject, "lateness of a timer under load, p99", micros.of(99));
			print(subject, "lateness of the earliest timer", micros.of(0));
		}
	}

	private void load(TimerSubject.Timers timers) {
		while (this.loaded) {
			timers.execute(() -> this.cpu.burn(20));
			LockSupport.parkNanos(1);
		}
	}

	private static double[] round(TimerSubject.Timers timers, int count, long spreadMicros) throws Exception {
		Random random = new Random(42);
		double[] micros = new double[count];
		CountDownLatch left = new CountDownLatch(count);
		for (int i = 0; i < count; i++) {
			int index = i;
			long delay = TimeUnit.MICROSECONDS.toNanos(1000 + random.nextLong(spreadMicros));
			long[] due = new long[1];
			Runnable arm = timers.prepare(() -> {
				micros[index] = (System.nanoTime() - due[0]) / 1e3;
				left.countDown();
			}, delay);
			due[0] = System.nanoTime() + delay;
			arm.run();
		}
		left.await();
		return micros;
	}

	private static void print(TimerSubject subject, String what, double micros) {
		Sample.of("P6", what, "us", subject.title(), micros).print();
	}

}
