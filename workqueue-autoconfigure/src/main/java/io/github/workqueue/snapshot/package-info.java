/** Immutable records that describe queues, pools, workers and works at one moment. */
@NullMarked
package io.github.workqueue.snapshot;

import org.jspecify.annotations.NullMarked;
