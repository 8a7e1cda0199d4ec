package io.github.workqueue.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a mutable field that is read and written under the lock of the pool that it
 * belongs to: {@code L} in the kernel's {@code struct worker}. Error Prone's
 * {@code GuardedBy} cannot name that lock where the field is reached through another
 * object.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
@interface PoolLocked {

	/**
	 * Which pool it is, or who else reads and why that is right; empty where nothing is
	 * to be said.
	 * @return the remark
	 */
	String value() default "";

}
