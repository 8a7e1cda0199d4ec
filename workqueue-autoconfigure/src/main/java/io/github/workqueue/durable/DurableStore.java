package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;

/**
 * The rows, by one statement or one short transaction a step. What goes wrong in the
 * database comes out as a {@code DataAccessException} or a {@code TransactionException}.
 * Thread-safe.
 */
final class DurableStore {

	private static final Duration LOCK_WAIT = Duration.ofSeconds(1);

	private static final Duration FOLD_WAIT = Duration.ofMillis(20);

	private static final int ATTEMPTS = 100;

	/** How much is done by one transaction. */
	static final int BATCH = 100;

	/** As many rows as are made pending again by one look. */
	private static final int ORPHANS = 10_000;

	private final JdbcClient client;

	private final StoreTransactions transactions;

	private final Dialect dialect;

	private final DatabaseClock clock;

	private final StoreSql sql;

	DurableStore(DataSource dataSource, StoreTransactions transactions, Dialect dialect, String table,
			DatabaseClock clock) {
		this.client = client(dataSource);
		this.transactions = transactions;
		this.dialect = dialect;
		this.clock = clock;
		this.sql = new StoreSql(dialect, table);
	}

	/** States of SQL alone do not tell that a lock was waited for too long. */
	private static JdbcClient client(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator(dataSource));
		return JdbcClient.create(template);
	}

	private StatementSpec statement(String text) {
		return this.client.sql(text).param("now", this.clock.now());
	}

	private StatementSpec statement(String text, WorkId id) {
		return statement(text).param("id", id.text());
	}

	// ---- requests ----

	/**
	 * Makes a key pending, or merges the request into what is pending; in the transaction
	 * of the calling thread, whose lock on the row lasts until its end.
	 */
	Requested request(DurableRequest request) {
		String upsert = this.sql.upsert;
		return (upsert != null) ? upsert(upsert, request) : updateOrInsert(request);
	}

	private Requested upsert(String text, DurableRequest request) {
		long own = ThreadLocalRandom.current().nextLong();
		return bind(text, request, own).query((row, number) -> requested(row, own))
			.optional()
			.orElse(Requested.REFUSED);
	}

	/** See {@link Dialect#isSafeForCallers()}. */
	boolean isSafeForCallers() {
		return this.dialect.isSafeForCallers();
	}

	private static Requested requested(ResultSet row, long own) throws SQLException {
		if (row.getBoolean("refused")) {
			return Requested.REFUSED;
		}
		return (row.getLong("request") == own) ? Requested.MADE : Requested.MERGED;
	}

	/** A failed insertion ends only itself, so it can be followed by another update. */
	private Requested updateOrInsert(DurableRequest request) {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Requested requested = tryUpdateOrInsert(request);
			if (requested != null) {
				return requested;
			}
		}
		throw new IllegalStateException("the row of " + request.id() + " comes and goes");
	}

	private @Nullable Requested tryUpdateOrInsert(DurableRequest request) {
		long own = ThreadLocalRandom.current().nextLong();
		if (bind(this.sql.update, request, own).update() == 1) {
			return (maker(request.id()) == own) ? Requested.MADE : Requested.MERGED;
		}
		if (find(this.sql.readRow, request.id()).filter(DurableRow::refused).isPresent()) {
			return Requested.REFUSED;
		}
		try {
			bind(this.sql.insert, request, own).update();
			return Requested.MADE;
		}
		catch (DuplicateKeyException ex) {
			return null;
		}
	}

	private long maker(WorkId id) {
		return statement(this.sql.maker, id).query(Long.class).single();
	}

	/**
	 * Notes a request without a look at its row; in the transaction of the calling
	 * thread. {@link #fold} makes it a request.
	 */
	void intake(DurableRequest request) {
		bind(this.sql.insertIntake, request, 0).update();
	}

	private StatementSpec bind(String text, DurableRequest request, long own) {
		Duration maxWait = request.maxWait();
		return statement(text, request.id()).param("work", request.id().work())
			.param("queue", request.queue())
			.param("kind", request.kind().name())
			.param("delay", micros(request.firstDelay()))
			.param("maxWait", (maxWait != null) ? micros(maxWait) : null)
			.param("argument", request.argument())
			.param("request", own);
	}

	/** Rounded up, so that no delay is cut short; at most 292 years. */
	private static long micros(Duration duration) {
		try {
			return Math.addExact(duration.toNanos(), 999) / 1000;
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE / 1000;
		}
	}

	/**
	 * Makes requests of what was noted, passing over what another instance works on.
	 * @param from the least number that is looked at
	 * @param without what is left alone
	 * @return the numbers, in order; at most {@link #BATCH}
	 * @throws PessimisticLockingFailureException if a row has been locked for some time;
	 * nothing has changed
	 */
	List<Long> fold(long from, Collection<WorkId> without) {
		return this.transactions
			.own(() -> fold(statement(this.sql.takeIntake).param("from", from).param("without", texts(without))));
	}

	/** The same for one row. */
	void foldOnly(WorkId id) {
		this.transactions.own(() -> fold(statement(this.sql.takeIntakeOf, id)));
	}

	private List<Long> fold(StatementSpec noted) {
		this.dialect.limitLockWait(this.client, FOLD_WAIT);
		List<IntakeRow> rows = noted.param("limit", BATCH)
			.query((row, number) -> IntakeRow.of(row, this.dialect))
			.list();
		rows.stream().sorted(IntakeRow.BY_ROW).forEach((row) -> request(row.request()));
		rows.forEach((row) -> statement(this.sql.deleteIntake).param("intake", row.id()).update());
		return rows.stream().map(IntakeRow::id).toList();
	}

	/** Reads for which rows something was noted, oldest first; may name one twice. */
	List<WorkId> noted(Collection<WorkId> without) {
		return this.transactions.own(() -> statement(this.sql.noted).param("without", texts(without))
			.param("limit", BATCH)
			.query((row, number) -> WorkId.of(row.getString("work"), row.getString("task_instance")))
			.list());
	}

	/** Whether something is noted for a row. */
	boolean isNoted(WorkId id) {
		return this.transactions.own(() -> statement(this.sql.isNoted, id).query(Long.class).single()) > 0;
	}

	/**
	 * Makes requests of what is noted for a row.
	 * @return false if somebody else is about to, or the row is locked
	 */
	boolean settle(WorkId id) {
		if (!isNoted(id)) {
			return true;
		}
		try {
			foldOnly(id);
			return !isNoted(id);
		}
		catch (PessimisticLockingFailureException ex) {
			return false;
		}
	}

	/** The number of what was noted last for a queue; empty if there is nothing. */
	Optional<Long> lastNoted(String queue) {
		return this.transactions
			.own(() -> this.client.sql(this.sql.lastNoted).param("queue", queue).query((row, number) -> {
				long last = row.getLong(1);
				return row.wasNull() ? Optional.<Long>empty() : Optional.of(last);
			}).single());
	}

	/** Whether all that was noted for a queue, up to a number, has become requests. */
	boolean isSettled(String queue, long last) {
		return this.transactions.own(() -> this.client.sql(this.sql.notedUntil)
			.param("queue", queue)
			.param("last", last)
			.query(Long.class)
			.single()) == 0;
	}

	/** A list without elements is none that SQL knows. */
	private static Collection<String> texts(Collection<WorkId> ids) {
		return ids.isEmpty() ? List.of("") : ids.stream().map(WorkId::text).toList();
	}

	// ---- runs ----

	/**
	 * Picks due rows, oldest first, passing over locked ones.
	 * @param places what may be picked, and how much of it
	 * @param parked texts of ids that are left alone
	 * @param from when a row may have been due at the earliest
	 */
	List<DurableClaim> claim(Places places, int limit, String lease, Collection<String> parked, OffsetDateTime from) {
		if (this.dialect.hasReturning() && places.least() >= limit) {
			return this.transactions.single(() -> due(this.sql.claim, places, limit, lease, parked, from)
				.query((row, number) -> candidate(row).claim(row.getLong("version"), lease))
				.list());
		}
		return this.transactions.own(() -> pick(candidates(places, limit, lease, parked, from), lease));
	}

	private List<Candidate> candidates(Places places, int limit, String lease, Collection<String> parked,
			OffsetDateTime from) {
		return due(this.sql.candidates, places, limit, lease, parked, from).query((row, number) -> candidate(row))
			.list()
			.stream()
			.filter((candidate) -> places.take(candidate.id().work()))
			.toList();
	}

	private Candidate candidate(ResultSet row) throws SQLException {
		return Candidate.of(row, this.dialect.time(row, "execution_time"));
	}

	private StatementSpec due(String text, Places places, int limit, String lease, Collection<String> parked,
			OffsetDateTime from) {
		return statement(text).param("works", places.works())
			.param("from", this.dialect.parameter(from))
			.param("parked", parked.isEmpty() ? List.of("") : parked)
			.param("lease", lease)
			.param("limit", limit);
	}

	/** Versions are drawn when the rows are locked, not before. */
	private List<DurableClaim> pick(List<Candidate> candidates, String lease) {
		List<DurableClaim> claims = new ArrayList<>();
		if (!candidates.isEmpty()) {
			List<Long> versions = this.client.sql(this.sql.versions)
				.param("count", candidates.size())
				.query((row, number) -> row.getLong(1))
				.list();
			for (Candidate candidate : candidates) {
				DurableClaim claim = candidate.claim(versions.get(claims.size()), lease);
				held(this.sql.pick, claim).param("lease", lease).update();
				claims.add(claim);
			}
		}
		return claims;
	}

	private StatementSpec held(String text, DurableClaim claim) {
		return statement(text, claim.id()).param("version", claim.version());
	}

	/** Ends a run that need not be tried again. */
	Ended succeed(DurableClaim claim) {
		if (this.dialect.hasReturning()
				&& this.transactions.single(() -> held(this.sql.deleteDone, claim).update()) == 1) {
			return Ended.IDLE;
		}
		return end(claim, (row) -> {
			if (row.next() == null) {
				return delete(claim.id());
			}
			statement(this.sql.again, claim.id()).update();
			return Ended.PENDING;
		});
	}

	/**
	 * Ends a failed attempt; the next is due after the delay, or when a request wants it.
	 */
	Ended retry(DurableClaim claim, Duration delay) {
		return end(claim, (row) -> {
			statement(this.sql.retry, claim.id()).param("delay", micros(delay)).update();
			return Ended.PENDING;
		});
	}

	/** Makes a claim that has not started pending again. */
	Ended giveBack(DurableClaim claim) {
		return end(claim, (row) -> {
			statement(this.sql.unpick, claim.id()).update();
			return Ended.PENDING;
		});
	}

	private Ended end(DurableClaim claim, Function<DurableRow, Ended> end) {
		return this.transactions.own(() -> {
			this.dialect.limitLockWait(this.client, LOCK_WAIT);
			DurableRow row = find(this.sql.lockRow, claim.id()).filter((found) -> found.version() == claim.version())
				.orElse(null);
			if (row == null) {
				return Ended.STALE;
			}
			return row.refused() ? delete(claim.id()) : end.apply(row);
		});
	}

	private Ended delete(WorkId id) {
		statement(this.sql.deleteRow, id).update();
		return Ended.IDLE;
	}

	// ---- from outside ----

	/**
	 * Removes what is pending, in a transaction of its own.
	 * @return true if something was pending
	 */
	boolean cancel(WorkId id) {
		return this.transactions.own(() -> cancelNow(id));
	}

	private boolean cancelNow(WorkId id) {
		boolean noted = statement(this.sql.cancelIntake, id).update() > 0;
		DurableRow row = find(this.sql.lockRow, id).orElse(null);
		if (row == null) {
			return noted;
		}
		if (!row.picked()) {
			delete(id);
			return true;
		}
		statement(this.sql.clearNext, id).update();
		return noted || row.next() != null;
	}

	/**
	 * Removes what is pending, and refuses requests for a while if a run goes on.
	 * @return true if something was pending
	 */
	boolean cancelAndRefuse(WorkId id, Duration refuse) {
		return this.transactions.own(() -> {
			boolean cancelled = cancelNow(id);
			refuseNow(id, refuse);
			return cancelled;
		});
	}

	/** Refuses requests for a while from now; zero accepts them again. */
	void refuse(WorkId id, Duration refuse) {
		this.transactions.own(() -> refuseNow(id, refuse));
	}

	private int refuseNow(WorkId id, Duration refuse) {
		return statement(this.sql.refuse, id).param("delay", micros(refuse)).update();
	}

	/** Makes what is pending due, unless it is due earlier. */
	void runNow(WorkId id) {
		this.transactions.own(() -> statement(this.sql.runNow, id).update());
	}

	/** Reads a row as it was committed. */
	Optional<DurableRow> find(WorkId id) {
		return this.transactions.own(() -> find(this.sql.readRow, id));
	}

	private DurableRow row(ResultSet row, int number) throws SQLException {
		return DurableRow.of(row, this.dialect);
	}

	private Optional<DurableRow> find(String text, WorkId id) {
		return statement(text, id).query(this::row).optional();
	}

	/** Returns the number of keys of a work that are pending or running. */
	int size(String work) {
		return this.transactions.own(() -> statement(this.sql.size).param("work", work).query(Integer.class).single());
	}

	/** Counts all rows by queue and work. */
	List<DurableCount> counts() {
		return this.transactions.own(() -> statement(this.sql.counts).query(DurableCount::of).list());
	}

	/** Reads what waits of a queue, or of one work of it; first due first. */
	List<DurableWaiting> waiting(String queue, @Nullable String work, int limit) {
		StatementSpec statement = (work != null) ? statement(this.sql.waitingOf).param("work", work)
				: statement(this.sql.waiting);
		return this.transactions.own(() -> statement.param("queue", queue)
			.param("limit", limit)
			.query((row, number) -> DurableWaiting.of(row, this.dialect))
			.list());
	}

	/** Reads what is due on a queue or claimed; a modifiable map. */
	Map<WorkId, DurableRow> active(String queue) {
		return this.transactions.own(() -> statement(this.sql.active).param("queue", queue).query((results) -> {
			Map<WorkId, DurableRow> rows = new HashMap<>();
			while (results.next()) {
				WorkId id = WorkId.of(results.getString("work"), results.getString("task_instance"));
				rows.put(id, row(results, 0));
			}
			return rows;
		}));
	}

	// ---- leases ----

	/** Begins a lease. */
	void join(String lease) {
		this.transactions.own(() -> statement(this.sql.join).param("lease", lease).update());
	}

	/**
	 * Renews a lease.
	 * @return false if it has expired: it cannot be had again
	 */
	boolean beat(String lease, Duration expiry) {
		return this.transactions.own(() -> since(this.sql.beat, expiry).param("lease", lease).update()) == 1;
	}

	/** Ends a lease at once: what was claimed under it is anybody's. */
	void leave(String lease) {
		this.transactions.own(() -> statement(this.sql.leave).param("lease", lease).update());
	}

	/**
	 * Ends the leases that were not renewed in time, passing over one that is being
	 * renewed: who does that may have been stopped, and must not hold up the others.
	 * @return their number
	 */
	int expire(Duration expiry) {
		return this.transactions.own(() -> {
			List<String> names = since(this.sql.expired, expiry).query((row, number) -> row.getString("name")).list();
			names.forEach((name) -> statement(this.sql.leave).param("lease", name).update());
			return names.size();
		});
	}

	private StatementSpec since(String text, Duration ago) {
		return statement(text).param("ago", -micros(ago));
	}

	/**
	 * Makes rows pending again whose picker has no lease, passing over locked ones. A
	 * lease is committed before the first claim under it, so a row whose version is as it
	 * was read has lost its picker for good.
	 * <p>
	 * The same goes for a lease that {@link #expire} passes over, if it was not renewed
	 * for twice as long. To be renewed it must not have expired, so the renewal that is
	 * not committed yet was begun by then: it comes too late for the picker, which counts
	 * from its begin, and for the lease, whose next renewal fails.
	 * @param expiry after which time without a renewal a lease is over
	 * @return their number
	 */
	int revive(Duration expiry) {
		List<Orphan> orphans = this.transactions.own(
				() -> since(this.sql.orphans, expiry.multipliedBy(2)).param("limit", ORPHANS).query(Orphan::of).list());
		int revived = 0;
		for (Orphan orphan : orphans) {
			revived += this.transactions.own(() -> revive(orphan)) ? 1 : 0;
		}
		return revived;
	}

	private boolean revive(Orphan orphan) {
		Optional<DurableRow> row = statement(this.sql.lockOrphan, orphan.id()).param("version", orphan.version())
			.query(this::row)
			.optional();
		row.ifPresent((found) -> {
			if (found.refused()) {
				delete(orphan.id());
			}
			else {
				statement(this.sql.unpick, orphan.id()).update();
			}
		});
		return row.isPresent();
	}

	/** The database's time as far as this instance knows it: not ahead of it. */
	OffsetDateTime databaseTime() {
		return this.clock.now();
	}

	/** Reads the database's time. */
	void readClock() {
		this.clock.set(this.transactions.own(() -> this.client.sql(this.sql.clock)
			.query((row, number) -> this.dialect.time(row, "present"))
			.single()));
	}

	/** A due row that is locked and not picked yet. */
	private record Candidate(WorkId id, String queue, int attempt, @Nullable String argument, OffsetDateTime due) {

		static Candidate of(ResultSet row, OffsetDateTime due) throws SQLException {
			return new Candidate(WorkId.of(row.getString("work"), row.getString("task_instance")),
					row.getString("queue"), row.getInt("attempt"), row.getString("argument"), due);
		}

		DurableClaim claim(long version, String lease) {
			return new DurableClaim(this.id, this.queue, version, this.attempt, this.argument, lease, this.due);
		}

	}

	/** A picked row whose picker had no lease. */
	private record Orphan(WorkId id, long version) {

		static Orphan of(ResultSet row, int number) throws SQLException {
			return new Orphan(WorkId.of(row.getString("work"), row.getString("task_instance")), row.getLong("version"));
		}

	}

}
