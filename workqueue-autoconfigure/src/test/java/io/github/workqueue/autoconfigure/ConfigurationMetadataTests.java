package io.github.workqueue.autoconfigure;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor knows of the configuration: all that is read, and nothing else.
 */
class ConfigurationMetadataTests {

	private static final String ALL = "spring-configuration-metadata.json";

	private static final String QUEUE = "spring/configuration-metadata/" + WorkqueueProperties.Queue.class.getName()
			+ ".json";

	@Test
	void knowsEveryKeyThatIsRead() {
		assertThat(names(ALL, "properties")).filteredOn((name) -> name.startsWith("workqueue."))
			.containsExactlyInAnyOrderElementsOf(keys(WorkqueueProperties.class, "workqueue."));
		assertThat(names(ALL, "properties"))
			.filteredOn((name) -> name.matches("management\\.endpoint\\.workqueues\\.(show-values|roles)"))
			.containsExactlyInAnyOrderElementsOf(
					keys(WorkqueueEndpointProperties.class, "management.endpoint.workqueues."));
		assertThat(names(QUEUE, "properties"))
			.containsExactlyInAnyOrderElementsOf(keys(WorkqueueProperties.Queue.class, ""));
	}

	@ParameterizedTest
	@MethodSource("properties")
	void describesItInTheStyleOfSpringBoot(Map<String, Object> property) {
		assertThat(property.get("description")).asString()
			.isNotBlank()
			.endsWith(".")
			.doesNotStartWith("The ")
			.doesNotStartWith("A ");
		if (property.get("type").equals(Boolean.class.getName())) {
			assertThat(property.get("description")).asString().startsWith("Whether ");
		}
	}

	/** A default that depends on something else is told in words. */
	@ParameterizedTest
	@MethodSource("properties")
	void tellsTheDefault(Map<String, Object> property) {
		String name = (String) property.get("name");
		if (property.get("defaultValue") == null && !property.get("type").toString().startsWith("java.util.")) {
			assertThat(property.get("description")).as(name).asString().contains("Defaults to ");
		}
	}

	@Test
	void defaultsAreThoseOfTheClasses() {
		assertDefaults(ALL, "workqueue.", new WorkqueueProperties());
		assertDefaults(QUEUE, "", new WorkqueueProperties.Queue());
	}

	@Test
	void hintsAreAboutKeysThatExist() {
		List<String> known = names(ALL, "properties");
		assertThat(names(ALL, "hints"))
			.allSatisfy((name) -> assertThat(known).contains(name.replaceFirst("\\.(keys|values)$", "")));
	}

	@Test
	void namesOfQueuesAreFree() {
		assertThat(read(ALL, "hints")).filteredOn((hint) -> hint.get("name").equals("workqueue.queues.keys"))
			.singleElement()
			.satisfies((hint) -> assertThat(hint.get("providers")).isEqualTo(List.of(Map.of("name", "any"))))
			.satisfies((hint) -> assertThat(hint).doesNotContainKey("values"));
	}

	@Test
	void whatTurnsSomethingOffIsOffered() {
		assertThat(read(ALL, "hints")).filteredOn((hint) -> hint.containsKey("values"))
			.allSatisfy((hint) -> assertThat(read(ALL, "properties"))
				.filteredOn((property) -> property.get("name").equals(hint.get("name")))
				.singleElement()
				.satisfies((property) -> assertThat(property.get("description")).asString().contains("Zero turns ")))
			.hasSize((int) read(ALL, "properties").stream()
				.filter((property) -> property.get("description").toString().contains("Zero turns "))
				.count());
	}

	static List<Map<String, Object>> properties() {
		return Stream.concat(read(ALL, "properties").stream(), read(QUEUE, "properties").stream()).toList();
	}

	private static void assertDefaults(String file, String prefix, Object object) {
		BeanWrapperImpl defaults = new BeanWrapperImpl(object);
		for (Map<String, Object> property : read(file, "properties")) {
			String name = (String) property.get("name");
			if (name.startsWith(prefix) && !property.get("type").toString().startsWith("java.util.")) {
				Object value = defaults.getPropertyValue(camelCase(name.substring(prefix.length())));
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
		if (value instanceof Enum<?>) {
			return Stream.of(value.getClass().getEnumConstants())
				.filter((constant) -> dashed(constant).equals(text))
				.findFirst()
				.orElse(null);
		}
		return text;
	}

	private static String dashed(Object constant) {
		return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static String camelCase(String name) {
		return Pattern.compile("-(.)").matcher(name).replaceAll((found) -> found.group(1).toUpperCase(Locale.ROOT));
	}

	private static List<String> keys(Class<?> type, String prefix) {
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.flatMap((property) -> keys(property,
					prefix + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)))
			.toList();
	}

	private static Stream<String> keys(PropertyDescriptor property, String key) {
		boolean group = property.getPropertyType().getEnclosingClass() == WorkqueueProperties.class
				&& property.getWriteMethod() == null;
		return group ? keys(property.getPropertyType(), key + ".").stream() : Stream.of(key);
	}

	private static List<String> names(String file, String section) {
		return read(file, section).stream().map((entry) -> (String) entry.get("name")).toList();
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> read(String file, String section) {
		try (InputStream stream = new ClassPathResource("META-INF/" + file,
				WorkqueueAutoConfiguration.class.getClassLoader())
			.getInputStream()) {
			return (List<Map<String, Object>>) JsonMapper.shared().readValue(stream, Map.class).get(section);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
