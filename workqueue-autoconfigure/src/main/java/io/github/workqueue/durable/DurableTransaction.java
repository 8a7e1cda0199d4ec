package io.github.workqueue.durable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeMap;
import java.util.SortedMap;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The requests of one transaction, merged per key and written when it commits, in the
 * order in which rows are locked. Used by the thread of the transaction only. What was
 * requested after a savepoint goes with it.
 */
final class DurableTransaction implements TransactionSynchronization {

	private final RequestSender sender;

	private final Deque<Savepoint> savepoints = new ArrayDeque<>();

	private SortedMap<WorkId, DurableRequest> requests = new TreeMap<>();

	private Phase phase = Phase.OPEN;

	DurableTransaction(RequestSender sender) {
		this.sender = sender;
	}

	boolean isOver() {
		return this.phase == Phase.OVER;
	}

	/**
	 * Adds a request.
	 * @return true if it is the transaction's first for its key
	 */
	boolean add(DurableRequest request) {
		DurableRequest earlier = this.requests.get(request.id());
		this.requests.put(request.id(), (earlier != null) ? earlier.merge(request) : request);
		if (this.phase == Phase.WRITTEN) {
			this.sender.write(request);
		}
		return earlier == null;
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.sender);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.sender, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.push(new Savepoint(savepoint, new TreeMap<>(this.requests)));
	}

	/** Forgets everything if the savepoint is older than the first request. */
	@Override
	public void savepointRollback(Object savepoint) {
		this.requests = new TreeMap<>();
		if (this.savepoints.stream().noneMatch((known) -> known.object() == savepoint)) {
			this.savepoints.clear();
			return;
		}
		while (this.savepoints.element().object() != savepoint) {
			this.savepoints.pop();
		}
		this.requests.putAll(this.savepoints.element().requests());
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.requests.values().forEach(this.sender::write);
		this.phase = Phase.WRITTEN;
	}

	/**
	 * A transaction that commits already when it makes its first request writes it after
	 * all.
	 */
	@Override
	public void afterCommit() {
		boolean late = this.phase == Phase.OPEN;
		this.phase = Phase.OVER;
		if (late) {
			this.requests.values().forEach(this.sender::sendAlone);
		}
		else {
			this.sender.committed(this.requests.values());
		}
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.sender);
		if (status == STATUS_UNKNOWN) {
			this.sender.committed(this.requests.values());
		}
		this.phase = Phase.OVER;
	}

	private enum Phase {

		OPEN, WRITTEN, OVER

	}

	private record Savepoint(Object object, SortedMap<WorkId, DurableRequest> requests) {
	}

}
