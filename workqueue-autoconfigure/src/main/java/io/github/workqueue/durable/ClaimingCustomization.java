package io.github.workqueue.durable;

import java.time.Instant;
import java.util.List;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

/**
 * Lets db-scheduler claim through {@link Claims}, whose versions it takes as they are.
 */
final class ClaimingCustomization extends DefaultJdbcCustomization {

	private final Claims claims;

	private final Outage outage;

	ClaimingCustomization(Claims claims, Outage outage) {
		super(true);
		this.claims = claims;
		this.outage = outage;
	}

	@Override
	public boolean supportsSingleStatementLockAndFetch() {
		return true;
	}

	@Override
	public List<Execution> lockAndFetchSingleStatement(JdbcTaskRepositoryContext context, Instant now, int limit,
			boolean orderByPriority) {
		return this.outage.watch(() -> this.claims.claim(limit), List.<DurableClaim>of())
			.stream()
			.map((claim) -> execution(claim, now))
			.toList();
	}

	private static Execution execution(DurableClaim claim, Instant now) {
		return new Execution(now, new TaskInstance<Void>(StoreSql.TASK, claim.id().text()), true, claim.lease(), null,
				null, 0, null, claim.version());
	}

}
