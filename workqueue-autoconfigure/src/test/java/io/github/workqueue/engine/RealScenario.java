package io.github.workqueue.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kernel documentation's example with real threads and ten times its times: w0 burns
 * 50 ms, waits 100 ms and burns 50 ms; w1 and w2 burn 50 ms and wait 100 ms; one CPU.
 */
final class RealScenario {

	/** Who runs the three works. */
	enum Setup {

		ORIGINAL("original pool: one thread, which sleeps with its work"),

		MAX_ACTIVE_3("workqueue, max_active 3: a sleeper is replaced at once"),

		MAX_ACTIVE_2("workqueue, max_active 2: one more may run, not two"),

		CPU_INTENSIVE("workqueue, w1 and w2 on a CPU_INTENSIVE queue: they hold nobody back");

		private final String title;

		Setup(String title) {
			this.title = title;
		}

		String title() {
			return this.title;
		}

	}

	/** How the works wait. */
	enum Wait {

		SLEEP, SOCKET_READ

	}

	/**
	 * What a work did from when to when, in nanoseconds since the start.
	 *
	 * @param waited whether its thread slept, if only for a lock of the JVM or a page: on
	 * a busy machine that may take long enough to have it replaced
	 */
	record Span(boolean burn, long from, long to, boolean waited) {
	}

	/** A work and what it did. */
	static final class Track {

		private final String name;

		private final List<Span> spans = new ArrayList<>();

		private final CountDownLatch end = new CountDownLatch(1);

		private Track(String name) {
			this.name = name;
		}

		String name() {
			return this.name;
		}

		/** The spans; complete when the scenario has run. */
		List<Span> spans() {
			return this.spans;
		}

		long start() {
			return this.spans.get(0).from();
		}

		long finish() {
			return this.spans.get(this.spans.size() - 1).to();
		}

		/** Until when its thread was surely not asleep. */
		long awakeUntil() {
			return this.spans.stream().takeWhile((span) -> !span.waited()).mapToLong(Span::to).max().orElse(start());
		}

		/** The end of its wait. */
		long wokenAt() {
			return this.spans.get(1).to();
		}

	}

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private static final Path STATUS = Path.of("/proc/thread-self/status");

	private static final String SLEEPS = "voluntary_ctxt_switches:";

	private static final int BURN_MILLIS = 50;

	private static final int WAIT_MILLIS = 100;

	private final Wait wait;

	private final List<Track> tracks = List.of(new Track("w0"), new Track("w1"), new Track("w2"));

	private volatile long origin;

	RealScenario(Wait wait) {
		this.wait = wait;
	}

	/** Runs the three works; returns what each did. */
	List<Track> run(Setup setup) throws Exception {
		sleeps();
		if (setup == Setup.ORIGINAL) {
			runOnOneThread();
		}
		else {
			EngineSettings settings = EngineSettings.builder()
				.cpus(1)
				.cpuIntensiveThreshold(Duration.ofMillis(100))
				.build();
			try (WorkqueueEngine engine = WorkqueueEngine.start(settings)) {
				runOn(engine, setup);
			}
		}
		return this.tracks;
	}

	private void runOnOneThread() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			executor.submit(() -> {
			}).get();
			this.origin = System.nanoTime();
			for (int i = 0; i < 3; i++) {
				WorkHandler handler = handler(i);
				executor.submit(() -> {
					handler.handle(null);
					return null;
				});
			}
			await();
		}
		finally {
			executor.shutdown();
		}
	}

	private void runOn(WorkqueueEngine engine, Setup setup) throws Exception {
		Workqueue first = engine.alloc("q0", (setup == Setup.MAX_ACTIVE_2) ? 2 : 3);
		Workqueue others = (setup == Setup.CPU_INTENSIVE) ? engine.alloc("q1", 0, WorkqueueFlag.CPU_INTENSIVE) : first;
		first.queue(engine.initWork("warm-up", (work) -> {
		}));
		first.flush();
		this.origin = System.nanoTime();
		first.queue(engine.initWork("w0", handler(0)));
		others.queue(engine.initWork("w1", handler(1)));
		others.queue(engine.initWork("w2", handler(2)));
		await();
	}

	private void await() throws InterruptedException {
		for (Track track : this.tracks) {
			assertThat(track.end.await(Engines.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(track.name()).isTrue();
		}
	}

	private WorkHandler handler(int number) {
		Track track = this.tracks.get(number);
		return (work) -> {
			burn(track);
			pause(track);
			if (number == 0) {
				burn(track);
			}
			track.end.countDown();
		};
	}

	/** Uses CPU time, however long that takes on a busy machine. */
	private void burn(Track track) throws IOException {
		long from = now();
		long sleeps = sleeps();
		long until = threads.getCurrentThreadCpuTime() + TimeUnit.MILLISECONDS.toNanos(BURN_MILLIS);
		while (threads.getCurrentThreadCpuTime() < until) {
			Thread.onSpinWait();
		}
		track.spans.add(new Span(true, from, now(), sleeps() != sleeps));
	}

	private void pause(Track track) throws Exception {
		long from = now();
		if (this.wait == Wait.SLEEP) {
			Thread.sleep(WAIT_MILLIS);
		}
		else {
			readFromSlowPeer();
		}
		track.spans.add(new Span(false, from, now(), true));
	}

	private static void readFromSlowPeer() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
				Socket peer = server.accept()) {
			client.setSoTimeout(WAIT_MILLIS);
			try {
				client.getInputStream().read();
			}
			catch (SocketTimeoutException expected) {
				assertThat(peer.isConnected()).isTrue();
			}
		}
	}

	/** How often the calling thread has slept, where the system tells. */
	private static long sleeps() throws IOException {
		if (!Files.exists(STATUS)) {
			return 0;
		}
		try (Stream<String> lines = Files.lines(STATUS)) {
			return lines.filter((line) -> line.startsWith(SLEEPS))
				.mapToLong((line) -> Long.parseLong(line.substring(SLEEPS.length()).strip()))
				.findFirst()
				.orElseThrow();
		}
	}

	private long now() {
		return System.nanoTime() - this.origin;
	}

}
