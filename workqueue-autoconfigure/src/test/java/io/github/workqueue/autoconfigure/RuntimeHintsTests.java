package io.github.workqueue.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.workqueue.actuate.endpoint.WorkerpoolsEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueueUiEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpoint;
import io.github.workqueue.actuate.endpoint.WorkqueuesEndpointWebExtension;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.MapPropertySource;
import org.springframework.javapoet.ClassName;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image is told when an application is processed ahead of time.
 */
class RuntimeHintsTests {

	private static RuntimeHints hints;

	@BeforeAll
	static void process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("exposure",
						Map.of("management.endpoints.web.exposure.include", "workqueues,workerpools,workqueueui")));
			context.register(Handlers.class, WorkqueueAutoConfiguration.class, EndpointAutoConfiguration.class,
					WorkqueueEndpointAutoConfiguration.class);
			DefaultGenerationContext generation = new DefaultGenerationContext(
					new ClassNameGenerator(ClassName.get(RuntimeHintsTests.class)), new InMemoryGeneratedFiles());
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
			hints = generation.getRuntimeHints();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hidden", "delayed", "composed", "bill", "inherited" })
	void handlersMayBeCalled(String name) {
		assertThat(ReflectionUtils.getAllDeclaredMethods(Handlers.class))
			.filteredOn((method) -> method.getName().equals(name))
			.singleElement()
			.matches((method) -> RuntimeHintsPredicates.reflection().onMethodInvocation(method).test(hints));
	}

	@Test
	void otherMethodsOfTheirClassesMayNot() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Handlers.class.getDeclaredMethod("other")))
			.rejects(hints);
	}

	@Test
	void keyExpressionsMayReadTheirArgument() throws NoSuchMethodException {
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Order.class.getDeclaredMethod("customer")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Customer.class.getDeclaredMethod("id")))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Order.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
	}

	@Test
	void keysWithoutAnExpressionNeedNoHints() {
		assertThat(RuntimeHintsPredicates.reflection().onType(Plain.class)).rejects(hints);
	}

	@Test
	void operationsOfEndpointsMayBeCalled() {
		for (Class<?> endpoint : List.of(WorkqueuesEndpoint.class, WorkqueuesEndpointWebExtension.class,
				WorkerpoolsEndpoint.class, WorkqueueUiEndpoint.class)) {
			assertThat(endpoint.getDeclaredMethods())
				.filteredOn((method) -> MergedAnnotations.from(method).isPresent(ReadOperation.class)
						|| MergedAnnotations.from(method).isPresent(WriteOperation.class))
				.isNotEmpty()
				.allMatch((method) -> RuntimeHintsPredicates.reflection().onMethodInvocation(method).test(hints));
		}
	}

	@Test
	void propertiesMayBeBound() {
		for (Class<?> type : List.of(WorkqueueProperties.class, WorkqueueProperties.Queue.class,
				WorkqueueEndpointProperties.class)) {
			assertThat(Arrays.stream(type.getDeclaredMethods()).filter((method) -> method.getName().startsWith("set")))
				.allMatch((method) -> RuntimeHintsPredicates.reflection().onMethodInvocation(method).test(hints));
			assertThat(type.getDeclaredConstructors()).allMatch((constructor) -> RuntimeHintsPredicates.reflection()
				.onConstructorInvocation(constructor)
				.test(hints));
		}
	}

	@Test
	void virtualThreadsMayBeMade() {
		assertThat(hints.reflection().getTypeHint(Thread.class)).isNotNull()
			.satisfies((type) -> assertThat(type.methods()).anyMatch((method) -> method.getName().equals("ofVirtual")));
		assertThat(hints.reflection().getTypeHint(TypeReference.of("java.lang.Thread$Builder")) != null)
			.isEqualTo(ClassUtils.hasMethod(Thread.class, "ofVirtual"));
	}

	@Test
	void theFilesOfThePageMayBeRead() {
		RuntimeHints own = new RuntimeHints();
		new WorkqueueRuntimeHints().registerHints(own, null);
		assertThat(RuntimeHintsPredicates.resource().forResource("io/github/workqueue/actuate/endpoint/page/page.html"))
			.accepts(own);
	}

	record Customer(int id) {
	}

	record Order(Customer customer) {
	}

	record Plain(int id) {
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Work
	@interface Task {

	}

	static class Base {

		@Work
		void inherited(Plain key) {
		}

	}

	static class Handlers extends Base {

		@Work
		private void hidden() {
		}

		@DelayedWork(delay = "1s")
		void delayed() {
		}

		@Task
		void composed() {
		}

		@Work(key = "#order.customer.id")
		void bill(Order order) {
		}

		void other() {
		}

	}

}
