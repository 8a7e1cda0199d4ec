package io.github.workqueue.durable;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

/**
 * The only task that db-scheduler knows: the run that the calling thread executes. What
 * its handlers of failures and dead rows would do is done by {@link Runs} and
 * {@link DurableStore#revive}, so they do nothing.
 */
final class RunTask {

	private RunTask() {
	}

	static Task<Void> make() {
		return Tasks.custom(StoreSql.TASK, Void.class).onFailure((complete, operations) -> {
		}).onDeadExecution((complete, operations) -> {
		}).execute((instance, context) -> perform());
	}

	private static CompletionHandler<Void> perform() {
		DurableRun run = DurableRun.current();
		if (run == null) {
			throw new IllegalStateException("a row was executed without a run");
		}
		End end = run.perform();
		return (complete, operations) -> run.end(end);
	}

}
