package io.github.workqueue.durable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A row as it was read.
 *
 * @param version what its holder must know
 * @param picked whether it is claimed or runs
 * @param due when it is or was due
 * @param next when it is to run again; null if it is not
 * @param born the version that it was made with, by which it is known from a later row of
 * its key
 * @param ended how many of its runs have ended
 * @param refused whether requests are refused
 * @param present the database's time
 */
record DurableRow(long version, boolean picked, OffsetDateTime due, @Nullable OffsetDateTime next, long born,
		long ended, boolean refused, OffsetDateTime present) {

	static DurableRow of(ResultSet row, Dialect dialect) throws SQLException {
		return new DurableRow(row.getLong("version"), row.getBoolean("picked"), dialect.time(row, "execution_time"),
				dialect.timeOrNull(row, "next_time"), row.getLong("born"), row.getLong("ended"),
				row.getBoolean("refused"), dialect.time(row, "present"));
	}

	boolean isPending() {
		return !this.picked || this.next != null;
	}

	/**
	 * The number of ended runs after which all that was requested so far has been served.
	 */
	long target() {
		return this.ended + ((this.picked && this.next != null) ? 2 : 1);
	}

	/** The same for what is due: a later run is not waited for. */
	long dueTarget() {
		return (this.picked && isDelayed()) ? this.ended + 1 : target();
	}

	boolean isDelayed() {
		OffsetDateTime time = this.picked ? this.next : this.due;
		return time != null && time.isAfter(this.present);
	}

}
