package io.github.workqueue.durable;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Durable work of one application: takes requests, and runs what is due on this instance.
 * Thread-safe. What goes wrong in the database comes out of requests and questions as a
 * {@code DataAccessException} or a {@code TransactionException}; background threads go on
 * as soon as it answers again.
 */
public final class DurableWorks {

	/** db-scheduler's own heartbeats and its search for dead rows are not used. */
	private static final Duration NEVER = Duration.ofDays(1);

	/** How long a few free places wait for others, so that a claim takes several rows. */
	private static final Duration SOON = Duration.ofMillis(2);

	private static final Duration REPORT = Duration.ofMinutes(10);

	/** Far beyond what {@link Claims} allows. */
	private static final int NO_LIMIT = 1 << 20;

	private final DurableSettings settings;

	private final LongSupplier nanoTime;

	/** Used by the thread of the heartbeats only. */
	private Rest untilRevival = Rest.NONE;

	private final DurableStore store;

	private final Lease lease;

	private final Outage outage = new Outage();

	private final Parked parked = new Parked();

	private final Runs runs;

	private final Claims claims;

	private final CanonicalJson json = new CanonicalJson();

	private final Later soon;

	private final RequestSender sender;

	private final DurableWaits waits;

	private final Counts counts;

	private final Scheduler scheduler;

	private final ScheduledExecutorService beats = timer("workqueue-durable-heartbeat-");

	private final ScheduledExecutorService later = timer("workqueue-durable-later-");

	private DurableWorks(DurableSettings settings, DataSource dataSource, Dialect dialect, LongSupplier nanoTime) {
		this.settings = settings;
		this.nanoTime = nanoTime;
		StoreTransactions transactions = new StoreTransactions(dataSource);
		this.store = new DurableStore(dataSource, transactions, dialect, settings.table(), new DatabaseClock(nanoTime));
		this.lease = new Lease(this.store, nanoTime, "workqueue", settings.heartbeatInterval(),
				settings.missedHeartbeats());
		Later later = new Later(this.later, nanoTime, this::wake);
		this.soon = later;
		this.runs = new Runs(this.store, this.lease, later, this::freed);
		this.claims = new Claims(this.store, this.lease, this.runs, this.parked, later, nanoTime);
		this.sender = new RequestSender(this.store, transactions, later, this.claims::fold);
		this.counts = new Counts(this.store::counts, nanoTime);
		this.waits = new DurableWaits(this.store, this::fold);
		this.scheduler = Scheduler.create(dataSource, RunTask.make())
			.schedulerName(new SchedulerName.Fixed("workqueue"))
			.tableName(settings.table())
			.jdbcCustomization(new ClaimingCustomization(this.claims, this.outage))
			.executorService(new RunExecutor(this.claims))
			.threads(NO_LIMIT)
			.pollUsingLockAndFetch(0.5, 1.0)
			.pollingInterval(settings.pollInterval())
			.heartbeatInterval(NEVER)
			.shutdownMaxWait(Duration.ZERO)
			.build();
	}

	/**
	 * Opens the store, making its tables if that is wanted.
	 * @param settings how work is kept
	 * @param dataSource where
	 * @return the works; nothing runs before {@link #start()}
	 * @throws IllegalStateException if the database is none that work can be kept in, or
	 * the tables are not there and not to be made
	 */
	public static DurableWorks open(DurableSettings settings, DataSource dataSource) {
		Dialect dialect = Dialects.of(dataSource);
		Schema schema = new Schema(dataSource, dialect, settings.table());
		boolean create = switch (settings.initialize()) {
			case ALWAYS -> true;
			case EMBEDDED -> schema.isEmbedded();
			case NEVER -> false;
		};
		if (create) {
			schema.create();
		}
		else if (!schema.exists()) {
			throw new IllegalStateException("there is no table '" + settings.table() + "' for durable work");
		}
		return new DurableWorks(settings, dataSource, dialect, System::nanoTime);
	}

	private static ScheduledExecutorService timer(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return Executors.newSingleThreadScheduledExecutor(threads);
	}

	// ---- life ----

	/**
	 * Adds a work that this instance can run.
	 * @param target where its runs go
	 */
	public void add(DurableTarget target) {
		this.claims.add(target);
	}

	/**
	 * Begins to run what is due.
	 */
	public void start() {
		this.outage.watch(this.lease::renew, false);
		long interval = this.settings.heartbeatInterval().toMillis();
		this.beats.scheduleWithFixedDelay(this::beat, 0, interval, TimeUnit.MILLISECONDS);
		long poll = this.settings.pollInterval().toMillis();
		this.later.scheduleWithFixedDelay(this.claims::fold, poll, poll, TimeUnit.MILLISECONDS);
		this.beats.scheduleWithFixedDelay(this::reportUnknown, 0, REPORT.toMillis(), TimeUnit.MILLISECONDS);
		this.scheduler.start();
	}

	/** Reads every row, so it must be rare. */
	private void reportUnknown() {
		this.outage.watch(() -> {
			this.claims.reportUnknown(this.counts.get());
			return true;
		}, false);
	}

	private void beat() {
		this.outage.watch(() -> {
			this.store.readClock();
			boolean kept = this.lease.renew();
			this.store.expire(this.lease.expiry());
			if (revive() > 0 || !kept) {
				wake();
			}
			return kept;
		}, false);
	}

	/** Looks at everything that was ever picked and that the database has not removed. */
	private int revive() {
		long start = this.nanoTime.getAsLong();
		if (!this.untilRevival.isOver(start)) {
			return 0;
		}
		int revived = this.store.revive(this.lease.expiry());
		this.untilRevival = Rest.after(start, this.nanoTime.getAsLong()).atMost(ClaimWindow.LONGEST);
		return revived;
	}

	private void wake() {
		this.scheduler.triggerCheckForDueExecutions();
	}

	private void fold() {
		this.claims.fold();
		wake();
	}

	private void freed(Object queue) {
		switch (this.claims.wanted(queue)) {
			case NONE -> {
			}
			case SOON -> this.soon.wakeIn(SOON);
			case NOW -> wake();
		}
	}

	/**
	 * Claims nothing any more and gives back what has not started.
	 */
	public void stopClaiming() {
		this.claims.close();
		this.runs.giveBackWaiting();
	}

	/**
	 * Ends the background threads. What still runs is left to other instances when the
	 * heartbeats are missed; if nothing does, they need not wait for that.
	 */
	public void close() {
		stopClaiming();
		this.scheduler.stop();
		this.later.shutdownNow();
		this.beats.shutdownNow();
		if (this.runs.isEmpty()) {
			this.outage.watch(() -> {
				this.lease.leave();
				return true;
			}, false);
		}
	}

	// ---- values ----

	/**
	 * Names a run.
	 * @param work the name of the work
	 * @param key its key; null for work without keys
	 * @return the name
	 * @throws IllegalArgumentException if the key cannot be stored; the message names the
	 * work
	 */
	public WorkId id(String work, @Nullable Object key) {
		return new WorkId(work, (key != null) ? this.json.write(work, key) : null);
	}

	/**
	 * Writes an argument.
	 * @param work the name of the work
	 * @param value the argument
	 * @return JSON
	 * @throws IllegalArgumentException if it cannot be written; the message names the
	 * work
	 */
	public String write(String work, Object value) {
		return this.json.write(work, value);
	}

	/**
	 * Reads a key or an argument.
	 * @param work the name of the work
	 * @param text JSON
	 * @param type what it is to be
	 * @return the value
	 * @throws UnreadableRunException if it is no such value
	 */
	public Object read(String work, String text, Type type) {
		try {
			return this.json.read(work, text, type);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableRunException(String.valueOf(ex.getMessage()), ex);
		}
	}

	// ---- requests and questions ----

	/**
	 * Sends a request: with the transaction of the calling thread if it has one on the
	 * DataSource, else in one of its own.
	 * @param request the request
	 * @return true if it made its key pending, or for {@code MODIFY} if the key was
	 * pending; within a transaction, whether it is the first for its key, and false for
	 * {@code MODIFY}
	 * @throws IllegalStateException if the transaction is read-only
	 */
	public boolean request(DurableRequest request) {
		return this.sender.send(request);
	}

	/**
	 * Removes what is pending, at once and whatever becomes of the caller's transaction.
	 * @param id whose
	 * @return true if something was pending
	 */
	public boolean cancel(WorkId id) {
		return this.store.cancel(id);
	}

	/**
	 * Removes what is pending and waits for the run that goes on, refusing requests
	 * meanwhile.
	 * @param id whose
	 * @return true if something was pending
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean cancelSync(WorkId id) throws InterruptedException {
		return this.waits.cancelSync(id);
	}

	/**
	 * Makes what is pending due and waits for the last requested run, on whatever
	 * instance.
	 * @param id whose
	 * @param timeout the longest wait; null for no limit
	 * @return {@code IDLE} if there was nothing to wait for, {@code ENDED} if it waited,
	 * {@code RUNS_ON} if the time was over
	 * @throws InterruptedException if interrupted while waiting
	 */
	public DurableWaits.Outcome flush(WorkId id, @Nullable Duration timeout) throws InterruptedException {
		return this.waits.flush(id, timeout);
	}

	/**
	 * Waits for all that is due on a queue or runs now, on whatever instance; not for
	 * what this instance cannot run.
	 * @param queue the name of the queue that accepted it
	 * @param timeout the longest wait; null for no limit
	 * @return false if the time was over
	 * @throws InterruptedException if interrupted while waiting
	 */
	public boolean flush(String queue, @Nullable Duration timeout) throws InterruptedException {
		return this.waits.flush(queue, timeout, this.claims::isParked);
	}

	/**
	 * Tells whether a run is wanted that has not been claimed.
	 * @param id whose
	 * @return true if so, as it was committed
	 */
	public boolean isPending(WorkId id) {
		return this.store.isNoted(id) || this.store.find(id).filter(DurableRow::isPending).isPresent();
	}

	/**
	 * Tells whether a run is claimed or goes on, on whatever instance.
	 * @param id whose
	 * @return true if so, as it was committed
	 */
	public boolean isRunning(WorkId id) {
		return this.store.find(id).filter(DurableRow::picked).isPresent();
	}

	/**
	 * Counts the keys of a work that are pending or running.
	 * @param work the work
	 * @return their number
	 */
	public int size(String work) {
		return this.store.size(work);
	}

	/**
	 * Counts all rows, as they were committed; where that takes long, some time ago.
	 * @return by queue and work
	 */
	public List<DurableCount> counts() {
		return this.counts.get().stream().map(this.claims::parked).toList();
	}

	/**
	 * Lists what waits of a queue.
	 * @param queue the queue
	 * @param work the only work that is meant; null for all
	 * @param limit how many at most
	 * @return first due first
	 */
	public List<DurableWaiting> waiting(String queue, @Nullable String work, int limit) {
		return this.store.waiting(queue, work, limit)
			.stream()
			.map((waiting) -> waiting.parked(this.claims.isParked(waiting.id())))
			.toList();
	}

	/**
	 * Makes what is pending due at once, without a wait.
	 * @param id whose
	 */
	public void runNow(WorkId id) {
		this.store.runNow(id);
		wake();
	}

	/**
	 * Tells why background threads rest.
	 * @return what the database said, or null if it answers
	 */
	public @Nullable RuntimeException outage() {
		return this.outage.cause();
	}

}
