package io.github.workqueue.samples;

import io.github.workqueue.Workqueues;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sample of the page about durable queues: refuses what is written by a run that was
 * taken for dead.
 */
final class FencedRepository {

	private FencedRepository() {
	}

	static boolean save(JdbcClient jdbc, Workqueues workqueues, long account, long balance) {
		long token = workqueues.fencingToken().orElseThrow();
		boolean mine = jdbc
			.sql("update account set balance = :balance, token = :token where id = :id and token < :token")
			.param("balance", balance)
			.param("token", token)
			.param("id", account)
			.update() == 1;
		return mine;
	}

}
