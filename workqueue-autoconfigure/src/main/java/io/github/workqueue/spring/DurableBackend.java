package io.github.workqueue.spring;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.workqueue.Workqueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests of durable work and runs them on any instance.
 */
@Internal
public interface DurableBackend {

	/**
	 * Adds a work of this instance.
	 * @param target what runs it here
	 * @return what requests it
	 */
	Work add(Target target);

	/**
	 * Waits for what is due on a queue or runs, on whatever instance. What this instance
	 * cannot run is not waited for.
	 * @param queue the name of the queue
	 * @param timeout the longest wait; null for no limit
	 * @return false if the time is over
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean flush(String queue, @Nullable Duration timeout) throws InterruptedException;

	/**
	 * Tells why nothing can be stored at the moment.
	 * @return what the database said last; null if it answers
	 */
	@Nullable Throwable outage();

	/**
	 * Marks the bean of a handler whose work is durable: it must exist before work can
	 * run.
	 */
	interface Handler {

	}

	/**
	 * A durable work, as its callers see it. Keys and arguments are values; the key is
	 * null for work without keys. Failures of the database come out as Spring's.
	 */
	interface Work {

		/**
		 * Makes a key pending.
		 * @param request what is wanted
		 * @return as the call of the kind of request returns
		 */
		boolean request(Request request);

		/**
		 * Removes what is pending.
		 * @param key the key
		 * @return true if it was pending
		 */
		boolean cancel(@Nullable Object key);

		/**
		 * Removes what is pending and waits for a run.
		 * @param key the key
		 * @return true if it was pending
		 * @throws InterruptedException if interrupted while waiting
		 */
		boolean cancelSync(@Nullable Object key) throws InterruptedException;

		/**
		 * Waits for the last requested run.
		 * @param key the key
		 * @param timeout the longest wait; null for no limit
		 * @return true if it waited
		 * @throws InterruptedException if interrupted while waiting
		 * @throws TimeoutException if the time is over
		 */
		boolean flush(@Nullable Object key, @Nullable Duration timeout) throws InterruptedException, TimeoutException;

		/**
		 * Tells whether a key is pending on any instance.
		 * @param key the key
		 * @return true if it is
		 */
		boolean isPending(@Nullable Object key);

		/**
		 * Tells whether a key runs on any instance.
		 * @param key the key
		 * @return true if it does
		 */
		boolean isRunning(@Nullable Object key);

		/**
		 * Counts the keys that are pending or running on any instance.
		 * @return the number
		 */
		int size();

	}

	/**
	 * A request.
	 *
	 * @param key the key
	 * @param argument the argument, if it is not the key; else null
	 * @param kind what it does to what is pending
	 * @param delay the delay, not negative
	 * @param maxWait the limit for a deadline that moves, or null
	 */
	record Request(@Nullable Object key, @Nullable Object argument, Kind kind, Duration delay,
			@Nullable Duration maxWait) {
	}

	/**
	 * What a request does to what is pending.
	 */
	enum Kind {

		/** Leaves its deadline. */
		SCHEDULE,

		/** Moves it. */
		MODIFY,

		/** Moves it, up to a limit. */
		DEBOUNCE

	}

	/**
	 * What runs a work on this instance.
	 */
	interface Target {

		/**
		 * Returns its name.
		 * @return the name
		 */
		String work();

		/**
		 * Returns its queue.
		 * @return the queue
		 */
		Workqueue queue();

		/**
		 * Returns how many runs its queue takes at once.
		 * @return the number; 0 while it is to get none
		 */
		int limit();

		/**
		 * Returns the type of its keys.
		 * @return the type; null if it has none
		 */
		@Nullable Type keyType();

		/**
		 * Returns the type of its arguments, where they are not the keys.
		 * @return the type; null if there are none
		 */
		@Nullable Type argumentType();

		/**
		 * Takes a run. Must not wait.
		 * @param run the run
		 */
		void accept(Run run);

	}

	/**
	 * A run that this instance has claimed.
	 */
	interface Run {

		/**
		 * Returns the key.
		 * @return the key; null if there is none
		 */
		@Nullable Object key();

		/**
		 * Returns the latest argument.
		 * @return the argument; null if it is the key, or there is none
		 */
		@Nullable Object argument();

		/**
		 * Returns which attempt it is.
		 * @return the attempt, from 1
		 */
		int attempt();

		/**
		 * Runs the body, unless the claim is lost, and records the end.
		 * @param body the body; a {@link io.github.workqueue.WorkRetryException} asks for
		 * another attempt
		 * @throws Throwable if the body failed
		 */
		void execute(ExecutionObserver.Call body) throws Throwable;

		/**
		 * Tells whether another attempt was wanted, and there will be none: the run was
		 * cancelled meanwhile.
		 * @return true if so, after {@link #execute}
		 */
		boolean isRetryRefused();

		/**
		 * Leaves the run to others, instead of {@link #execute}.
		 */
		void giveBack();

	}

}
