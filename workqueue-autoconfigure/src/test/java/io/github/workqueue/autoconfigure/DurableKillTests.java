package io.github.workqueue.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.workqueue.autoconfigure.DurableProcesses.signal;
import static io.github.workqueue.autoconfigure.DurableProcesses.until;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that places an order in one transaction with a request, and is killed by
 * the kernel in each phase of it, while another waits.
 */
@Timeout(300)
class DurableKillTests {

	private static final Duration HEARTBEAT = Duration.ofMillis(300);

	@RegisterExtension
	private final DurableProcesses processes = new DurableProcesses();

	@Test
	void everyPhaseLeavesTheRequestOrNothing() throws Exception {
		Process other = this.processes.start(HEARTBEAT);
		this.processes.request(0);
		until(() -> this.processes.count("states") == 1);
		for (Phase phase : Phase.values()) {
			signal("STOP", other);
			kill(phase);
			signal("CONT", other);
			awaitEnd(phase);
		}
		assertThat(this.processes.count("orders")).isEqualTo(Phase.values().length - 1);
	}

	private void kill(Phase phase) throws Exception {
		Process killed = this.processes.start(HEARTBEAT, "call.job=" + job(phase), "hold.statement=" + phase.statement,
				"hold.after=" + phase.after, "hold.file=" + this.processes.file("never"));
		until(() -> this.processes.log(killed).contains(PausingDataSource.HELD));
		until(() -> this.processes.number("select count(*) from orders where job = " + job(phase)) == orders(phase));
		killed.destroyForcibly().waitFor();
	}

	private void awaitEnd(Phase phase) {
		if (phase != Phase.BEFORE_COMMIT) {
			until(() -> this.processes.number("select count(*) from states where job = " + job(phase)) == 1);
		}
		this.processes.awaitIdle();
		assertThat(this.processes.number("select count(*) from runs where job = " + job(phase))).as(phase.name())
			.isEqualTo(phase.runs);
		assertThat(this.processes.number("select count(*) from orders where job = " + job(phase))).as(phase.name())
			.isEqualTo(orders(phase));
	}

	private static int orders(Phase phase) {
		return (phase != Phase.BEFORE_COMMIT) ? 1 : 0;
	}

	private static int job(Phase phase) {
		return phase.ordinal() + 1;
	}

	/** Where a thread of the instance is when it is killed. */
	private enum Phase {

		BEFORE_COMMIT("insert into workqueue_tasks as", true, 0),

		PENDING("update workqueue_tasks set picked = true", false, 1),

		CLAIMED("update workqueue_tasks set picked = true", true, 1),

		RUNNING("insert into runs", true, 2),

		BEFORE_COMPLETION("delete from workqueue_tasks where", false, 2);

		private final String statement;

		private final boolean after;

		/** How many runs there are in the end, also those that were cut off. */
		private final int runs;

		Phase(String statement, boolean after, int runs) {
			this.statement = statement;
			this.after = after;
			this.runs = runs;
		}

	}

}
