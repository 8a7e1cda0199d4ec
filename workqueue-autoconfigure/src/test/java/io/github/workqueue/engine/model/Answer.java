package io.github.workqueue.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * What a call must do: return something, throw something, or wait.
 *
 * @param outcome what it returns or throws; null if it waits or is not made
 * @param begun the wait, if it waits
 */
record Answer(@Nullable String outcome, @Nullable ModelWait begun) {

	/** The call is not made: its outcome is open, or it would wait for ever. */
	static final Answer SKIP = new Answer(null, null);

	static final Answer TRUE = of("true");

	static final Answer FALSE = of("false");

	static final Answer DONE = of("done");

	static final Answer REJECTED = of("rejected");

	static final Answer ILLEGAL_STATE = of("illegal state");

	static final Answer ILLEGAL_ARGUMENT = of("illegal argument");

	static final Answer DEADLOCK = of("deadlock");

	static Answer of(String outcome) {
		return new Answer(outcome, null);
	}

	static Answer of(boolean outcome) {
		return outcome ? TRUE : FALSE;
	}

	static Answer waiting(ModelWait wait) {
		return new Answer(null, wait);
	}

}
