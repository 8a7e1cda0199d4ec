package io.github.workqueue.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} that is down while a pool makes no progress, or the store of
 * durable work cannot be reached: then with the detail {@code error}. The detail
 * {@code stalls} has one entry per such pool: {@code pool}, {@code reason},
 * {@code workqueue}, {@code work}, {@code worker} as far as they are known, and
 * {@code lasted}, an ISO-8601 duration.
 */
public final class WorkqueueHealthIndicator extends AbstractHealthIndicator {

	private final WorkqueueInspector inspector;

	private final Supplier<? extends @Nullable Throwable> outage;

	/**
	 * Makes the indicator.
	 * @param inspector what it asks for stalled pools
	 */
	public WorkqueueHealthIndicator(WorkqueueInspector inspector) {
		this(inspector, () -> null);
	}

	/**
	 * Makes the indicator.
	 * @param inspector what it asks for stalled pools
	 * @param outage tells why the store of durable work cannot be reached; null if it can
	 */
	public WorkqueueHealthIndicator(WorkqueueInspector inspector, Supplier<? extends @Nullable Throwable> outage) {
		super("Workqueue health check failed");
		this.inspector = inspector;
		this.outage = outage;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		List<StallSnapshot> stalls = this.inspector.inspectStalls();
		if (stalls.isEmpty()) {
			builder.up();
		}
		else {
			builder.down().withDetail("stalls", stalls.stream().map(WorkqueueHealthIndicator::describe).toList());
		}
		Throwable outage = this.outage.get();
		if (outage != null) {
			builder.down(outage);
		}
	}

	private static Map<String, Object> describe(StallSnapshot stall) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("pool", stall.pool());
		details.put("reason", stall.reason());
		putIfKnown(details, "workqueue", stall.workqueue());
		putIfKnown(details, "work", stall.work());
		putIfKnown(details, "worker", stall.worker());
		putIfKnown(details, "waiting", stall.waiting());
		details.put("lasted", stall.lasted().toString());
		return details;
	}

	private static void putIfKnown(Map<String, Object> details, String name, @Nullable String value) {
		if (value != null) {
			details.put(name, value);
		}
	}

}
