/**
 * Durable work: one row per work and key in a table of the application's database.
 * <p>
 * A row that is not picked is pending or delayed; a picked one is claimed or running; a
 * picked one with a {@code next_time} is to run again. A key without a row is idle. What
 * always holds:
 * <ol>
 * <li>The primary key gives one row per key.</li>
 * <li>A key is pending exactly if its row is not picked or has a {@code next_time}.</li>
 * <li>Whoever ends a run must know the row's version. A request never changes it.</li>
 * <li>A version is drawn from the sequence while the row is locked, so no key has the
 * same one twice, and a later run has a greater one, also after its row was deleted and
 * made again.</li>
 * <li>A claimed run starts only while the lease under which it was claimed lives. Whoever
 * finds a row whose picker has no lease makes it pending again.</li>
 * <li>No statement locks rows of two keys in another order than that of their names,
 * unless it passes over locked ones.</li>
 * </ol>
 */
@NullMarked
package io.github.workqueue.durable;

import org.jspecify.annotations.NullMarked;
