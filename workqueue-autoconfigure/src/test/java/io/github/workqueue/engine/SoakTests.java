package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under a mixed load of about half a core, for as long as the system property
 * {@code soak.duration} says, nothing is lost, nothing stands still and nothing grows.
 */
@Tag("stress")
class SoakTests {

	private static final long HEAP_TOLERANCE = 4 << 20;

	private static final long THREADS_TOLERANCE = 6;

	private static final long FILES_TOLERANCE = 4;

	@RegisterExtension
	final Engines engines = new Engines();

	private final Duration duration = Duration.parse(System.getProperty("soak.duration", "PT20S"));

	private final List<SoakSample> samples = new ArrayList<>();

	private final long start = System.nanoTime();

	@Test
	@Timeout(value = 7, unit = TimeUnit.DAYS)
	void nothingIsLostAndNothingGrows() throws Exception {
		SoakLoad load = new SoakLoad(this.engines.start(SoakLoad.settings()));
		for (long seed = 0; time().compareTo(this.duration) < 0; seed++) {
			load.phase(seed);
			if (isSampleDue()) {
				sample(load);
			}
		}
		sample(load);
		assertFlat("heap", SoakSample::heap, HEAP_TOLERANCE);
		assertFlat("threads", SoakSample::threads, THREADS_TOLERANCE);
		assertFlat("files", SoakSample::files, FILES_TOLERANCE);
	}

	private Duration time() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	/** Once a minute, in a short soak more often. */
	private boolean isSampleDue() {
		Duration interval = this.duration.dividedBy(12);
		if (interval.compareTo(Duration.ofMinutes(1)) > 0) {
			interval = Duration.ofMinutes(1);
		}
		return this.samples.isEmpty() || time().minus(interval).compareTo(last().time()) >= 0;
	}

	private SoakSample last() {
		return this.samples.get(this.samples.size() - 1);
	}

	private void sample(SoakLoad load) {
		SoakSample sample = SoakSample.take(time(), load);
		this.samples.add(sample);
		System.out.println(sample);
		assertThat(sample.keys()).as("keys at rest").isZero();
		assertThat(sample.timers()).as("armed timers at rest").isZero();
	}

	/** Compares the means of the last quarter and of the second. */
	private void assertFlat(String what, ToLongFunction<SoakSample> figure, long tolerance) {
		assertThat(mean(3, figure)).as("mean %s of the last quarter", what).isLessThan(mean(1, figure) + tolerance);
	}

	private double mean(int quarter, ToLongFunction<SoakSample> figure) {
		return this.samples.stream()
			.filter((sample) -> quarter(sample) == quarter)
			.mapToLong(figure)
			.average()
			.orElseThrow(() -> new AssertionError("The soak is too short for a sample in each quarter"));
	}

	private int quarter(SoakSample sample) {
		return (int) Math.min(3, 4 * sample.time().toNanos() / this.duration.toNanos());
	}

}
