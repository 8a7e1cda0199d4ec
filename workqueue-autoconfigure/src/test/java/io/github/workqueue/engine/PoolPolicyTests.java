package io.github.workqueue.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PoolPolicyTests {

	@ParameterizedTest
	@CsvSource({ "false, 0, false", "false, 1, false", "true, 0, true", "true, 1, false", "true, 2, false" })
	void aWorkerIsNeededWhereItemsWaitAndNobodyRuns(boolean waiting, int running, boolean needed) {
		assertThat(PoolPolicy.needMoreWorker(waiting, running)).isEqualTo(needed);
	}

	@ParameterizedTest
	@CsvSource({ "false, 1, false", "true, 0, true", "true, 1, true", "true, 2, false" })
	void aWorkerGoesOnWhileItIsTheOnlyOne(boolean waiting, int running, boolean goesOn) {
		assertThat(PoolPolicy.keepWorking(waiting, running)).isEqualTo(goesOn);
	}

	@ParameterizedTest
	@CsvSource({ "true, 0, 0, true", "true, 0, 1, false", "true, 1, 0, false", "false, 0, 0, false" })
	void aWorkerIsMadeWhereOneIsNeededAndNoneIdles(boolean waiting, int running, int idle, boolean made) {
		assertThat(PoolPolicy.needToCreateWorker(waiting, running, idle)).isEqualTo(made);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, false", "2, 0, false", "3, 0, true", "3, 4, true", "3, 5, false", "4, 8, true", "4, 9, false" })
	void idleWorkersAreTooManyBeyondTwoAndAQuarterOfTheBusy(int idle, int busy, boolean tooMany) {
		assertThat(PoolPolicy.tooManyWorkers(idle, busy)).isEqualTo(tooMany);
	}

}
