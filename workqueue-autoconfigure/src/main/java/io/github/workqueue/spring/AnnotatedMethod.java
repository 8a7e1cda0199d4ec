package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * A method of a class that carries one of the annotations, or both. An overriding method
 * has the annotation of the method that it overrides.
 *
 * @param method the most specific method
 * @param work the one annotation
 * @param delayedWork the other annotation
 * @param onInterface whether only an interface declares the annotation
 */
record AnnotatedMethod(Method method, @Nullable Work work, @Nullable DelayedWork delayedWork, boolean onInterface) {

	private static final List<Class<? extends java.lang.annotation.Annotation>> TYPES = List.of(Work.class,
			DelayedWork.class);

	/**
	 * Finds the methods of a class, its superclasses and interfaces.
	 */
	static List<AnnotatedMethod> of(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, TYPES) || type.getName().startsWith("org.springframework.")) {
			return List.of();
		}
		Map<Method, AnnotatedMethod> methods = MethodIntrospector.selectMethods(type, AnnotatedMethod::inspect);
		return new ArrayList<>(methods.values());
	}

	private static @Nullable AnnotatedMethod inspect(Method method) {
		AnnotatedMethod found = find(method, SearchStrategy.SUPERCLASS);
		return (found != null) ? found : find(method, SearchStrategy.TYPE_HIERARCHY);
	}

	private static @Nullable AnnotatedMethod find(Method method, SearchStrategy strategy) {
		MergedAnnotations annotations = MergedAnnotations.from(method, strategy);
		MergedAnnotation<Work> work = annotations.get(Work.class);
		MergedAnnotation<DelayedWork> delayedWork = annotations.get(DelayedWork.class);
		if (!work.isPresent() && !delayedWork.isPresent()) {
			return null;
		}
		boolean onInterface = strategy == SearchStrategy.TYPE_HIERARCHY || method.getDeclaringClass().isInterface();
		return new AnnotatedMethod(method, work.synthesize(MergedAnnotation::isPresent).orElse(null),
				delayedWork.synthesize(MergedAnnotation::isPresent).orElse(null), onInterface);
	}

	/**
	 * Returns the method's name and parameters, which are the same in sub- and
	 * superclass.
	 */
	String signature() {
		return signature(this.method);
	}

	static String signature(Method method) {
		List<String> parameters = new ArrayList<>();
		for (Class<?> type : method.getParameterTypes()) {
			parameters.add(ClassUtils.getShortName(type));
		}
		return method.getName() + "(" + String.join(", ", parameters) + ")";
	}

}
