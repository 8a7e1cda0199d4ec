package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.github.workqueue.durable.DurableSettings;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.spring.Mistake;
import io.github.workqueue.spring.WorkqueueMistakesException;

/**
 * Opens the store as the properties say, or explains why it cannot be opened.
 */
final class DurableOpener {

	private DurableOpener() {
	}

	static DurableWorks open(WorkqueueProperties properties, DataSource dataSource) {
		WorkqueueProperties.Durable durable = properties.getDurable();
		DurableSettings settings = new DurableSettings(durable.getTable(),
				DurableSettings.Initialize.valueOf(durable.getInitializeSchema().name()), durable.getPollInterval(),
				durable.getHeartbeatInterval(), durable.getMissedHeartbeats());
		try {
			return DurableWorks.open(settings, dataSource);
		}
		catch (IllegalStateException ex) {
			WorkqueueMistakesException mistakes = new WorkqueueMistakesException(List
				.of(new Mistake("Queue '" + queues(properties) + "' is durable, but " + ex.getMessage() + ".",
						"Set 'workqueue.durable.initialize-schema' to 'always', or create the tables by the script in"
								+ " io/github/workqueue/durable, in a database that is supported.")));
			mistakes.initCause(ex);
			throw mistakes;
		}
	}

	private static String queues(WorkqueueProperties properties) {
		return String.join("', '", properties.durableQueues());
	}

}
