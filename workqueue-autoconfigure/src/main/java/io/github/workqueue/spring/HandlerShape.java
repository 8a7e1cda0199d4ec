package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.util.List;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What the parameter of a handler says.
 *
 * @param parameter the type of the parameter; null if there is none
 */
record HandlerShape(@Nullable ResolvableType parameter) {

	static HandlerShape of(Method method, Class<?> beanType) {
		return new HandlerShape(
				(method.getParameterCount() == 1) ? ResolvableType.forMethodParameter(method, 0, beanType) : null);
	}

	boolean isItem() {
		return this.parameter == null || this.parameter.resolve() == WorkItem.class || isDelayedItem();
	}

	boolean isDelayedItem() {
		return this.parameter != null && this.parameter.resolve() == DelayedWorkItem.class;
	}

	/**
	 * Returns the type of the keys, null for an item.
	 */
	@Nullable ResolvableType keyType() {
		if (this.parameter == null || isItem()) {
			return null;
		}
		Class<?> type = this.parameter.resolve(Object.class);
		return type.isPrimitive() ? ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(type))
				: this.parameter;
	}

	/**
	 * Returns the type of the keys of a batch, null if the parameter is no list.
	 */
	@Nullable ResolvableType elementType() {
		if (this.parameter == null || this.parameter.resolve() != List.class) {
			return null;
		}
		return this.parameter.getGeneric(0);
	}

}
