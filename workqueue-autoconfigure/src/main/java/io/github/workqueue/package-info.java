/**
 * The vocabulary of the workqueue: what users call, and what frameworks plug in.
 * <p>
 * {@link io.github.workqueue.Workqueues} makes and finds everything else:
 * {@link io.github.workqueue.WorkItem items}, {@link io.github.workqueue.DelayedWorkItem
 * items with a timer}, {@link io.github.workqueue.KeyedWork one item per key} and
 * {@link io.github.workqueue.Workqueue queues}, whose settings are a
 * {@link io.github.workqueue.WorkqueueSpec}. In Spring all of them are beans, and the
 * annotations of {@code io.github.workqueue.annotation} make most calls needless.
 * <p>
 * For frameworks: {@link io.github.workqueue.ManagedHandler},
 * {@link io.github.workqueue.WorkInterceptor}, {@link io.github.workqueue.WorkListener},
 * {@link io.github.workqueue.WorkqueueFacade} and
 * {@link io.github.workqueue.WorkItemFacade}. Nothing here depends on Spring.
 */
@NullMarked
package io.github.workqueue;

import org.jspecify.annotations.NullMarked;
