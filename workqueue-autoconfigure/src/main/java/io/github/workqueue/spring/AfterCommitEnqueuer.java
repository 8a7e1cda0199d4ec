package io.github.workqueue.spring;

import java.util.function.BinaryOperator;
import java.util.function.Predicate;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts requests off until the transaction of the calling thread has been committed.
 * Without a transaction they are sent at once.
 */
@Internal
public final class AfterCommitEnqueuer implements Enqueuer {

	@Override
	public <R> boolean enqueue(Object identity, R request, BinaryOperator<R> merge, Predicate<R> send) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()
				|| !TransactionSynchronizationManager.isActualTransactionActive()) {
			return send.test(request);
		}
		TransactionRequests requests = requests();
		return requests.isOver() ? send.test(request) : requests.add(identity, request, merge, send);
	}

	private TransactionRequests requests() {
		if (TransactionSynchronizationManager.getResource(this) instanceof TransactionRequests requests) {
			return requests;
		}
		TransactionRequests requests = new TransactionRequests(this);
		TransactionSynchronizationManager.registerSynchronization(requests);
		TransactionSynchronizationManager.bindResource(this, requests);
		return requests;
	}

}
