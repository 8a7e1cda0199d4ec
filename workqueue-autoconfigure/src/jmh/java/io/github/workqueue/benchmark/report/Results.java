package io.github.workqueue.benchmark.report;

import java.util.List;

/**
 * What a run found.
 *
 * @param machine where
 * @param quick whether the figures mean nothing
 * @param seconds how long it took
 * @param rows the table
 */
record Results(Machine machine, boolean quick, long seconds, List<Row> rows) {

}
