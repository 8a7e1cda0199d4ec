/**
 * Annotations that make methods of Spring beans into work:
 * {@link io.github.workqueue.annotation.Work} and, with a delay,
 * {@link io.github.workqueue.annotation.DelayedWork}. Each annotated method becomes a
 * bean, which is injected by the name of the work: a {@code WorkItem} or
 * {@code DelayedWorkItem} if the method takes no argument, a {@code KeyedWork} if it
 * takes a key or a list of keys.
 */
@NullMarked
package io.github.workqueue.annotation;

import org.jspecify.annotations.NullMarked;
