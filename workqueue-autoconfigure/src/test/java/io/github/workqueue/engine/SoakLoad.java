package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A mixed load on an engine, in phases; after each phase nothing is left of it.
 */
final class SoakLoad {

	private static final int THREADS = 3;

	private static final int BURST = 50;

	private static final long PHASE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MAX_ACTIVE = 6;

	private static final String[] KINDS = { "percpu", "percpu-one", "unbound", "unbound-one", "ordered", "bh" };

	private final AtomicInteger guests = new AtomicInteger();

	private final SoakHandlers handlers = new SoakHandlers();

	private final SoakThrottle throttle = new SoakThrottle();

	private final WorkqueueEngine engine;

	private final List<SoakQueue> queues;

	final SoakBooks books = new SoakBooks();

	SoakLoad(WorkqueueEngine engine) {
		this.engine = engine;
		Stream<Workqueue> freezable = Stream.of(engine.alloc("freezable", 0, WorkqueueFlag.FREEZABLE));
		Stream<Workqueue> kinds = Stream.of(KINDS).map((kind) -> QueueKinds.alloc(engine, kind));
		this.queues = Stream.concat(kinds, freezable).map(this::withItems).toList();
	}

	private SoakQueue withItems(Workqueue queue) {
		return new SoakQueue(this.engine, queue, this.books, this.handlers);
	}

	/** Loads the engine for a while, then checks that all is done and accounted for. */
	void phase(long seed) throws Exception {
		long end = System.nanoTime() + PHASE_NANOS;
		List<FutureTask<Void>> threads = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			SplittableRandom random = new SplittableRandom(seed * THREADS + t);
			threads.add(Engines.async(() -> load(random, end)));
		}
		for (FutureTask<Void> thread : threads) {
			Engines.get(thread);
		}
		drain();
		progress(seed);
		this.throttle.adjust();
	}

	private Void load(SplittableRandom random, long end) throws Exception {
		while (System.nanoTime() - end < 0) {
			for (int i = 0; i < BURST; i++) {
				this.queues.get(random.nextInt(this.queues.size())).call(random);
			}
			callEngine(random);
			this.throttle.pause();
		}
		return null;
	}

	private void callEngine(SplittableRandom random) throws Exception {
		switch (random.nextInt(32)) {
			case 0 -> freeze();
			case 1 -> comeAndGo(this.engine, random);
			case 2 -> comeAndGo(random);
			default -> assertThat(this.engine.inspectPools()).isNotEmpty();
		}
	}

	private void freeze() throws InterruptedException {
		this.engine.freeze();
		TimeUnit.MICROSECONDS.sleep(500);
		this.engine.thaw();
	}

	private void comeAndGo(SplittableRandom random) throws Exception {
		try (WorkqueueEngine other = WorkqueueEngine.start(settings().build())) {
			comeAndGo(other, random);
		}
	}

	static EngineSettings.Builder settings() {
		return EngineSettings.builder().cpus(2).idleTimeout(Engines.PATIENCE.dividedBy(20));
	}

	/** A queue that is made, loaded and destroyed. */
	private void comeAndGo(WorkqueueEngine engine, SplittableRandom random) throws InterruptedException {
		Workqueue queue = allocGuest(engine, random.nextInt(3));
		SoakQueue guest = new SoakQueue(engine, queue, this.books, this.handlers);
		for (int i = 0; i < BURST; i++) {
			guest.call(random);
		}
		guest.drain();
		queue.destroy();
	}

	private Workqueue allocGuest(WorkqueueEngine engine, int choice) {
		String name = "guest-" + this.guests.incrementAndGet();
		return switch (choice) {
			case 0 -> engine.alloc(name, 2, WorkqueueFlag.MEM_RECLAIM);
			case 1 -> engine.alloc(name, 0, WorkqueueFlag.UNBOUND, WorkqueueFlag.HIGHPRI);
			default -> engine.allocOrdered(name);
		};
	}

	private void drain() throws InterruptedException {
		for (SoakQueue queue : this.queues) {
			queue.drain();
		}
		Engines.until("no timer is armed", () -> timers() == 0);
		this.books.check();
		StructureValidator.validate(this.engine);
	}

	/** Short items run while all slots but one are blocked and nothing else comes. */
	private void progress(long seed) throws Exception {
		SplittableRandom random = new SplittableRandom(seed);
		for (String kind : List.of("percpu", "unbound")) {
			Workqueue queue = this.engine.get(kind);
			queue.setMaxActive(MAX_ACTIVE);
			progress(queue, 1 + random.nextInt(MAX_ACTIVE - 1), random);
			assertThat(queue.drain(Engines.PATIENCE)).isTrue();
		}
	}

	private void progress(Workqueue queue, int blockers, SplittableRandom random) throws Exception {
		try (Gate blocking = new Gate(); Gate passing = new Gate()) {
			int blocked = 0;
			int passed = 0;
			while (blocked < blockers || passed < MAX_ACTIVE) {
				boolean blocks = blocked < blockers && random.nextBoolean();
				this.engine.initWork("progress", queue, blocks ? blocking : passing.passing()).schedule();
				blocked += blocks ? 1 : 0;
				passed += blocks ? 0 : 1;
			}
			blocking.awaitStarts(blockers);
			passing.awaitStarts(passed);
		}
	}

	int keys() {
		return this.queues.stream().mapToInt((queue) -> queue.keyed.size()).sum();
	}

	int timers() {
		return this.engine.timers.size();
	}

}
