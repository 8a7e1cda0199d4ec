package io.github.workqueue.spring;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.convert.DurationStyle;

/**
 * The time between attempts, as written in the annotations: {@code 100ms},
 * {@code 100ms..30s}, {@code 100ms..30s x3}, each with an optional {@code ~20%}.
 *
 * @param first the delay after the first attempt
 * @param max the longest delay
 * @param factor by how much each delay exceeds the one before
 * @param jitter the part, 0 to 1, by which a delay may vary
 */
record Backoff(Duration first, Duration max, double factor, double jitter) {

	private static final Pattern SYNTAX = Pattern
		.compile("([^\\s~]+?)(?:\\.\\.([^\\s~]+))?(?:\\s+x(\\d+(?:\\.\\d+)?))?(?:\\s*~(\\d+(?:\\.\\d+)?)%)?");

	static Backoff parse(String text) {
		Matcher matcher = SYNTAX.matcher(text.trim());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("it is not of the form '100ms', '100ms..30s' or '100ms..30s x2 ~20%'");
		}
		Duration first = duration(matcher.group(1));
		boolean growing = matcher.group(2) != null;
		if (!growing && matcher.group(3) != null) {
			throw new IllegalArgumentException("a factor needs a maximum, as in '100ms..30s x2'");
		}
		Duration max = growing ? duration(matcher.group(2)) : first;
		double factor = (matcher.group(3) != null) ? Double.parseDouble(matcher.group(3)) : (growing ? 2 : 1);
		double jitter = (matcher.group(4) != null) ? Double.parseDouble(matcher.group(4)) / 100 : 0;
		return new Backoff(first, max, factor, jitter).checked();
	}

	private static Duration duration(String text) {
		return DurationStyle.detectAndParse(text);
	}

	private Backoff checked() {
		if (this.first.isNegative()) {
			throw new IllegalArgumentException("it is negative");
		}
		if (this.max.compareTo(this.first) < 0) {
			throw new IllegalArgumentException("the maximum is below the first delay");
		}
		if (this.factor < 1) {
			throw new IllegalArgumentException("the factor is below 1");
		}
		if (this.jitter > 1) {
			throw new IllegalArgumentException("the variation is above 100%");
		}
		return this;
	}

	/**
	 * Computes the delay after a failed attempt; at most what a {@code long} can count in
	 * nanoseconds, 292 years.
	 */
	Duration after(int attempt) {
		double nanos = Math.min(nanos(this.first) * Math.pow(this.factor, attempt - 1), nanos(this.max));
		if (this.jitter > 0) {
			nanos *= ThreadLocalRandom.current().nextDouble(1 - this.jitter, 1 + this.jitter);
		}
		return Duration.ofNanos((long) nanos);
	}

	private static double nanos(Duration duration) {
		return duration.getSeconds() * 1e9 + duration.getNano();
	}

}
