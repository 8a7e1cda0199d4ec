package io.github.workqueue.spring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The requests of one transaction, in the order in which they were first made. Used by
 * the thread of the transaction only. What was requested after a savepoint goes with it.
 */
final class TransactionRequests implements TransactionSynchronization {

	private final Object resourceKey;

	private final Map<Object, Request<?>> requests = new LinkedHashMap<>();

	private final Deque<Savepoint> savepoints = new ArrayDeque<>();

	private boolean over;

	TransactionRequests(Object resourceKey) {
		this.resourceKey = resourceKey;
	}

	/** Whether the transaction is over, so that requests need not wait any more. */
	boolean isOver() {
		return this.over;
	}

	/**
	 * Adds a request.
	 * @return true if it is the transaction's first of that identity
	 */
	@SuppressWarnings("unchecked")
	<R> boolean add(Object identity, R request, BinaryOperator<R> merge, Predicate<R> send) {
		Request<R> first = (Request<R>) this.requests.get(identity);
		R merged = (first != null) ? merge.apply(first.request(), request) : request;
		this.requests.put(identity, new Request<>(merged, send));
		return first == null;
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.resourceKey);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.resourceKey, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.push(new Savepoint(savepoint, new LinkedHashMap<>(this.requests)));
	}

	/**
	 * Forgets what was requested since the savepoint: everything, if the savepoint is
	 * older than the first request.
	 */
	@Override
	public void savepointRollback(Object savepoint) {
		Savepoint reached = null;
		boolean known = this.savepoints.stream().anyMatch((candidate) -> candidate.object() == savepoint);
		while (!this.savepoints.isEmpty() && (reached == null || reached.object() != savepoint)) {
			reached = this.savepoints.pop();
		}
		this.requests.clear();
		if (known && reached != null) {
			this.requests.putAll(reached.requests());
			this.savepoints.push(reached);
		}
	}

	@Override
	public void afterCommit() {
		sendAll();
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.resourceKey);
		if (status == STATUS_COMMITTED) {
			sendAll();
		}
		this.over = true;
	}

	/**
	 * Sends every request, whatever becomes of the others; the first refusal goes to the
	 * caller of the commit.
	 */
	private void sendAll() {
		this.over = true;
		Map<Object, Request<?>> requests = new LinkedHashMap<>(this.requests);
		this.requests.clear();
		RuntimeException refused = null;
		for (Request<?> request : requests.values()) {
			refused = send(request, refused);
		}
		if (refused != null) {
			throw refused;
		}
	}

	private static @Nullable RuntimeException send(Request<?> request, @Nullable RuntimeException refused) {
		try {
			request.send();
			return refused;
		}
		catch (RuntimeException ex) {
			if (refused == null) {
				return ex;
			}
			refused.addSuppressed(ex);
			return refused;
		}
	}

	private record Request<R>(R request, Predicate<R> sender) {

		/** Returns what nobody asks for any more: whether this made the work pending. */
		boolean send() {
			return this.sender.test(this.request);
		}

	}

	private record Savepoint(Object object, Map<Object, Request<?>> requests) {
	}

}
