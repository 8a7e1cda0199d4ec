package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Warns of key types whose values never equal each other, so that nothing is merged.
 */
final class KeyTypes {

	private static final Log logger = LogFactory.getLog(KeyTypes.class);

	private KeyTypes() {
	}

	static void warn(Collection<HandlerSpec> handlers) {
		Map<Class<?>, HandlerSpec> suspects = new LinkedHashMap<>();
		for (HandlerSpec handler : handlers) {
			ResolvableType keyType = handler.keyType();
			Class<?> type = (keyType != null && handler.key() == null) ? keyType.resolve(Object.class) : Object.class;
			if (!hasIdentity(type)) {
				suspects.putIfAbsent(type, handler);
			}
		}
		suspects.forEach((type, handler) -> logger.warn("Key type " + type.getTypeName() + " of handler " + handler
				+ " has no equals and hashCode of its own, so equal keys are not merged: use a value, such as a record,"
				+ " or a key expression"));
	}

	private static boolean hasIdentity(Class<?> type) {
		return type.isInterface() || type == Object.class
				|| (declares(type, "equals", Object.class) && declares(type, "hashCode"));
	}

	private static boolean declares(Class<?> type, String name, Class<?>... parameters) {
		Method method = ReflectionUtils.findMethod(type, name, parameters);
		return method != null && method.getDeclaringClass() != Object.class;
	}

}
