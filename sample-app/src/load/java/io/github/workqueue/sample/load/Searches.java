package io.github.workqueue.sample.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.benchmark.Effort;

/**
 * An open loop: each search has its time, whether or not those before it have been
 * answered, and its latency counts from that time.
 */
final class Searches {

	private static final int PER_SECOND = Integer.getInteger("load.searches", 2000) / Effort.of(1, 10);

	private static final int CONNECTIONS = 64;

	static {
		System.setProperty("http.maxConnections", Integer.toString(CONNECTIONS));
	}

	private final SampleHttp http;

	private final Findings findings;

	private final double[] millis;

	private final AtomicInteger next = new AtomicInteger();

	private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

	private final List<Future<?>> loops = new ArrayList<>();

	private final long start = System.nanoTime();

	private Searches(SampleHttp http, Findings findings, int seconds) {
		this.http = http;
		this.findings = findings;
		this.millis = new double[seconds * PER_SECOND];
	}

	static Searches start(SampleHttp http, Findings findings, int seconds) {
		Searches searches = new Searches(http, findings, seconds);
		for (int i = 0; i < CONNECTIONS; i++) {
			searches.loops.add(searches.threads.submit(() -> {
				searches.loop();
				return null;
			}));
		}
		return searches;
	}

	private void loop() throws IOException {
		for (int i = this.next.getAndIncrement(); i < this.millis.length; i = this.next.getAndIncrement()) {
			long due = this.start + TimeUnit.SECONDS.toNanos(1) * i / PER_SECOND;
			waitUntil(due);
			this.findings.look(this.http, i);
			this.millis[i] = (System.nanoTime() - due) / 1e6;
		}
	}

	private static void waitUntil(long due) {
		for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Waits for the last answer.
	 * @return the latencies
	 * @throws ExecutionException if a search failed
	 */
	double[] await() throws InterruptedException, ExecutionException {
		try {
			for (Future<?> loop : this.loops) {
				loop.get();
			}
			return this.millis;
		}
		finally {
			this.threads.shutdown();
		}
	}

}
