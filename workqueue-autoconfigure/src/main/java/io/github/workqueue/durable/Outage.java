package io.github.workqueue.durable;

import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database can be reached, as far as background threads know. Logs the begin
 * and the end of an outage, not every failure in between. Thread-safe.
 */
final class Outage {

	private static final Log logger = LogFactory.getLog(Outage.class);

	private volatile @Nullable RuntimeException cause;

	/**
	 * Does something with the database. If that fails, or returns null because the
	 * database was not asked, the result is the other.
	 */
	<T> T watch(Supplier<? extends @Nullable T> action, T otherwise) {
		try {
			T result = action.get();
			if (result != null) {
				over();
			}
			return (result != null) ? result : otherwise;
		}
		catch (RuntimeException ex) {
			if (this.cause == null) {
				logger.warn("Durable work rests until the database answers", ex);
			}
			this.cause = ex;
			return otherwise;
		}
	}

	private void over() {
		if (this.cause != null) {
			this.cause = null;
			logger.info("Durable work goes on: the database answers again");
		}
	}

	/** Why the database cannot be reached, or null if it can. */
	@Nullable RuntimeException cause() {
		return this.cause;
	}

}
