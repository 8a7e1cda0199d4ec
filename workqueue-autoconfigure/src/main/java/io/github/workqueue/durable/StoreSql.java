package io.github.workqueue.durable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The statements of the store, as templates: {@code @T}, {@code @L}, {@code @I} and
 * {@code @S} stand for the tables of rows, leases and intake and for the sequence,
 * {@code @NOW}, {@code @TIME} and {@code @NEXT} for the present time, that of the
 * statement and the next version.
 */
final class StoreSql {

	/** The only task name that is ever written. */
	static final String TASK = "workqueue";

	private static final String ROW = "task_name = '" + TASK + "' and task_instance = :id";

	private static final String HELD = ROW + " and version = :version";

	/** What a later version notes is left to it. */
	private static final String KNOWN = Arrays.stream(DurableRequest.Kind.values())
		.map((kind) -> "'" + kind.name() + "'")
		.collect(Collectors.joining(", ", "kind in (", ")"));

	/** When the pending run is due; null if none is pending. */
	private static final String PENDING_TIME = "(case when picked then next_time else execution_time end)";

	private final Dialect dialect;

	private final String table;

	final String insert;

	final String update;

	/** Null if there is no such statement. */
	final @Nullable String upsert;

	final String insertIntake;

	final String takeIntake;

	final String takeIntakeOf;

	final String noted;

	final String isNoted;

	final String lastNoted;

	final String notedUntil;

	final String deleteIntake;

	final String cancelIntake;

	final String candidates;

	final String pick;

	final String claim;

	final String versions;

	final String deleteDone;

	final String lockRow;

	final String readRow;

	final String deleteRow;

	final String again;

	final String unpick;

	final String retry;

	final String clearNext;

	final String refuse;

	final String runNow;

	final String beat;

	final String join;

	final String leave;

	final String expired;

	final String orphans;

	final String lockOrphan;

	final String clock;

	final String maker;

	final String counts;

	final String size;

	final String active;

	final String waiting;

	final String waitingOf;

	StoreSql(Dialect dialect, String table) {
		this.dialect = dialect;
		this.table = table;
		String values = "values ('" + TASK + "', :id, :work, :queue, " + due()
				+ ", false, @NEXT, @NOW, :request, :argument," + " @NEXT)";
		String columns = " (task_name, task_instance, work, queue, execution_time, picked, version, first_request, request,"
				+ " argument, born) ";
		this.insert = sql("insert into @T" + columns + values);
		String alias = dialect.alias();
		this.update = sql(
				"update @T " + alias + " set " + assignments(merge()) + " where " + ROW + " and " + accepting());
		String onConflict = dialect.onConflict(merge(), accepting());
		this.upsert = (onConflict != null)
				? dialect.briefly(
						sql("insert into @T" + (alias.isEmpty() ? "" : " as " + alias) + columns + values + onConflict))
				: null;
		this.insertIntake = sql(
				"insert into @I (task_instance, work, queue, kind, due, max_wait, argument) values (:id,"
						+ " :work, :queue, :kind, " + due() + ", :maxWait, :argument)");
		this.takeIntake = sql(take("id >= :from and task_instance not in (:without)"));
		this.takeIntakeOf = sql(take("task_instance = :id"));
		this.isNoted = sql("select count(*) from @I where task_instance = :id and " + KNOWN);
		this.lastNoted = sql("select max(id) from @I where queue = :queue and " + KNOWN);
		this.notedUntil = sql("select count(*) from @I where queue = :queue and id <= :last and " + KNOWN);
		this.noted = sql("select task_instance, work from @I where task_instance not in (:without) and " + KNOWN
				+ " order by id limit :limit");
		this.deleteIntake = sql("delete from @I where id = :intake");
		this.cancelIntake = sql("delete from @I where task_instance = :id");
		this.candidates = sql("select task_instance, work, queue, attempt, argument, execution_time" + " from @T where "
				+ isDue() + " order by execution_time limit :limit for update skip locked");
		this.pick = sql("update @T set picked = true, picked_by = :lease, version = :version where " + ROW);
		this.claim = sql("update @T set picked = true, picked_by = :lease, version = @NEXT where "
				+ locked(isDue() + " order by execution_time limit :limit")
				+ " returning task_instance, work, queue, attempt, argument, version, execution_time");
		this.versions = dialect.versions(sql("@S"));
		this.deleteDone = sql("delete from @T where " + locked(HELD + " and next_time is null"));
		this.lockRow = dialect.briefly(sql(row(ROW + " for update")));
		this.readRow = sql(row(ROW));
		this.deleteRow = sql("delete from @T where " + ROW);
		this.again = sql(
				"update @T set picked = false, picked_by = null, version = @NEXT, attempt = 1, ended = ended + 1,"
						+ " execution_time = next_time, next_time = null where " + ROW);
		this.retry = sql(
				"update @T set picked = false, picked_by = null, version = @NEXT, attempt = attempt + 1, ended ="
						+ " ended + 1, first_request = @NOW, execution_time = coalesce(next_time, " + due()
						+ "), next_time = null" + " where " + ROW);
		this.unpick = sql(
				"update @T set picked = false, picked_by = null, version = @NEXT, next_time = null where " + ROW);
		this.clearNext = sql("update @T set next_time = null where " + ROW);
		this.refuse = sql("update @T set refuse_until = " + due() + " where " + ROW);
		this.runNow = sql("update @T set execution_time = case when picked then execution_time else "
				+ sooner("execution_time") + " end, next_time = case when next_time is null then null else "
				+ sooner("next_time") + " end where " + ROW);
		this.beat = sql("update @L set beat = @NOW where name = :lease and beat >= " + ago());
		this.join = sql("insert into @L (name, beat) values (:lease, @NOW)");
		this.leave = sql("delete from @L where name = :lease");
		this.expired = sql("select name from @L where beat < " + ago() + " for update skip locked");
		this.orphans = sql(
				"select task_instance, work, version from @T t where picked and not exists (select 1 from @L l"
						+ " where l.name = t.picked_by and beat >= " + ago() + ") limit :limit");
		this.lockOrphan = sql(row(HELD + " and picked for update skip locked"));
		this.clock = "select " + dialect.statementTime() + " as present";
		this.maker = sql("select request from @T where " + ROW);
		this.counts = sql("select queue, work, sum(case when " + PENDING_TIME
				+ " <= @NOW then 1 else 0 end) as pending," + " sum(case when " + PENDING_TIME
				+ " > @NOW then 1 else 0 end) as later, sum(case when picked then 1 else 0"
				+ " end) as running from @T group by queue, work order by queue, work");
		this.size = sql(
				"select (select count(*) from @T where work = :work) + (select count(distinct task_instance) from"
						+ " @I i where work = :work and " + KNOWN
						+ " and not exists (select 1 from @T t where t.task_name = '" + TASK
						+ "' and t.task_instance = i.task_instance))");
		this.active = sql(row("queue = :queue and (picked or execution_time <= @NOW)"));
		this.waiting = sql(waiting(""));
		this.waitingOf = sql(waiting(" and work = :work"));
	}

	/**
	 * What a request makes of a row: of its time if it is not picked, else of its next
	 * time. Never of its version. In an order in which nothing is read that has changed.
	 */
	private Map<String, String> merge() {
		String picked = present("picked");
		String next = present("next_time");
		String fresh = picked + " and " + next + " is null";
		Map<String, String> changes = new LinkedHashMap<>();
		changes.put("first_request", "case when " + fresh + " then @NOW else " + present("first_request") + " end");
		changes.put("request", "case when " + fresh + " then :request else " + present("request") + " end");
		changes.put("execution_time", "case when " + picked + " then " + present("execution_time") + " else "
				+ moved(present("execution_time")) + " end");
		changes.put("next_time", "case when not " + picked + " then null when " + next + " is null then " + due()
				+ " else " + moved(next) + " end");
		changes.put("queue", ":queue");
		changes.put("argument", ":argument");
		return changes;
	}

	private static String assignments(Map<String, String> changes) {
		return changes.entrySet()
			.stream()
			.map((change) -> change.getKey() + " = " + change.getValue())
			.collect(Collectors.joining(", "));
	}

	/** A column of the row that a request meets. */
	private String present(String column) {
		return this.dialect.alias().isEmpty() ? column : this.dialect.alias() + "." + column;
	}

	private String moved(String time) {
		return "case when :kind = 'SCHEDULE' then " + time + " when :kind = 'MODIFY' or "
				+ this.dialect.number(":maxWait") + " is null then " + due() + " else least(" + due() + ", "
				+ this.dialect.plus(present("first_request"), ":maxWait") + ") end";
	}

	private static String sooner(String time) {
		return "case when " + time + " > @NOW then @NOW else " + time + " end";
	}

	private String due() {
		return this.dialect.plus("@NOW", ":delay");
	}

	private String ago() {
		return this.dialect.plus("@NOW", ":ago");
	}

	private String accepting() {
		return "(" + present("refuse_until") + " is null or " + present("refuse_until") + " <= @NOW)";
	}

	/**
	 * The time of the statement, so that an index can be used. Whoever claims under a
	 * lease that is gone would have the rows revived at once. The works are asked for in
	 * a way that no planner takes for selective: without statistics PostgreSQL would sort
	 * all that is due for each claim instead of following the index.
	 */
	private String isDue() {
		return "picked = false and execution_time <= @TIME and " + this.dialect.notBefore(":from")
				+ " and coalesce(work in (:works), false) and task_instance not in (:parked)"
				+ " and exists (select 1 from @L where name = :lease)";
	}

	/**
	 * Rows that could be locked. As an array, which is made once and then looked up: a
	 * planner that thinks the table empty would make a join of {@code in}, and read every
	 * row to join it with these. By the key, which is the same in all versions of a row;
	 * a row that changed before it was locked has moved to another place.
	 */
	private static String locked(String condition) {
		return "task_name = '" + TASK + "' and task_instance = any(array(select task_instance from @T where "
				+ condition + " for update skip locked))";
	}

	private static String waiting(String condition) {
		return "select task_instance, work, " + PENDING_TIME
				+ " as due, @NOW as present from @T where queue = :queue and " + PENDING_TIME + " is not null"
				+ condition + " order by due, task_instance limit :limit";
	}

	private static String take(String condition) {
		return "select id, task_instance, work, queue, kind, due, max_wait, argument, @NOW as present from @I where "
				+ condition + " and " + KNOWN + " order by id limit :limit for update skip locked";
	}

	private static String row(String condition) {
		return "select task_instance, work, version, picked, execution_time, next_time, request, born, ended, @NOW as present, case when"
				+ " refuse_until > @NOW then true else false end as refused from @T where " + condition;
	}

	private String sql(String template) {
		return template.replace("@NOW", this.dialect.now())
			.replace("@TIME", this.dialect.statementTime())
			.replace("@NEXT", this.dialect.nextVersion(this.table + "_seq"))
			.replace("@T", this.table)
			.replace("@L", this.table + "_lease")
			.replace("@I", this.table + "_intake")
			.replace("@S", this.table + "_seq");
	}

}
