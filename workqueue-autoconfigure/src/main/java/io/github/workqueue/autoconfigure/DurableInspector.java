package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.workqueue.durable.DurableCount;
import io.github.workqueue.durable.DurableWaiting;
import io.github.workqueue.durable.DurableWorks;
import io.github.workqueue.snapshot.DurableSnapshot;
import io.github.workqueue.snapshot.EngineSnapshot;
import io.github.workqueue.snapshot.RescuerSnapshot;
import io.github.workqueue.snapshot.StallSnapshot;
import io.github.workqueue.snapshot.TimerSnapshot;
import io.github.workqueue.snapshot.WaitingItem;
import io.github.workqueue.snapshot.WorkSnapshot;
import io.github.workqueue.snapshot.WorkSnapshot.State;
import io.github.workqueue.snapshot.WorkerPoolSnapshot;
import io.github.workqueue.snapshot.WorkqueueDetails;
import io.github.workqueue.snapshot.WorkqueueInspector;
import io.github.workqueue.snapshot.WorkqueueSnapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Adds to what can be seen of the engine what the database says of durable queues. While
 * it does not answer that is left out: health tells why.
 */
final class DurableInspector implements WorkqueueInspector {

	private static final Log logger = LogFactory.getLog(DurableInspector.class);

	/** As many stored requests of one work as are acted on by one call. */
	private static final int MAX_WAITING = 10_000;

	private final WorkqueueInspector engine;

	private final DurableWorks works;

	private final Set<String> queues;

	/**
	 * Makes the inspector.
	 * @param queues the names of the durable queues
	 */
	DurableInspector(WorkqueueInspector engine, DurableWorks works, Set<String> queues) {
		this.engine = engine;
		this.works = works;
		this.queues = Set.copyOf(queues);
	}

	@Override
	public EngineSnapshot inspect() {
		EngineSnapshot seen = this.engine.inspect();
		Map<String, DurableSnapshot> stored = stored();
		return new EngineSnapshot(seen.cpus(), seen.frozen(),
				seen.workqueues().stream().map((queue) -> withStored(queue, stored)).toList());
	}

	@Override
	public Optional<WorkqueueSnapshot> inspectWorkqueue(String queue) {
		return this.engine.inspectWorkqueue(queue).map((seen) -> isDurable(seen) ? withStored(seen, stored()) : seen);
	}

	@Override
	public Optional<WorkqueueDetails> inspectDetails(String queue, int limit) {
		return this.engine.inspectDetails(queue, limit)
			.map((seen) -> isDurable(seen.workqueue())
					? new WorkqueueDetails(withStored(seen.workqueue(), stored()), works(seen, limit)) : seen);
	}

	@Override
	public List<WorkSnapshot> inspectWorks(String queue, int limit) {
		return inspectDetails(queue, limit).map(WorkqueueDetails::works).orElse(List.of());
	}

	@Override
	public List<WaitingItem> findWaiting(String queue, String work) {
		String name = this.engine.inspectWorkqueue(queue).map(WorkqueueSnapshot::name).orElse(queue);
		if (!this.queues.contains(name)) {
			return this.engine.findWaiting(queue, work);
		}
		return this.works.waiting(name, work, MAX_WAITING)
			.stream()
			.map((waiting) -> new WaitingItem(new StoredItem(this.works, waiting.id()), key(waiting), false))
			.toList();
	}

	@Override
	public List<WorkerPoolSnapshot> inspectPools() {
		return this.engine.inspectPools();
	}

	@Override
	public List<RescuerSnapshot> inspectRescuers() {
		return this.engine.inspectRescuers();
	}

	@Override
	public List<TimerSnapshot> inspectTimers(int limit) {
		return this.engine.inspectTimers(limit);
	}

	@Override
	public List<StallSnapshot> inspectStalls() {
		return this.engine.inspectStalls();
	}

	private boolean isDurable(WorkqueueSnapshot queue) {
		return this.queues.contains(queue.name());
	}

	/** Returns null if the database does not answer. */
	private @Nullable Map<String, DurableSnapshot> stored() {
		return ask(() -> {
			Map<String, DurableSnapshot> stored = new HashMap<>();
			this.queues.forEach((queue) -> stored.put(queue, new DurableSnapshot(0, 0, 0)));
			this.works.counts().forEach((count) -> stored.merge(count.queue(), of(count), DurableInspector::sum));
			return stored;
		});
	}

	private static DurableSnapshot of(DurableCount count) {
		return new DurableSnapshot(count.pending(), count.delayed(), count.parked());
	}

	private static DurableSnapshot sum(DurableSnapshot one, DurableSnapshot two) {
		return new DurableSnapshot(one.pending() + two.pending(), one.delayed() + two.delayed(),
				one.parked() + two.parked());
	}

	/** What the engine holds was claimed, and is pending until it starts. */
	private WorkqueueSnapshot withStored(WorkqueueSnapshot queue, @Nullable Map<String, DurableSnapshot> stored) {
		if (!isDurable(queue)) {
			return queue;
		}
		DurableSnapshot figures = (stored != null) ? stored.get(queue.name()) : null;
		return queue.durable((figures != null)
				? new DurableSnapshot(figures.pending() + queue.pending(), figures.delayed(), figures.parked()) : null);
	}

	private List<WorkSnapshot> works(WorkqueueDetails seen, int limit) {
		List<DurableWaiting> waiting = ask(() -> this.works.waiting(seen.workqueue().name(), null, limit));
		List<WorkSnapshot> works = new ArrayList<>(seen.works());
		if (waiting != null) {
			waiting.stream().map(this::snapshot).forEach(works::add);
		}
		Stream<WorkSnapshot> sorted = works.stream().sorted(Comparator.comparing(WorkSnapshot::state));
		return sorted.limit(limit).toList();
	}

	private WorkSnapshot snapshot(DurableWaiting waiting) {
		boolean due = !waiting.overdue().isNegative();
		State state = waiting.parked() ? State.PARKED : due ? State.PENDING : State.DELAYED;
		Duration age = due ? waiting.overdue() : null;
		Duration dueIn = due ? null : waiting.overdue().negated();
		return new WorkSnapshot(waiting.id().work(), state, age, dueIn, null, null, List.of(), key(waiting));
	}

	/** Returns a text as it is, anything else as the JSON that is stored. */
	private @Nullable Object key(DurableWaiting waiting) {
		String json = waiting.id().key();
		if (json == null || !json.startsWith("\"")) {
			return json;
		}
		return this.works.read(waiting.id().work(), json, String.class);
	}

	private <T> @Nullable T ask(Question<T> question) {
		if (this.works.outage() != null) {
			return null;
		}
		try {
			return question.ask();
		}
		catch (DataAccessException | TransactionException ex) {
			logger.debug("What is stored of durable queues cannot be shown", ex);
			return null;
		}
	}

	/** Asks the database. */
	@FunctionalInterface
	private interface Question<T> {

		T ask();

	}

}
