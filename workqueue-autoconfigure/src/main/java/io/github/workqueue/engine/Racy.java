package io.github.workqueue.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a mutable field that is read without a lock: volatile, or accessed through a
 * {@code VarHandle}.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.CLASS)
@interface Racy {

	/**
	 * Who writes, who reads, and why that is right.
	 * @return the reason
	 */
	String value();

}
