package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

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
