package io.github.workqueue.sample;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which directory cannot be searched, why, and what to do. */
final class UnusableRootFailureAnalyzer extends AbstractFailureAnalyzer<UnusableRootException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnusableRootException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Start with --sample.root=DIRECTORY, a directory that exists and that you may read.", cause);
	}

}
