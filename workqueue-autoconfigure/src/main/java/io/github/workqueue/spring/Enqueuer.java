package io.github.workqueue.spring;

import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * Decides when a request reaches the queue.
 */
@Internal
public interface Enqueuer {

	/** Sends every request at once. */
	Enqueuer IMMEDIATE = new Enqueuer() {

		@Override
		public <R> boolean enqueue(Object identity, R request, BinaryOperator<R> merge, Predicate<R> send) {
			return send.test(request);
		}

	};

	/**
	 * Takes a request.
	 * @param <R> the type of the request
	 * @param identity what requests are merged by
	 * @param request the request
	 * @param merge makes one of an earlier request and a later one
	 * @param send sends a request to the queue
	 * @return whether the request made something pending, as far as that can be known now
	 */
	<R> boolean enqueue(Object identity, R request, BinaryOperator<R> merge, Predicate<R> send);

}
