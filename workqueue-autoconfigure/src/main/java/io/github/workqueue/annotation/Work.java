package io.github.workqueue.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.workqueue.SystemQueues;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a method of a singleton bean into work that can be queued. Without a parameter,
 * or with one {@link io.github.workqueue.WorkItem}, it adds a bean of that type; with a
 * parameter of another type a {@link io.github.workqueue.KeyedWork} of that type, which
 * has one pending run per argument. The method returns nothing and may have any
 * visibility.
 * <p>
 * All text attributes take <code>${...}</code> placeholders. May be used as a
 * meta-annotation. <pre class="code">
 * &#064;Work(name = "index", queue = "media", maxAttempts = "3")
 * void index(Path file) {
 * 	index.add(file);
 * }
 * </pre>
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface Work {

	/**
	 * Alias for {@link #name()}.
	 * @return the bean's name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * Name of the bean and of the work. Without it the name is {@code beanName.method},
	 * and {@code method} is an alias unless something else has that name.
	 * @return the bean's name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * Name or alias of the {@link io.github.workqueue.Workqueue} bean that is the work's
	 * home.
	 * @return the queue's name
	 */
	String queue() default SystemQueues.DEFAULT;

	/**
	 * How often a request is tried until it counts as failed; {@code 1} means that
	 * nothing is tried again.
	 * @return a number, at least 1
	 */
	String maxAttempts() default "1";

	/**
	 * Time from a failed attempt to the next: {@code 100ms} always the same,
	 * {@code 100ms..30s} doubling up to the second, {@code 100ms..30s x3} growing by that
	 * factor. A trailing {@code ~20%} varies each by up to that part.
	 * @return the back-off
	 */
	String backoff() default "100ms..30s x2";

	/**
	 * When {@code schedule} reaches the queue.
	 * @return at once or after the commit
	 */
	Enqueue enqueue() default Enqueue.IMMEDIATE;

	/**
	 * Expression (SpEL) on the method's argument whose value tells requests apart, as in
	 * {@code #order.id}; without it the argument itself does. While a request is pending,
	 * the latest argument wins.
	 * @return the expression, or nothing
	 */
	String key() default "";

	/**
	 * Most arguments that one call takes; if above 0 the method's parameter is a
	 * {@link java.util.List} of them.
	 * @return the number, or 0 for one call each
	 */
	int batchSize() default 0;

	/**
	 * Whether to queue the work once when the context has started.
	 * @return true to do so
	 */
	boolean onStartup() default false;

}
