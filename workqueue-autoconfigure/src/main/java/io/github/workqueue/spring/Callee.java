package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.Advisor;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;

/**
 * The object on which a handler is called: the bean, which may be a proxy, or what is
 * behind a proxy that cannot intercept the method.
 *
 * @param object the object to call
 * @param method the method of that object
 * @param problem why the call must not be made, or null
 */
record Callee(Object object, Method method, @Nullable String problem) {

	private static final String NOT_SHOWN = "is not shown by the JDK proxy of the bean, which has only the methods of its"
			+ " interfaces";

	static Callee of(Object bean, Method method) {
		boolean proxy = bean instanceof Advised || Proxy.isProxyClass(bean.getClass());
		Method shown = proxy ? shown(bean, method) : method;
		if (shown != null) {
			return new Callee(bean, shown, null);
		}
		if (!(bean instanceof Advised advised)) {
			return new Callee(bean, method, NOT_SHOWN);
		}
		Object target = target(advised);
		if (target == null) {
			return new Callee(bean, method, "cannot be called by the proxy of the bean, whose target changes");
		}
		return new Callee(target, method, problem(bean, advised, method, target));
	}

	/**
	 * Returns the method through which the proxy intercepts a call, or null.
	 */
	private static @Nullable Method shown(Object bean, Method method) {
		if (!Proxy.isProxyClass(bean.getClass())) {
			return isOverridable(method, bean.getClass()) ? method : null;
		}
		for (Class<?> type : bean.getClass().getInterfaces()) {
			for (Method candidate : type.getMethods()) {
				if (isImplementedBy(candidate, method)) {
					return candidate;
				}
			}
		}
		return null;
	}

	private static boolean isOverridable(Method method, Class<?> proxyClass) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isFinal(modifiers)) {
			return false;
		}
		Class<?> owner = method.getDeclaringClass();
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)
				|| (owner.getClassLoader() == proxyClass.getClassLoader()
						&& owner.getPackageName().equals(proxyClass.getPackageName()));
	}

	private static boolean isImplementedBy(Method declared, Method method) {
		if (!declared.getName().equals(method.getName())
				|| declared.getParameterCount() != method.getParameterCount()) {
			return false;
		}
		Method specific = ClassUtils.getMostSpecificMethod(declared, method.getDeclaringClass());
		return BridgeMethodResolver.findBridgedMethod(specific).equals(method);
	}

	private static @Nullable Object target(Advised proxy) {
		Object object = proxy;
		while (object instanceof Advised advised) {
			TargetSource source = advised.getTargetSource();
			object = source.isStatic() ? targetOf(source) : null;
		}
		return object;
	}

	private static @Nullable Object targetOf(TargetSource source) {
		try {
			return source.getTarget();
		}
		catch (Exception ex) {
			throw new IllegalStateException("the target of a proxy cannot be had", ex);
		}
	}

	private static @Nullable String problem(Object bean, Advised advised, Method method, Object target) {
		String obstacle = obstacle(method);
		if (obstacle == null && Proxy.isProxyClass(bean.getClass())) {
			return NOT_SHOWN;
		}
		if (!hasAdvice(advised, method, target.getClass())) {
			return null;
		}
		return "is " + ((obstacle != null) ? obstacle : "package-private in another package")
				+ ", so the proxy of the bean cannot apply the advice that the method carries";
	}

	private static @Nullable String obstacle(Method method) {
		if (Modifier.isPrivate(method.getModifiers())) {
			return "private";
		}
		return Modifier.isFinal(method.getModifiers()) ? "final" : null;
	}

	private static boolean hasAdvice(Advised advised, Method method, Class<?> targetClass) {
		for (Advisor advisor : advised.getAdvisors()) {
			if (advisor != ExposeInvocationInterceptor.ADVISOR && applies(advisor, method, targetClass)) {
				return true;
			}
		}
		return false;
	}

	private static boolean applies(Advisor advisor, Method method, Class<?> targetClass) {
		return advisor instanceof PointcutAdvisor pointcutAdvisor
				&& pointcutAdvisor.getPointcut().getClassFilter().matches(targetClass)
				&& AopUtils.getMostSpecificMethod(method, targetClass).equals(method)
				&& pointcutAdvisor.getPointcut().getMethodMatcher().matches(method, targetClass);
	}

}
