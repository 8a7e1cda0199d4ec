package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of the requests that have merged for one key, in the order of the
 * requests; the latest counts. An argument is here from before its request is made, so
 * that no run misses it. If the request is refused the one before counts again, unless a
 * run has taken the argument meanwhile: then the request was served.
 * <p>
 * The owner guards it and its requests.
 */
final class Arguments {

	private final List<Request> requests = new ArrayList<>(1);

	/** Adds the argument of a request that is about to be made. */
	Arguments add(Request request) {
		this.requests.add(request);
		return this;
	}

	/** Returns the argument for the run that begins. */
	Object take() {
		Request latest = this.requests.get(this.requests.size() - 1);
		latest.taken = true;
		return latest.argument;
	}

	/** The request was granted: it was accepted, or has merged with a pending one. */
	void settle(Request request) {
		request.underWay = false;
		while (this.requests.size() > 1 && !this.requests.get(0).underWay && isSettledAfterFirst()) {
			this.requests.remove(0);
		}
	}

	private boolean isSettledAfterFirst() {
		return this.requests.stream().skip(1).anyMatch((request) -> !request.underWay);
	}

	/**
	 * The request was refused.
	 * @return false if a run has taken its argument
	 */
	boolean withdraw(Request request) {
		if (request.taken) {
			settle(request);
			return false;
		}
		this.requests.remove(request);
		return true;
	}

	/** Takes over later requests. */
	void addAll(Arguments later) {
		this.requests.addAll(later.requests);
	}

	boolean isUnderWay() {
		return this.requests.stream().anyMatch((request) -> request.underWay);
	}

	boolean isEmpty() {
		return this.requests.isEmpty();
	}

	/** One request and its argument. */
	static final class Request {

		private final Object argument;

		/** It is not known yet whether the request is granted. */
		private boolean underWay = true;

		/** A run has begun with the argument. */
		private boolean taken;

		Request(Object argument) {
			this.argument = argument;
		}

	}

}
