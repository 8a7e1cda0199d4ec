package io.github.workqueue.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must keep because it is looked up by name: the virtual threads of
 * newer JDKs, the files of the page and the scripts of durable queues. Handlers need
 * nothing here, since their annotations are {@code @Reflective}.
 */
final class WorkqueueRuntimeHints implements RuntimeHintsRegistrar {

	private static final String BUILDER = "java.lang.Thread$Builder";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(Thread.class, (type) -> type.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE))
			.registerTypeIfPresent(classLoader, BUILDER,
					(type) -> type.withMethod("factory", List.of(), ExecutableMode.INVOKE));
		hints.resources().registerPattern("io/github/workqueue/actuate/endpoint/page/*");
		hints.resources().registerPattern("io/github/workqueue/durable/*.sql");
	}

}
