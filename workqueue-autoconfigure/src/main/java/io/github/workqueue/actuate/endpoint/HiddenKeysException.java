package io.github.workqueue.actuate.endpoint;

import java.io.Serial;

/**
 * Whoever asks names a key and may not see any: the answer would tell whether it exists.
 */
final class HiddenKeysException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	HiddenKeysException() {
		super("a key may only be named where keys are shown: see management.endpoint.workqueues.show-values");
	}

}
