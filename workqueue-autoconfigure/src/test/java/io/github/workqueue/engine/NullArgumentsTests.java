package io.github.workqueue.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkHandler;
import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every null that the interfaces do not allow is refused by its name. */
class NullArgumentsTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Workqueue queue = this.engine.get("system_wq");

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", (WorkHandler) WorkItem::name);

	private final KeyedWork<String> keyed = this.engine.initKeyedWork("keyed", this.queue, (key) -> {
	});

	@TestFactory
	Stream<DynamicTest> workqueues() {
		return of(Workqueues.class, this.engine);
	}

	@TestFactory
	Stream<DynamicTest> workqueue() {
		return of(Workqueue.class, this.queue);
	}

	@TestFactory
	Stream<DynamicTest> items() {
		return Stream.concat(of(WorkItem.class, this.item), of(DelayedWorkItem.class, this.item));
	}

	@TestFactory
	Stream<DynamicTest> keyedWork() {
		return of(KeyedWork.class, this.keyed);
	}

	@TestFactory
	Stream<DynamicTest> specs() {
		return of(WorkqueueSpec.class, WorkqueueSpec.named("queue"));
	}

	private Stream<DynamicTest> of(Class<?> type, Object target) {
		List<DynamicTest> tests = new ArrayList<>();
		for (Method method : type.getDeclaredMethods()) {
			if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
				for (int i = 0; i < method.getParameterCount(); i++) {
					add(tests, method, i, target);
				}
			}
		}
		assertThat(tests).isNotEmpty();
		return tests.stream();
	}

	private void add(List<DynamicTest> tests, Method method, int index, Object target) {
		Parameter parameter = method.getParameters()[index];
		boolean allowed = method.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
		if (parameter.getType().isPrimitive() || allowed) {
			return;
		}
		assertThat(parameter.isNamePresent()).isTrue();
		tests.add(DynamicTest.dynamicTest(
				method.getName() + Arrays.toString(method.getParameterTypes()) + " " + parameter.getName(),
				() -> refusesNull(method, index, target)));
	}

	private void refusesNull(Method method, int index, Object target) {
		Object[] arguments = Stream.of(method.getParameterTypes()).map(this::some).toArray();
		arguments[index] = null;
		assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> invoke(method, target, arguments))
			.withMessageContaining("'" + method.getParameters()[index].getName() + "'");
	}

	private static void invoke(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			method.setAccessible(true);
			method.invoke(Modifier.isStatic(method.getModifiers()) ? null : target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private Object some(Class<?> type) {
		return Stream.<Object>of("name", 0, 0L, true, Duration.ZERO, WhenFull.REJECT, new WorkqueueFlag[0], this.queue,
				this.item, WorkqueueSpec.named("some"), (WorkHandler) WorkItem::name,
				(KeyedWorkHandler<Object>) (key) -> {
				}, (Runnable) () -> {
				}, (Callable<Object>) () -> "", (Consumer<Object>) (value) -> {
				}, (Function<Object, Object>) (value) -> value)
			.filter((value) -> boxed(type).isInstance(value))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + type));
	}

	private static Class<?> boxed(Class<?> type) {
		return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
	}

}
