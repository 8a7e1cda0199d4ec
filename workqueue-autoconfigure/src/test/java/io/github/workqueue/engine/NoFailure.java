package io.github.workqueue.engine;

import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/**
 * Accepts whatever operations return, but no exception.
 */
public final class NoFailure implements Verifier {

	/** As Lincheck wants it. */
	public NoFailure(@SuppressWarnings("unused") Class<?> specification) {
	}

	@Override
	public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
		return results.getThreadsResultsWithClock()
			.stream()
			.flatMap((thread) -> thread.stream())
			.noneMatch((result) -> result.getResult() instanceof ExceptionResult);
	}

}
