package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;

import io.github.workqueue.annotation.Enqueue;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * A handler without mistakes, all attributes read.
 *
 * @param name the name of its bean and of its work
 * @param beanName the bean that has the method
 * @param beanType the declared type of that bean
 * @param method the method
 * @param keyType the type of the keys; null for an item
 * @param queue the name of its home
 * @param delay the delay; null for work that is not delayed
 * @param debounce whether requests move the deadline
 * @param maxWait the limit for that, or null
 * @param maxAttempts the number of attempts
 * @param backoff the time between them
 * @param enqueue when requests reach the queue
 * @param key what computes the key, or null
 * @param batchSize the size of batches, or 0
 * @param onStartup whether to queue it at the start
 */
record HandlerSpec(String name, String beanName, Class<?> beanType, Method method, @Nullable ResolvableType keyType,
		String queue, @Nullable Duration delay, boolean debounce, @Nullable Duration maxWait, int maxAttempts,
		Backoff backoff, Enqueue enqueue, @Nullable KeyExpression key, int batchSize, boolean onStartup) {

	boolean isKeyed() {
		return this.keyType != null;
	}

	boolean isDelayed() {
		return this.delay != null;
	}

	/** Returns what an argument stands for: itself, or the value of the expression. */
	Object keyOf(Object argument) {
		Objects.requireNonNull(argument, "'key' must not be null");
		return (this.key != null) ? this.key.valueOf(argument) : argument;
	}

	ExecutionObserver.HandlerMethod handlerMethod() {
		return new ExecutionObserver.HandlerMethod(this.beanType.getName(), this.method.getName());
	}

	String signature() {
		return AnnotatedMethod.signature(this.method);
	}

	@Override
	public String toString() {
		return describe(this.beanName, this.beanType, this.method);
	}

	static String describe(String beanName, Class<?> beanType, Method method) {
		return beanType.getName() + "." + AnnotatedMethod.signature(method) + " of bean '" + beanName + "'";
	}

}
