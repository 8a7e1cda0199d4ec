package io.github.workqueue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages promise nothing that is not there.
 */
class ReadmeTests {

	private static final Pattern CODE = Pattern.compile("`(?:([A-Z]\\w+|item)\\.)?(\\w+)(?:\\([^`]*\\))?`");

	@ParameterizedTest
	@ValueSource(strings = { "INIT_WORK", "INIT_DELAYED_WORK", "schedule_work", "schedule_delayed_work", "queue_work",
			"queue_delayed_work", "mod_delayed_work", "cancel_work", "cancel_work_sync", "cancel_delayed_work",
			"cancel_delayed_work_sync", "flush_work", "flush_delayed_work", "alloc_workqueue",
			"alloc_ordered_workqueue", "flush_workqueue", "drain_workqueue", "destroy_workqueue", "container_of" })
	void everyCallOfTheKernelHasItsPlace(String call) throws IOException {
		assertThat(kernelTable()).anyMatch((row) -> row.split("\\|")[1].contains('`' + call + '`'));
	}

	@ParameterizedTest
	@MethodSource("javaCalls")
	void everyCallOfTheKernelTableExists(JavaCall call) throws ClassNotFoundException {
		Class<?> type = Class.forName("io.github.workqueue." + call.type());
		assertThat(Arrays.stream(type.getMethods()).map(Method::getName)).contains(call.method());
	}

	static List<JavaCall> javaCalls() throws IOException {
		List<JavaCall> calls = new ArrayList<>();
		for (String row : kernelTable()) {
			String type = null;
			for (Matcher code = CODE.matcher(row.split("\\|")[2]); code.find();) {
				type = typeOf(code, type);
				if (type != null && Character.isLowerCase(code.group(2).charAt(0))) {
					calls.add(new JavaCall(type, code.group(2)));
				}
			}
		}
		return calls;
	}

	/**
	 * A name without a type belongs to the type before it; {@code item} stands for one.
	 */
	private static String typeOf(Matcher code, String before) {
		String type = code.group(1);
		if (type == null) {
			return before;
		}
		return type.equals("item") ? "DelayedWorkItem" : type;
	}

	private static List<String> kernelTable() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("..", ".github", "kernel.md"))) {
			return lines.dropWhile((line) -> !line.equals("## Calls"))
				.skip(1)
				.takeWhile((line) -> !line.startsWith("## "))
				.filter((line) -> line.startsWith("| `"))
				.toList();
		}
	}

	record JavaCall(String type, String method) {
	}

}
