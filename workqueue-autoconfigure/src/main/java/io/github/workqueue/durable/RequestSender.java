package io.github.workqueue.durable;

import java.time.Duration;
import java.util.Collection;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends requests: with the transaction of the calling thread if it has one on the
 * DataSource, else in one of their own. Thread-safe.
 */
final class RequestSender {

	private final DurableStore store;

	private final StoreTransactions transactions;

	private final Later later;

	private final Runnable folding;

	/**
	 * Makes the sender.
	 * @param later wakes for what was committed
	 * @param folding told when something noted was committed, which is to be folded
	 */
	RequestSender(DurableStore store, StoreTransactions transactions, Later later, Runnable folding) {
		this.store = store;
		this.transactions = transactions;
		this.later = later;
		this.folding = folding;
	}

	/**
	 * Sends a request.
	 * @return true if it made its key pending: for all that can be known, if it is the
	 * first of its transaction
	 * @throws IllegalStateException if the transaction is read-only
	 */
	boolean send(DurableRequest request) {
		if (!isInTransaction()) {
			return sendAlone(request);
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new IllegalStateException(
					request.id() + " was requested in a read-only transaction, which cannot store it");
		}
		DurableTransaction transaction = transaction();
		return transaction.isOver() ? sendAlone(request) : transaction.add(request) && !isModify(request);
	}

	private boolean isInTransaction() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.isActualTransactionActive() && this.transactions.isJoinable();
	}

	private DurableTransaction transaction() {
		if (TransactionSynchronizationManager.getResource(this) instanceof DurableTransaction transaction) {
			return transaction;
		}
		DurableTransaction transaction = new DurableTransaction(this);
		TransactionSynchronizationManager.registerSynchronization(transaction);
		TransactionSynchronizationManager.bindResource(this, transaction);
		return transaction;
	}

	/** Sends a request in a transaction of its own. */
	boolean sendAlone(DurableRequest request) {
		Requested requested = this.transactions.own(() -> this.store.request(request));
		if (requested != Requested.REFUSED) {
			committed(request);
		}
		return requested == (isModify(request) ? Requested.MERGED : Requested.MADE);
	}

	private static boolean isModify(DurableRequest request) {
		return request.kind() == DurableRequest.Kind.MODIFY;
	}

	/** Writes a request into the transaction of the calling thread. */
	void write(DurableRequest request) {
		if (isNoted()) {
			this.store.intake(request);
		}
		else {
			this.store.request(request);
		}
	}

	/** Whether requests of the present transaction are noted without a look at rows. */
	private boolean isNoted() {
		return !this.store.isSafeForCallers() || this.transactions.isStrict();
	}

	/** Wakes whoever is to run what a transaction has committed; called by its thread. */
	void committed(Collection<DurableRequest> requests) {
		if (isNoted()) {
			this.folding.run();
		}
		requests.forEach(this::committed);
	}

	/** Wakes whoever is to run what was committed. */
	private void committed(DurableRequest request) {
		this.later.wakeIn(Duration.ZERO);
		if (!request.delay().isZero()) {
			this.later.wakeIn(request.firstDelay());
			this.later.wakeIn(request.delay());
		}
	}

}
