package io.github.workqueue.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a worker that changes only under the pool's lock and only by the
 * worker's own thread, which therefore reads it without; others read it under the lock:
 * {@code K} in the kernel's {@code struct worker}.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
@interface PoolWritten {

}
