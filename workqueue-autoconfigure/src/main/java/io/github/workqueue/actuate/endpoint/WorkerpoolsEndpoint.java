package io.github.workqueue.actuate.endpoint;

import java.util.Map;

import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows the worker pools, what each busy worker executes,
 * and the rescuers.
 * <p>
 * Results are maps of plain values, nothing in them is null and durations are ISO-8601
 * strings. They are made anew by each call and belong to the caller. The figures of one
 * pool are of one moment, and a worker that is shown as blocked does not count as running
 * on its CPU.
 */
@Endpoint(id = "workerpools", defaultAccess = Access.READ_ONLY)
public final class WorkerpoolsEndpoint {

	private final WorkqueueInspector inspector;

	/**
	 * Makes the endpoint.
	 * @param inspector what it reads
	 */
	public WorkerpoolsEndpoint(WorkqueueInspector inspector) {
		this.inspector = inspector;
	}

	/**
	 * Describes all pools and rescuers.
	 * @return the pools and the rescuers
	 */
	@ReadOperation
	public Map<String, Object> workerpools() {
		return Descriptions.pools(this.inspector.inspectPools(), this.inspector.inspectRescuers()).toMap();
	}

	/**
	 * Describes all that is busy, as plain text.
	 * @param view {@code dump}
	 * @return the text of {@link WorkqueueInspector#dump()}, or null for another view
	 */
	@ReadOperation(produces = "text/plain;charset=UTF-8")
	public @Nullable String view(@Selector String view) {
		return view.equals("dump") ? this.inspector.dump() : null;
	}

}
