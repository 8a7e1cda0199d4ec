package io.github.workqueue.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a mutable field, or a type for all of its fields, that only one thread at a time
 * may touch.
 */
@Target({ ElementType.FIELD, ElementType.TYPE })
@Retention(RetentionPolicy.CLASS)
@interface Confined {

	/**
	 * Who may touch the field, and what hands it over.
	 * @return the owner
	 */
	String value();

}
