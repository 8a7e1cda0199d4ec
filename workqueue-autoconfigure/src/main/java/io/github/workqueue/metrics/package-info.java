/**
 * Meters of queues and worker pools, with the names of Kubernetes' workqueues beside the
 * kernel's own counters; tag {@code name} is the queue.
 */
@NullMarked
package io.github.workqueue.metrics;

import org.jspecify.annotations.NullMarked;
