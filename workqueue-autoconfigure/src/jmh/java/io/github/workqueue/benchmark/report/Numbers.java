package io.github.workqueue.benchmark.report;

import java.math.BigDecimal;
import java.util.Locale;

/** Figures for people: three digits that count, no infinities. */
final class Numbers {

	private Numbers() {
	}

	static String format(double value) {
		if (Double.isNaN(value)) {
			return "";
		}
		if (Double.isInfinite(value)) {
			return "given up";
		}
		double size = Math.abs(value);
		if (size > 0 && size < 0.01) {
			return "< 0.01";
		}
		int decimals = (size >= 100 || value == Math.rint(value)) ? 0 : (size >= 10) ? 1 : 2;
		return String.format(Locale.ROOT, "%,." + decimals + "f", value);
	}

	/** A limit as it was written. */
	static String limit(double value) {
		return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
	}

	static String bytes(double value) {
		return Double.isNaN(value) ? "" : format((value < 1) ? 0 : Math.rint(value));
	}

}
