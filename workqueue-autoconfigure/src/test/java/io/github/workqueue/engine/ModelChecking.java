package io.github.workqueue.engine;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs Lincheck's model checker: quickly with every build, at length with the tests that
 * are tagged "stress".
 */
final class ModelChecking {

	private static final boolean LONG = Boolean.getBoolean("lincheck.long");

	private final Class<?> specification;

	private int threads = 2;

	private int actors = 3;

	private int before = 2;

	private int scenarios = 40;

	private int interleavings = 400;

	private ModelChecking(Class<?> specification) {
		this.specification = specification;
	}

	/** Operations must behave as on this class, one after the other. */
	static ModelChecking against(Class<?> specification) {
		return new ModelChecking(specification);
	}

	ModelChecking threads(int threads) {
		this.threads = threads;
		return this;
	}

	/** Operations of each thread, and of one thread before the others begin. */
	ModelChecking operations(int each, int before) {
		this.actors = each;
		this.before = before;
		return this;
	}

	ModelChecking effort(int scenarios, int interleavings) {
		this.scenarios = scenarios;
		this.interleavings = interleavings;
		return this;
	}

	/** Finds no error. */
	void holds(Class<?> driver) {
		options(LONG ? 10 : 1).check(driver);
	}

	/** Finds an error. */
	void fails(Weakened engine, Class<?> driver) {
		assertThatExceptionOfType(LincheckAssertionError.class)
			.isThrownBy(() -> options(10).check(engine.copy(driver)));
	}

	private ModelCheckingOptions options(int times) {
		return new ModelCheckingOptions().sequentialSpecification(this.specification)
			.threads(this.threads)
			.actorsPerThread(this.actors)
			.actorsBefore(this.before)
			.actorsAfter(1)
			.iterations(this.scenarios * times)
			.invocationsPerIteration(this.interleavings)
			.minimizeFailedScenario(false);
	}

}
