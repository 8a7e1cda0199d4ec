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
 * Makes a method of a singleton bean into work that is queued after a delay. Without a
 * parameter, or with one {@link io.github.workqueue.WorkItem} or
 * {@link io.github.workqueue.DelayedWorkItem}, it adds a
 * {@link io.github.workqueue.DelayedWorkItem} bean; with a parameter of another type a
 * {@link io.github.workqueue.KeyedWork} of that type. The method returns nothing and may
 * have any visibility.
 * <p>
 * All text attributes take <code>${...}</code> placeholders; durations are written as
 * elsewhere in Spring Boot. May be used as a meta-annotation. <pre class="code">
 * &#064;DelayedWork(name = "commit", delay = "200ms", debounce = true, maxWait = "2s")
 * void commit() {
 * 	index.commit();
 * }
 * </pre>
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface DelayedWork {

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
	 * Delay of {@code schedule()}.
	 * @return a duration
	 */
	String delay();

	/**
	 * Whether each further request moves the deadline, so that the work runs when
	 * requests have stopped. Otherwise the first deadline stays.
	 * @return true to move it
	 */
	boolean debounce() default false;

	/**
	 * With {@link #debounce()}: the longest that a request may be postponed.
	 * @return a duration, or nothing for no limit
	 */
	String maxWait() default "";

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
	 * Whether to queue the work once, after its delay, when the context has started.
	 * @return true to do so
	 */
	boolean onStartup() default false;

}
