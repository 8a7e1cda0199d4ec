package io.github.workqueue.autoconfigure;

import io.github.workqueue.spring.AfterCommitEnqueuer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Auto-configuration of requests that wait for the commit of a transaction.
 */
@AutoConfiguration
@ConditionalOnClass(TransactionSynchronization.class)
public final class WorkqueueTransactionAutoConfiguration {

	@Bean
	AfterCommitEnqueuer workqueueAfterCommitEnqueuer() {
		return new AfterCommitEnqueuer();
	}

}
