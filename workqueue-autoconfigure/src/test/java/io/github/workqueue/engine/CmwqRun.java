package io.github.workqueue.engine;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kernel documentation's execution scenarios with real threads, ten times slower: w0
 * burns 50 ms, waits 100 ms and burns 50 ms; w1 and w2 burn 50 ms and wait 100 ms.
 * Burning is measured in CPU time, so that other programs on the machine only make it
 * longer.
 */
final class CmwqRun {

	private static final int BURN = 50;

	private static final int WAIT = 100;

	/** Who executes the three items, and how long that takes at best. */
	enum Setup {

		ORIGINAL("original: one thread", 500), MAX_ACTIVE_3("cmwq, max_active 3", 250),
		MAX_ACTIVE_2("cmwq, max_active 2", 350),

		/** 50 ms longer where w1 and w2 have to share a CPU. */
		CPU_INTENSIVE("cmwq, w1 and w2 CPU_INTENSIVE", 200);

		final String title;

		final int makespan;

		Setup(String title, int makespan) {
			this.title = title;
			this.makespan = makespan;
		}

	}

	/** How the items wait. */
	enum Wait {

		SLEEP, SOCKET_READ

	}

	/** A piece of an item's execution, in milliseconds after the queueing. */
	record Interval(String item, long start, long end, boolean cpu) {

	}

	private final ConcurrentLinkedQueue<Interval> intervals = new ConcurrentLinkedQueue<>();

	private final CountDownLatch ended = new CountDownLatch(3);

	private final Wait wait;

	private final long startedAt = System.nanoTime();

	private CmwqRun(Wait wait) {
		this.wait = wait;
	}

	/** Runs the items once; returns what happened, ordered by item and start. */
	static List<Interval> of(Setup setup, Wait wait) throws Exception {
		if (setup == Setup.ORIGINAL) {
			return ofOriginal(wait);
		}
		try (WorkqueueEngine engine = WorkqueueEngine.start(LiveEngine.strict().build())) {
			Workqueue first = engine.alloc("q0", (setup == Setup.MAX_ACTIVE_2) ? 2 : 3);
			Workqueue others = (setup == Setup.CPU_INTENSIVE) ? engine.alloc("q1", 0, WorkqueueFlag.CPU_INTENSIVE)
					: first;
			CmwqRun run = new CmwqRun(wait);
			LiveEngine.queue(engine, first, "w0", (work) -> run.execute("w0", BURN, WAIT, BURN));
			LiveEngine.queue(engine, others, "w1", (work) -> run.execute("w1", BURN, WAIT));
			LiveEngine.queue(engine, others, "w2", (work) -> run.execute("w2", BURN, WAIT));
			return run.result();
		}
	}

	private static List<Interval> ofOriginal(Wait wait) throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			CmwqRun run = new CmwqRun(wait);
			executor.submit(() -> run.execute("w0", BURN, WAIT, BURN));
			executor.submit(() -> run.execute("w1", BURN, WAIT));
			executor.submit(() -> run.execute("w2", BURN, WAIT));
			return run.result();
		}
		finally {
			executor.shutdown();
		}
	}

	static long makespan(List<Interval> intervals) {
		return intervals.stream().mapToLong(Interval::end).max().orElseThrow();
	}

	private Void execute(String item, int... millis) throws Exception {
		for (int i = 0; i < millis.length; i++) {
			boolean cpu = i % 2 == 0;
			long start = now();
			if (cpu) {
				burn(millis[i]);
			}
			else {
				rest(millis[i]);
			}
			this.intervals.add(new Interval(item, start, now(), cpu));
		}
		this.ended.countDown();
		return null;
	}

	private List<Interval> result() throws InterruptedException {
		assertThat(this.ended.await(LiveEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		List<Interval> result = new ArrayList<>(this.intervals);
		result.sort(Comparator.comparing(Interval::item).thenComparing(Interval::start));
		return result;
	}

	private long now() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.startedAt);
	}

	private static void burn(int millis) {
		long end = ThreadProbe.SYSTEM.cpuNanos(Thread.currentThread()) + TimeUnit.MILLISECONDS.toNanos(millis);
		while (ThreadProbe.SYSTEM.cpuNanos(Thread.currentThread()) < end) {
			Thread.onSpinWait();
		}
	}

	private void rest(int millis) throws Exception {
		if (this.wait == Wait.SLEEP) {
			Thread.sleep(millis);
			return;
		}
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
			client.setSoTimeout(millis);
			client.getInputStream().read();
			throw new AssertionError("nobody sends anything");
		}
		catch (SocketTimeoutException ex) {
			// that was the wait
		}
	}

}
