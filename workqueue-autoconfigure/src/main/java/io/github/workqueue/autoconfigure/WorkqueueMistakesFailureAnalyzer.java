package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.function.Function;

import io.github.workqueue.spring.Mistake;
import io.github.workqueue.spring.WorkqueueMistakesException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Reports all mistakes at once.
 */
final class WorkqueueMistakesFailureAnalyzer extends AbstractFailureAnalyzer<WorkqueueMistakesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WorkqueueMistakesException cause) {
		List<Mistake> mistakes = cause.mistakes();
		String description = (mistakes.size() == 1) ? mistakes.get(0).problem()
				: "Workqueues cannot start for " + mistakes.size() + " reasons:\n\n" + list(mistakes, Mistake::problem);
		String action = (mistakes.size() == 1) ? mistakes.get(0).action() : list(mistakes, Mistake::action);
		return new FailureAnalysis(description, action, cause);
	}

	private static String list(List<Mistake> mistakes, Function<Mistake, String> text) {
		StringBuilder list = new StringBuilder();
		for (int i = 0; i < mistakes.size(); i++) {
			list.append((i > 0) ? "\n" : "").append(i + 1).append(". ").append(text.apply(mistakes.get(i)));
		}
		return list.toString();
	}

}
