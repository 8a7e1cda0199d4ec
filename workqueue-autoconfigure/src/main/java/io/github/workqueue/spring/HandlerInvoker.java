package io.github.workqueue.spring;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Calls the method of a handler. The bean is looked up by the first call; later ones use
 * a bound method handle.
 */
final class HandlerInvoker {

	private final HandlerSpec spec;

	private final BeanFactory beanFactory;

	/** Takes the argument, whether the method wants it or not. */
	private volatile @Nullable MethodHandle handle;

	HandlerInvoker(HandlerSpec spec, BeanFactory beanFactory) {
		this.spec = spec;
		this.beanFactory = beanFactory;
	}

	/**
	 * Calls the handler.
	 * @throws Throwable what it threw, itself
	 */
	void invoke(Object argument) throws Throwable {
		MethodHandle handle = this.handle;
		if (handle == null) {
			handle = bind();
			this.handle = handle;
		}
		handle.invokeExact(argument);
	}

	private MethodHandle bind() throws IllegalAccessException {
		Object bean = this.beanFactory.getBean(this.spec.beanName());
		Callee callee = Callee.of(bean, this.spec.method());
		String problem = callee.problem();
		if (problem != null) {
			throw new IllegalStateException("handler " + this.spec + " " + problem);
		}
		Method method = callee.method();
		ReflectionUtils.makeAccessible(method);
		MethodHandle bound = MethodHandles.lookup().unreflect(method).bindTo(callee.object());
		MethodHandle unary = (method.getParameterCount() == 0) ? MethodHandles.dropArguments(bound, 0, Object.class)
				: bound;
		return unary.asType(MethodType.methodType(void.class, Object.class));
	}

}
