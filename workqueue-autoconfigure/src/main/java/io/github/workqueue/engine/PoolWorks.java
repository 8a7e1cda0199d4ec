package io.github.workqueue.engine;

import java.util.List;

/**
 * What a pool has, at one moment.
 *
 * @param workers all workers, rescuers at work here included
 * @param idle those that idle
 * @param between those that are counted and execute nothing: they take the next item, or
 * wait a moment for one
 * @param pending items that wait for a worker
 * @param busy those that execute something, in the order in which they started
 */
record PoolWorks(int workers, int idle, int between, long pending, List<BusyWorker> busy) {
}
