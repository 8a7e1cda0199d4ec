package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a program that fails shorter, as long as it still fails.
 */
final class Shrinker {

	/** Runs a program on a fresh engine. */
	@FunctionalInterface
	interface Runner {

		Mismatch run(Program program) throws InterruptedException;

	}

	/** How often a program is tried before it counts as right: some fail by chance. */
	private static final int TRIES = 3;

	private final Runner runner;

	Shrinker(Runner runner) {
		this.runner = runner;
	}

	/** Returns the shortest failure that was found. */
	Mismatch shrink(Mismatch failure) throws InterruptedException {
		Mismatch best = failure;
		int chunk = failure.program().calls().size() / 2;
		while (chunk > 0) {
			Mismatch shorter = without(best, chunk);
			chunk = (shorter == best) ? chunk / 2 : Math.min(chunk, shorter.program().calls().size() / 2);
			best = shorter;
		}
		return best;
	}

	/**
	 * Leaves out as many calls in a row as it can; the failure itself if that is none.
	 */
	private Mismatch without(Mismatch failure, int chunk) throws InterruptedException {
		List<Call> calls = failure.program().calls();
		for (int from = 0; from + chunk <= calls.size(); from += chunk) {
			List<Call> rest = new ArrayList<>(calls);
			rest.subList(from, from + chunk).clear();
			Mismatch found = tryOut(failure.program().with(rest));
			if (found != null) {
				return found;
			}
		}
		return failure;
	}

	private Mismatch tryOut(Program program) throws InterruptedException {
		Mismatch found = null;
		for (int i = 0; i < TRIES && found == null; i++) {
			found = this.runner.run(program);
		}
		return found;
	}

}
