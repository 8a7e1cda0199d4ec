package io.github.workqueue.autoconfigure;

import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image is told. */
class RuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@Test
	void handlersMayBeInvoked() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Handlers.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Handlers.class, "index")).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Handlers.class, "commit"))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Handlers.class, "other")).rejects(this.hints);
	}

	@Test
	void virtualThreadsMayBeLookedUp() {
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter(WorkqueueRuntimeHints.class::isInstance)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
		assertThat(this.hints.reflection().getTypeHint(Thread.class)).isNotNull();
		assertThat(this.hints.reflection().getTypeHint(Thread.class).methods())
			.anyMatch((method) -> method.getName().equals("ofVirtual"));
	}

	static class Handlers {

		@Work
		void index(String path) {
		}

		@DelayedWork(delay = "1s")
		void commit() {
		}

		void other() {
		}

	}

}
