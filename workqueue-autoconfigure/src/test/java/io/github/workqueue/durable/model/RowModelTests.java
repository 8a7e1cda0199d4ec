package io.github.workqueue.durable.model;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every order of the steps of two instances, and the mistakes that this must show.
 */
class RowModelTests {

	@Test
	void holdsForOneKeyInEveryOrder() {
		assertThat(new RowModel(Fault.NONE).explore(ModelState.of(1, new ModelLimits(3, 1, 2, 1, 1))))
			.isGreaterThan(5_000);
	}

	@Test
	void holdsForTwoKeysInEveryOrder() {
		assertThat(new RowModel(Fault.NONE).explore(ModelState.of(2, new ModelLimits(2, 1, 1, 0, 0))))
			.isGreaterThan(50_000);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "NONE")
	void findsEveryFault(Fault fault) {
		assertThatExceptionOfType(Violation.class)
			.isThrownBy(() -> new RowModel(fault).explore(ModelState.of(1, new ModelLimits(3, 1, 2, 1, 0))));
	}

}
