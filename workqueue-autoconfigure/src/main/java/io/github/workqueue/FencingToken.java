package io.github.workqueue;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * For frameworks: the token of the durable run that a thread executes.
 */
public final class FencingToken {

	private static final ThreadLocal<@Nullable Long> CURRENT = new ThreadLocal<>();

	private FencingToken() {
	}

	/**
	 * Calls something as part of a durable run.
	 * @param token the token of the run
	 * @param call the call
	 * @throws Throwable what it threw, itself
	 */
	public static void during(long token, WorkInterceptor.Call call) throws Throwable {
		Long outer = CURRENT.get();
		CURRENT.set(token);
		try {
			call.run();
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	static OptionalLong current() {
		Long token = CURRENT.get();
		return (token != null) ? OptionalLong.of(token) : OptionalLong.empty();
	}

}
