package io.github.workqueue.spring;

import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * Calls a hook after each request that is sent.
 *
 * @param enqueuer decides when requests are sent
 * @param hook what is called
 */
record HookedEnqueuer(Enqueuer enqueuer, RequestHook hook) implements Enqueuer {

	@Override
	public <R> boolean enqueue(Object identity, R request, BinaryOperator<R> merge, Predicate<R> send) {
		return this.enqueuer.enqueue(identity, request, merge, (sent) -> {
			boolean accepted = send.test(sent);
			this.hook.afterRequest();
			return accepted;
		});
	}

}
