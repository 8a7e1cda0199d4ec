package io.github.workqueue.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.github.workqueue.benchmark.MixedRun.Round;

/**
 * P8: mixed loads on the engine as it is, on fixed pools of several sizes, and on virtual
 * threads. Medians of interleaved rounds; a subject that is very slow or stuck gets one.
 */
public final class MixedLoadMeasurement {

	private static final int ROUNDS = Effort.of(7, 2);

	private static final Duration PATIENCE = Duration.ofMillis(Effort.of(30_000, 2000));

	private static final double SLOW_MILLIS = Effort.of(3000, 500);

	private final Cpu cpu = new Cpu();

	private final MixedLoad load;

	private final Map<String, MixedRun> runs = new LinkedHashMap<>();

	private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

	private MixedLoadMeasurement(MixedLoad load) {
		this.load = load;
	}

	public static void main(String[] arguments) throws Exception {
		for (MixedLoad load : MixedLoad.values()) {
			new MixedLoadMeasurement(load).measure();
		}
		// threads of pools that are stuck
		System.exit(0);
	}

	private void measure() throws Exception {
		start();
		for (String subject : List.copyOf(this.runs.keySet())) {
			round(subject);
			if (this.runs.containsKey(subject)) {
				this.rounds.get(subject).clear();
			}
		}
		for (int i = 0; i < ROUNDS; i++) {
			for (String subject : List.copyOf(this.runs.keySet())) {
				round(subject);
			}
		}
		this.runs.values().forEach(MixedRun::close);
		print("makespan", Round::makespan);
		print("mean sojourn", Round::sojourn);
	}

	private void start() {
		int processors = Runtime.getRuntime().availableProcessors();
		add(Subject.SYSTEM_WQ.title(), Subject.SYSTEM_WQ.start(processors));
		add(Subject.SYSTEM_UNBOUND_WQ.title(), Subject.SYSTEM_UNBOUND_WQ.start(processors));
		for (int size : new int[] { 2, 8, 32, 128, 512 }) {
			add("fixed pool of " + size, Subject.THREAD_POOL.start(size));
		}
		if (Subject.VIRTUAL_THREADS.isAvailable()) {
			add(Subject.VIRTUAL_THREADS.title(), Subject.VIRTUAL_THREADS.start(processors));
		}
	}

	private void add(String subject, Runner runner) {
		this.runs.put(subject, new MixedRun(runner, this.load, this.cpu));
		this.rounds.put(subject, new ArrayList<>());
	}

	private void round(String subject) throws InterruptedException {
		Round round = this.runs.get(subject).run(PATIENCE);
		this.rounds.get(subject).add(round);
		if (round.makespan() > SLOW_MILLIS) {
			this.runs.remove(subject).close();
		}
	}

	private void print(String figure, ToDoubleFunction<Round> value) {
		String what = "%d x (%s), %s".formatted(this.load.tasks(), this.load.title(), figure);
		this.rounds.forEach((subject, measured) -> {
			double median = Percentiles.median(measured.stream().mapToDouble(value).toArray());
			Sample.of("P8", what, "ms", subject, median).print();
		});
	}

}
