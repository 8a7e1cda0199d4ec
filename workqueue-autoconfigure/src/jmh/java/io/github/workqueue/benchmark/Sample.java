package io.github.workqueue.benchmark;

import java.util.Optional;

/**
 * A figure of one subject. Mains print samples among other lines; who started them finds
 * them there.
 *
 * @param measure which one of the goals it belongs to, such as "P6"
 * @param what what was done
 * @param unit of the value
 * @param subject who did it
 * @param value infinite if it did not end
 * @param bytes allocated per operation; NaN if not measured
 */
public record Sample(String measure, String what, String unit, String subject, double value, double bytes) {

	private static final String MARK = "sample";

	/** A sample without bytes. */
	public static Sample of(String measure, String what, String unit, String subject, double value) {
		return new Sample(measure, what, unit, subject, value, Double.NaN);
	}

	/** Prints it for whoever started this JVM. */
	public void print() {
		System.out.println(String.join("\t", MARK, this.measure, this.what, this.unit, this.subject,
				Double.toString(this.value), Double.toString(this.bytes)));
	}

	/** Reads a line of a main. */
	public static Optional<Sample> parse(String line) {
		String[] parts = line.split("\t");
		if (parts.length != 7 || !parts[0].equals(MARK)) {
			return Optional.empty();
		}
		return Optional.of(new Sample(parts[1], parts[2], parts[3], parts[4], Double.parseDouble(parts[5]),
				Double.parseDouble(parts[6])));
	}

	/** The same with another value. */
	public Sample with(String subject, double value) {
		return new Sample(this.measure, this.what, this.unit, subject, value, Double.NaN);
	}

}
