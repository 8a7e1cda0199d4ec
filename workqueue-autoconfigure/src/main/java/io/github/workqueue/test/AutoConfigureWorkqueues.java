package io.github.workqueue.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Put on a test class: adds the workqueues, also to a test slice, and a
 * {@link WorkqueueTester} bean. The mode is part of the key of Spring Test's context
 * cache. <pre class="code">
 * &#064;SpringBootTest
 * &#064;AutoConfigureWorkqueues(mode = Mode.STEPPED)
 * class CommitTests {
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("workqueue.test")
public @interface AutoConfigureWorkqueues {

	/**
	 * How work runs in the test.
	 * @return the mode
	 */
	Mode mode() default Mode.REAL;

	/**
	 * How work runs in a test.
	 */
	enum Mode {

		/**
		 * As in production: on its own, with the clock of the JVM.
		 */
		REAL,

		/**
		 * A {@code schedule} of a handler's bean returns when the work has run, and all
		 * that it has queued: on workers as always, so requests made by handlers do not
		 * wait. Delays end when {@link WorkqueueTester#advance} is called.
		 */
		INLINE,

		/**
		 * Nothing runs until {@link WorkqueueTester#runPending} is called, and delays end
		 * when {@link WorkqueueTester#advance} is.
		 */
		STEPPED

	}

}
