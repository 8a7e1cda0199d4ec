/**
 * Immutable records that describe queues, pools, workers and works at one moment, and
 * {@link io.github.workqueue.snapshot.WorkqueueInspector}, which makes them. Endpoints,
 * health and meters know the engine through this package only.
 */
@NullMarked
package io.github.workqueue.snapshot;

import org.jspecify.annotations.NullMarked;
