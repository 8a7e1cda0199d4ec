package io.github.workqueue.autoconfigure;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.workqueue.engine.DelayedWorkPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor knows of the configuration.
 */
class ConfigurationMetadataTests {

	@Test
	void everyPropertyHasADescriptionInTheStyleOfSpringBoot() throws IOException {
		Map<String, Object> properties = read("properties").stream()
			.filter((property) -> String.valueOf(property.get("name")).startsWith("workqueue."))
			.collect(Collectors.toMap((property) -> (String) property.get("name"),
					(property) -> property.getOrDefault("description", "")));
		assertThat(properties).containsOnlyKeys("workqueue.cpus", "workqueue.max-workers", "workqueue.idle-timeout",
				"workqueue.cpu-intensive-threshold", "workqueue.cpu-intensive-warning-threshold",
				"workqueue.power-efficient", "workqueue.virtual-threads", "workqueue.watchdog.threshold",
				"workqueue.mayday.initial-timeout", "workqueue.mayday.interval", "workqueue.shutdown.drain-timeout",
				"workqueue.shutdown.delayed-work", "workqueue.queues");
		assertThat(properties.values()).allSatisfy((description) -> assertThat(description).asString()
			.isNotBlank()
			.endsWith(".")
			.doesNotStartWith("The ")
			.doesNotStartWith("A "));
	}

	@Test
	void everyDefaultIsTheOneOfThePropertiesClass() throws IOException {
		BeanWrapperImpl defaults = new BeanWrapperImpl(new WorkqueueProperties());
		for (Map<String, Object> property : read("properties")) {
			String name = String.valueOf(property.get("name"));
			if (name.startsWith("workqueue.") && !name.equals("workqueue.queues")) {
				Object value = defaults.getPropertyValue(camelCase(name.substring("workqueue.".length())));
				assertThat(shown(property.get("defaultValue"), value)).as(name).isEqualTo(value);
			}
		}
	}

	/** What a default in the metadata means for a property of a value's type. */
	private static @Nullable Object shown(@Nullable Object text, @Nullable Object value) {
		if (text == null) {
			return null;
		}
		if (value instanceof Duration) {
			return DurationStyle.detectAndParse(text.toString());
		}
		return (value instanceof DelayedWorkPolicy)
				? DelayedWorkPolicy.valueOf(text.toString().toUpperCase(Locale.ROOT)) : text;
	}

	private static String camelCase(String name) {
		return Pattern.compile("-(.)").matcher(name).replaceAll((found) -> found.group(1).toUpperCase(Locale.ROOT));
	}

	@Test
	void everyKeyOfAQueueIsDocumented() {
		assertThat(new BeanWrapperImpl(new WorkqueueProperties.Queue()).getPropertyDescriptors())
			.extracting(PropertyDescriptor::getName)
			.filteredOn((name) -> !name.equals("class"))
			.containsExactlyInAnyOrder("type", "maxActive", "minActive", "highpri", "memReclaim", "freezable",
					"cpuIntensive", "powerEfficient", "sysfs", "virtualThreads", "maxPending", "whenFull", "durable");
	}

	@Test
	void namesOfQueuesHaveHints() throws IOException {
		assertThat(read("hints")).extracting((hint) -> hint.get("name")).contains("workqueue.queues.keys");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> read(String section) throws IOException {
		try (InputStream stream = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				WorkqueueAutoConfiguration.class.getClassLoader())
			.getInputStream()) {
			return (List<Map<String, Object>>) JsonMapper.shared().readValue(stream, Map.class).get(section);
		}
	}

}
