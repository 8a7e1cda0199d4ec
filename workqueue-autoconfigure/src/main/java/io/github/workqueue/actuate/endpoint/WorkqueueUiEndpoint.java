package io.github.workqueue.actuate.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.TimerSnapshot;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * {@link WebEndpoint @WebEndpoint} with a page that shows what the other endpoints tell,
 * live. The page is one document without any reference to elsewhere. It reads the
 * endpoints {@code workqueues} and {@code workerpools}, where they are exposed and as
 * whoever looks at it, and from here what those have not: stalls, next timers, last
 * failures and last executions.
 */
@WebEndpoint(id = WorkqueueUiEndpoint.ID, defaultAccess = Access.READ_ONLY)
public final class WorkqueueUiEndpoint {

	static final String ID = "workqueueui";

	private static final int MAX_TIMERS = 50;

	private final Page page = new Page();

	private final PageLinks links;

	private final WorkqueueInspector inspector;

	private final RecentExecutions recent;

	private final Show showValues;

	private final Set<String> roles;

	private final KeyPresenter keys;

	/**
	 * Makes the endpoint.
	 * @param endpoints the exposed endpoints
	 * @param inspector what it reads
	 * @param recent what it reads of the past
	 * @param showValues who sees keys, and the messages of exceptions
	 * @param roles the roles that are authorized to; none for every authenticated user
	 * @param sanitizingFunctions what sees a key before it is shown
	 */
	public WorkqueueUiEndpoint(ObjectProvider<WebEndpointsSupplier> endpoints, WorkqueueInspector inspector,
			RecentExecutions recent, Show showValues, Set<String> roles,
			Iterable<SanitizingFunction> sanitizingFunctions) {
		this.links = new PageLinks(endpoints);
		this.inspector = inspector;
		this.recent = recent;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
		this.keys = new KeyPresenter(sanitizingFunctions);
	}

	/**
	 * Returns the page. It carries its content security policy itself.
	 * @return an HTML document
	 */
	@ReadOperation(produces = "text/html;charset=UTF-8")
	public String page() {
		return this.page.with(this.links.attributes());
	}

	/**
	 * Returns the content security policy with which the page works, for applications
	 * that send one of their own: without the hashes in this one it keeps the page from
	 * running.
	 * @return the policy, which names the hashes of this version's style and script
	 */
	public String contentSecurityPolicy() {
		return this.page.policy();
	}

	/**
	 * Tells what the page cannot read elsewhere.
	 * @param securityContext the caller
	 * @param part {@code recent}
	 * @param work the work whose last executions are told too, or null
	 * @return stalls, waiting times, timers and failures; null for another part, which
	 * becomes 404
	 */
	@ReadOperation
	public @Nullable Map<String, Object> recent(SecurityContext securityContext, @Selector String part,
			@Nullable String work) {
		if (!part.equals("recent")) {
			return null;
		}
		boolean showKeys = this.showValues.isShown(securityContext, this.roles);
		long now = System.nanoTime();
		Fields fields = new Fields().add("id", this.recent.id())
			.addObjects("stalls", this.inspector.inspectStalls().stream().map(WorkqueueUiEndpoint::stall).toList())
			.addObjects("waits", waits())
			.addObjects("timers",
					this.inspector.inspectTimers(MAX_TIMERS).stream().map((timer) -> timer(timer, showKeys)).toList())
			.addObjects("failures",
					this.recent.failures().stream().map((failure) -> failure(failure, now, showKeys)).toList());
		if (work != null) {
			fields.addObjects("executions",
					this.recent.executions(work).stream().map((execution) -> execution(execution, now)).toList());
		}
		return fields.toMap();
	}

	private static Fields stall(StallSnapshot stall) {
		return new Fields().add("pool", stall.pool())
			.add("reason", stall.reason())
			.add("workqueue", stall.workqueue())
			.add("work", stall.work())
			.add("worker", stall.worker())
			.add("waiting", stall.waiting())
			.add("lasted", stall.lasted());
	}

	private List<Fields> waits() {
		return this.recent.waits()
			.entrySet()
			.stream()
			.map((queue) -> new Fields().add("name", queue.getKey())
				.add("started", queue.getValue().started())
				.add("waited", Duration.ofNanos(queue.getValue().nanos())))
			.toList();
	}

	private Fields timer(TimerSnapshot timer, boolean showKeys) {
		return new Fields().add("workqueue", timer.workqueue())
			.add("work", timer.work())
			.add("key", showKeys ? this.keys.present(timer.work(), timer.key()) : null)
			.add("dueIn", timer.dueIn());
	}

	private Fields failure(PastFailure failure, long now, boolean showKeys) {
		Long retryAt = failure.nextAttemptAt();
		return new Fields().add("workqueue", failure.workqueue())
			.add("work", failure.work())
			.add("key", showKeys ? this.keys.present(failure.work(), failure.key()) : null)
			.add("attempt", failure.attempt())
			.add("ago", Duration.ofNanos(now - failure.at()))
			.add("error", failure.error())
			.add("message", showKeys ? failure.message() : null)
			.add("nextIn", (retryAt != null && retryAt > now) ? Duration.ofNanos(retryAt - now) : null);
	}

	private static Fields execution(PastExecution execution, long now) {
		return new Fields().add("workqueue", execution.workqueue())
			.add("worker", execution.worker())
			.add("ago", Duration.ofNanos(now - execution.endedAt()))
			.add("waited", Duration.ofNanos(execution.waitedNanos()))
			.add("ran", Duration.ofNanos(execution.ranNanos()))
			.add("error", execution.error());
	}

}
