package io.github.workqueue.durable;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A store over an empty database, and what tests ask of it.
 */
final class StoreFixture {

	static final String TABLE = "workqueue_tasks";

	static final Duration EXPIRY = Duration.ofSeconds(30);

	final HikariDataSource dataSource;

	final JdbcClient client;

	final DurableStore store;

	final Schema schema;

	final Dialect dialect;

	/** Added to the time of H2, which asks this instance for it. */
	final AtomicLong ahead = new AtomicLong();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	StoreFixture(Databases database) {
		this.dataSource = Databases.pool(database.url());
		this.client = JdbcClient.create(this.dataSource);
		this.dialect = Dialects.of(this.dataSource);
		this.schema = new Schema(this.dataSource, this.dialect, TABLE);
		this.schema.create();
		this.store = new DurableStore(this.dataSource, new StoreTransactions(this.dataSource), this.dialect, TABLE,
				new DatabaseClock(() -> System.nanoTime() + this.ahead.get()));
		this.store.join("a");
		this.store.join("b");
	}

	static WorkId id(String key) {
		return new WorkId("mail", "\"" + key + "\"");
	}

	static DurableRequest schedule(String key) {
		return request(key, DurableRequest.Kind.SCHEDULE, Duration.ZERO, null);
	}

	static DurableRequest request(String key, DurableRequest.Kind kind, Duration delay, @Nullable Duration maxWait) {
		return new DurableRequest(id(key), "mails", kind, delay, maxWait, null);
	}

	/** Makes a request in a transaction of its own. */
	Requested send(DurableRequest request) {
		return transaction(TransactionDefinition.ISOLATION_READ_COMMITTED, () -> this.store.request(request));
	}

	<T> T transaction(int isolation, Callable<T> work) {
		TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		template.setIsolationLevel(isolation);
		return template.execute((status) -> {
			try {
				return work.call();
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	List<DurableClaim> claim(String lease) {
		return this.store.claim(places(100, "mail"), 10, lease, List.of(), ClaimWindow.EVERYTHING);
	}

	/** Claims the only row that is due. */
	DurableClaim claimOne(String lease) {
		List<DurableClaim> claims = claim(lease);
		if (claims.size() != 1) {
			throw new AssertionError("expected one due row, found " + claims);
		}
		return claims.get(0);
	}

	static Places places(int free, String... works) {
		return new Places() {

			private int left = free;

			@Override
			public Collection<String> works() {
				return Arrays.asList(works);
			}

			@Override
			public int least() {
				return free;
			}

			@Override
			public boolean take(String work) {
				return this.left-- > 0;
			}

		};
	}

	DurableRow row(String key) {
		return this.store.find(id(key)).orElseThrow();
	}

	/** The database's time, read by a connection of its own. */
	OffsetDateTime present() {
		try {
			return inBackground(() -> this.client.sql("select " + this.dialect.statementTime() + " as present")
				.query((row, number) -> this.dialect.time(row, "present"))
				.single()).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isIdle(String key) {
		return this.store.find(id(key)).isEmpty();
	}

	/** Lets a lease look as if it had not been renewed for longer than it lives. */
	void expire(String lease) {
		makeOld(lease);
		this.store.expire(EXPIRY);
	}

	/** The same, before anybody has noticed. */
	void makeOld(String lease) {
		move(lease, "-");
	}

	/** Takes that back, in the transaction of the calling thread. */
	void renew(String lease) {
		move(lease, "+");
	}

	private void move(String lease, String sign) {
		this.client.sql("update " + TABLE + "_lease set beat = beat " + sign + " interval '1' hour where name = :name")
			.param("name", lease)
			.update();
	}

	<T> Future<T> inBackground(Callable<T> work) {
		return this.threads.submit(work);
	}

	void close() throws InterruptedException {
		this.threads.shutdownNow();
		this.threads.awaitTermination(10, TimeUnit.SECONDS);
		this.dataSource.close();
	}

}
