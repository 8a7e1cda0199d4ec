/** Meters of queues and worker pools. */
@NullMarked
package io.github.workqueue.metrics;

import org.jspecify.annotations.NullMarked;
