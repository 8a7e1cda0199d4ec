package io.github.workqueue.engine;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.CTestStructure;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

/**
 * Runs Lincheck's model checker: the scenarios named here, then random ones. It tries
 * interleavings of the threads' steps, those with few switches first. With every build it
 * runs for a moment, under {@code -Pstress} at length.
 * <p>
 * A scenario is written {@code before ; one | two ; after}: operations of the driver,
 * those of two or more threads with a bar between them.
 */
final class ModelChecking {

	/** How many times as much is tried. */
	private static final int EFFORT = Integer.getInteger("lincheck.effort", 1);

	/** Interleavings within which a scenario must be right without the weakness. */
	private static final int FEW = 15;

	/** Interleavings within which a weakness must be found. */
	private static final int MOST = 2_000;

	/** Rounds of a loop that still may end. */
	private static final int ROUNDS = 1_000;

	private final Class<?> driver;

	private final List<String> scenarios = new ArrayList<>();

	private Class<?> whole;

	private Class<?> specification;

	private int threads = 2;

	private int actors = 3;

	private int before = 2;

	private int random = 12;

	private int interleavings = 250;

	private ModelChecking(Class<?> driver) {
		this.driver = driver;
	}

	static ModelChecking of(Class<?> driver) {
		return new ModelChecking(driver);
	}

	/**
	 * Operations must answer as on this class, where they run one after the other. Else
	 * they must not throw.
	 */
	ModelChecking against(Class<?> specification) {
		this.specification = specification;
		return this;
	}

	/** Each call of this class is one step: whoever calls it holds a lock. */
	ModelChecking whole(Class<?> type) {
		this.whole = type;
		return this;
	}

	/** The shape of the random scenarios. */
	ModelChecking random(int scenarios, int threads, int operations, int before) {
		this.random = scenarios;
		this.threads = threads;
		this.actors = operations;
		this.before = before;
		return this;
	}

	ModelChecking interleavings(int interleavings) {
		this.interleavings = interleavings;
		return this;
	}

	ModelChecking scenario(String scenario) {
		this.scenarios.add(scenario);
		return this;
	}

	/** Finds no error. */
	void holds() {
		holds(new EngineCopy());
	}

	/** Finds no error on a copy of the engine. */
	void holds(EngineCopy engine) {
		check(engine, this.random * EFFORT, this.interleavings * EFFORT);
	}

	/** Finds an error of the weakened engine in a scenario that has none without it. */
	void notices(EngineCopy weakened, String scenario) {
		this.scenarios.clear();
		scenario(scenario);
		check(weakened.withoutWeakness(), 0, FEW);
		assertThatExceptionOfType(LincheckAssertionError.class).isThrownBy(() -> check(weakened, 0, MOST));
	}

	private void check(EngineCopy engine, int random, int interleavings) {
		Class<?> type = engine.of(this.driver);
		ModelCheckingOptions options = new ModelCheckingOptions().threads(this.threads)
			.actorsPerThread(this.actors)
			.actorsBefore(this.before)
			.actorsAfter(1)
			.iterations(random)
			.invocationsPerIteration(interleavings)
			.loopBound(ROUNDS)
			.minimizeFailedScenario(false);
		if (this.specification != null) {
			options.sequentialSpecification(this.specification);
		}
		else {
			options.verifier(NoFailure.class);
		}
		if (this.whole != null) {
			options.addGuarantee(forClasses(engine.nameOf(this.whole)).allMethods().treatAsAtomic());
		}
		this.scenarios.forEach((scenario) -> options.addCustomScenario(parse(type, scenario)));
		options.check(type);
	}

	private static ExecutionScenario parse(Class<?> type, String scenario) {
		String[] parts = scenario.split(";", -1);
		if (parts.length != 3) {
			throw new IllegalArgumentException("not 'before ; one | two ; after': " + scenario);
		}
		List<List<Actor>> threads = Stream.of(parts[1].split("\\|")).map((thread) -> actors(type, thread)).toList();
		return new ExecutionScenario(actors(type, parts[0]), threads, actors(type, parts[2]),
				CTestStructure.getFromTestClass(type).validationFunction);
	}

	private static List<Actor> actors(Class<?> type, String operations) {
		return Stream.of(operations.trim().split("\\s+"))
			.filter((operation) -> !operation.isEmpty())
			.map((operation) -> actor(type, operation))
			.toList();
	}

	private static Actor actor(Class<?> type, String operation) {
		String[] parts = operation.split("[(),]");
		Method method = Arrays.stream(type.getMethods())
			.filter((candidate) -> candidate.getName().equals(parts[0]))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("no operation '" + parts[0] + "'"));
		return new Actor(method, Stream.of(parts).skip(1).map(Integer::valueOf).toList());
	}

}
