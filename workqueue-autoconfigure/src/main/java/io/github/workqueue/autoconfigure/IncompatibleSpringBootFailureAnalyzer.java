package io.github.workqueue.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which Spring Boot is needed and which was found.
 */
final class IncompatibleSpringBootFailureAnalyzer extends AbstractFailureAnalyzer<IncompatibleSpringBootException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, IncompatibleSpringBootException cause) {
		return new FailureAnalysis(cause.getMessage() + ".", "Upgrade the application from Spring Boot " + cause.found()
				+ " to 4.1 or newer, or remove workqueue-spring-boot-starter.", cause);
	}

}
