package io.github.workqueue.actuate.endpoint;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueInspector;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that shows the queues and what is on them, freezes and
 * thaws, changes the limits of queues that allow it, and cancels and flushes works that
 * are beans. Read-only unless {@code management.endpoint.workqueues.access} says
 * otherwise.
 * <p>
 * Results are maps of plain values, nothing in them is null and durations are ISO-8601
 * strings. They are made anew by each call and belong to the caller. How exact they are
 * and which figures are of one moment is said of {@link WorkqueueInspector} and
 * {@link WorkSnapshot}.
 */
@Endpoint(id = "workqueues", defaultAccess = Access.READ_ONLY)
public final class WorkqueuesEndpoint {

	private static final int MAX_WORKS = 100;

	private final WorkqueueInspector inspector;

	private final Workqueues workqueues;

	private final Show showValues;

	private final KeyPresenter keys;

	private final KnownWorks works;

	/**
	 * Makes the endpoint.
	 * @param inspector what it reads
	 * @param workqueues what it changes
	 * @param works the works that it changes
	 * @param showValues whether keys are shown without a web request, where nobody can be
	 * authorized
	 * @param sanitizingFunctions what sees a key before it is shown
	 */
	public WorkqueuesEndpoint(WorkqueueInspector inspector, Workqueues workqueues, KnownWorks works, Show showValues,
			Iterable<SanitizingFunction> sanitizingFunctions) {
		this.inspector = inspector;
		this.workqueues = workqueues;
		this.works = works;
		this.showValues = showValues;
		this.keys = new KeyPresenter(sanitizingFunctions);
	}

	/**
	 * Describes all queues.
	 * @return the engine and its queues
	 */
	@ReadOperation
	public Map<String, Object> workqueues() {
		return Descriptions.engine(this.inspector.inspect()).toMap();
	}

	/**
	 * Describes a queue and at most 100 of its works: those that run, those that are
	 * pending and those with armed timers, each oldest first. The figures count the works
	 * from which these were taken.
	 * @param name its name or an alias
	 * @return the queue, or null if there is none of that name
	 */
	@ReadOperation
	public @Nullable Map<String, Object> workqueue(@Selector String name) {
		return describe(name, this.showValues == Show.ALWAYS);
	}

	@Nullable Map<String, Object> describe(String name, boolean showKeys) {
		return this.inspector.inspectDetails(name, MAX_WORKS)
			.map((details) -> Descriptions.queue(details.workqueue())
				.addObjects("works", works(details, showKeys))
				.toMap())
			.orElse(null);
	}

	private List<Fields> works(WorkqueueDetails details, boolean showKeys) {
		return details.works().stream().map((work) -> work(work, showKeys)).toList();
	}

	private Fields work(WorkSnapshot work, boolean showKeys) {
		return Descriptions.work(work, showKeys ? this.keys.present(work.work(), work.key()) : null);
	}

	/**
	 * Freezes or thaws the freezable queues; does nothing if they are already.
	 * @param frozen true to freeze, false to thaw
	 * @return the engine and its queues, as they are now
	 */
	@WriteOperation
	public Map<String, Object> freeze(boolean frozen) {
		if (frozen) {
			this.workqueues.freeze();
		}
		else {
			this.workqueues.thaw();
		}
		return workqueues();
	}

	/**
	 * Changes the limits of a queue with the SYSFS flag, both or none; or cancels or
	 * flushes what waits of one of its works. A flush runs it now and is not waited for.
	 * @param name its name or an alias
	 * @param maxActive the new upper limit, 1 to 2048, or null to leave it
	 * @param minActive the new lower limit, 1 to the upper one, or null to leave it
	 * @param cancel the name of the work to cancel, or null
	 * @param flush the name of the work to flush, or null
	 * @param key the text of the key that is meant, where keys are shown; null for all
	 * @return the queue as it is now, or how many {@code works} were cancelled or are run
	 * now; not void, since only then does the web extension replace this operation
	 * @throws NoSuchElementException if there is no such queue, or no such work waits
	 * @throws IllegalArgumentException if all are null, do not go together, or one is out
	 * of range
	 * @throws IllegalStateException if the queue has no SYSFS flag or no such limit, or
	 * tasks of an executor are to be cancelled
	 */
	@WriteOperation
	public @Nullable Map<String, Object> change(@Selector String name, @Nullable Integer maxActive,
			@Nullable Integer minActive, @Nullable String cancel, @Nullable String flush, @Nullable String key) {
		WorkChange change = new WorkChange(cancel, flush, key);
		return change(name, new LimitsChange(maxActive, minActive), change, this.showValues == Show.ALWAYS);
	}

	@Nullable Map<String, Object> change(String name, LimitsChange limits, WorkChange change, boolean showKeys) {
		Workqueue queue = this.workqueues.get(name);
		if (!change.isAskedFor()) {
			limits.apply(queue);
			return workqueue(name);
		}
		if (limits.maxActive() != null || limits.minActive() != null) {
			throw new IllegalArgumentException("give either limits or a work to cancel or flush, not both");
		}
		if (change.key() != null && !showKeys) {
			throw new HiddenKeysException();
		}
		int works = change.apply(name, this.inspector, this.works);
		return new Fields().add("works", works).toMap();
	}

}
