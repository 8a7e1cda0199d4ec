package io.github.workqueue.actuate.endpoint;

import java.io.Serial;

/**
 * The queue was made without the flag that lets endpoints change it.
 */
final class ReadOnlyWorkqueueException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	ReadOnlyWorkqueueException(String queue) {
		super("workqueue '" + queue
				+ "' has no SYSFS flag: it cannot be changed through the endpoint; set workqueue.queues." + queue
				+ ".sysfs=true or allocate it with WorkqueueFlag.SYSFS");
	}

}
