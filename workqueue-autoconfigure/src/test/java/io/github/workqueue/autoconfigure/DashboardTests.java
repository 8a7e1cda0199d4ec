package io.github.workqueue.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Grafana dashboard and the Prometheus alerts name nothing that a real scrape does
 * not have.
 */
class DashboardTests {

	private static final Pattern SAMPLE = Pattern.compile("^(workqueue_\\w+)\\{([^}]*)}", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");

	private static final Pattern METER = Pattern.compile("workqueue_\\w+");

	/** In expressions: a meter with its matchers, or what an aggregation keeps. */
	private static final Pattern SELECTOR = Pattern.compile("(workqueue_\\w+)\\{([^}]*)}");

	private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern ANNOTATION = Pattern.compile("\\$labels\\.(\\w+)");

	/** Labels that Prometheus adds to each target. */
	private static final Set<String> TARGET = Set.of("job", "instance");

	/** The labels of each meter of the scrape. */
	private static final Map<String, Set<String>> scraped = new HashMap<>();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void scrape() throws Exception {
		context = SpringApplication.run(Application.class, "--server.port=0", "--" + WorkqueueRunner.WITHOUT_DATABASE,
				"--workqueue.cpus=1", "--management.endpoints.web.exposure.include=prometheus",
				"--management.prometheus.metrics.export.enabled=true",
				"--management.metrics.distribution.percentiles-histogram.workqueue=true");
		Workqueues workqueues = context.getBean(Workqueues.class);
		WorkItem work = workqueues.initWork("work", (item) -> {
		});
		work.schedule();
		work.flush();
		String text = RestClient
			.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"))
			.get()
			.uri("/actuator/prometheus")
			.retrieve()
			.body(String.class);
		for (Matcher sample = SAMPLE.matcher(Objects.requireNonNull(text)); sample.find();) {
			scraped.computeIfAbsent(sample.group(1), (name) -> new HashSet<>()).addAll(labels(sample.group(2)));
		}
		assertThat(scraped).hasSizeGreaterThan(20);
	}

	@AfterAll
	static void close() {
		context.close();
	}

	@ParameterizedTest
	@MethodSource
	void everyPanelShowsMetersThatExist(Expression expression) {
		check(expression);
	}

	static Stream<Expression> everyPanelShowsMetersThatExist() throws IOException {
		List<Map<String, String>> targets = JsonPath.read(read("grafana-dashboard.json"), "$.panels[*].targets[*]");
		return targets.stream()
			.map((target) -> new Expression(target.get("expr"), names(LEGEND, target.get("legendFormat"))));
	}

	@ParameterizedTest
	@MethodSource
	void everyAlertIsAboutMetersThatExist(Expression expression) {
		check(expression);
	}

	static Stream<Expression> everyAlertIsAboutMetersThatExist() throws IOException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(read("prometheus-alerts.yml"));
		return file.get("groups")
			.stream()
			.flatMap((group) -> group.get("rules").stream())
			.map((rule) -> new Expression((String) rule.get("expr"),
					names(ANNOTATION, rule.get("annotations").toString())));
	}

	@Test
	void noDataSourceIsBuiltIn() throws IOException {
		String json = read("grafana-dashboard.json");
		assertThat(JsonPath.<List<String>>read(json, "$.panels[*].targets[*].datasource.uid"))
			.containsOnly("${datasource}");
		assertThat(JsonPath.<List<String>>read(json, "$.templating.list[?(@.type == 'query')].datasource.uid"))
			.containsOnly("${datasource}");
		assertThat(JsonPath.<List<String>>read(json, "$.templating.list[*].name")).containsExactly("datasource", "job",
				"instance", "queue");
		for (String query : JsonPath.<List<String>>read(json, "$.templating.list[*].definition")) {
			check(new Expression(query, List.of()));
		}
	}

	private static void check(Expression expression) {
		List<String> meters = names(METER, expression.text());
		assertThat(meters).isNotEmpty().allSatisfy((meter) -> assertThat(scraped).containsKey(meter));
		SELECTOR.matcher(expression.text())
			.results()
			.forEach((selector) -> assertThat(known(selector.group(1))).containsAll(labels(selector.group(2))));
		List<String> used = new ArrayList<>(expression.labels());
		GROUPING.matcher(expression.text())
			.results()
			.forEach((grouping) -> used.addAll(List.of(grouping.group(1).split(",\\s*"))));
		assertThat(meters).allSatisfy((meter) -> assertThat(known(meter)).containsAll(used));
	}

	private static Set<String> known(String meter) {
		Set<String> labels = new HashSet<>(TARGET);
		labels.addAll(scraped.getOrDefault(meter, Set.of()));
		return labels;
	}

	private static List<String> labels(String matchers) {
		return names(LABEL, matchers);
	}

	private static List<String> names(Pattern pattern, String text) {
		return pattern.matcher(text).results().map(DashboardTests::name).toList();
	}

	private static String name(MatchResult result) {
		return (result.groupCount() > 0) ? result.group(1) : result.group();
	}

	private static String read(String name) throws IOException {
		try (InputStream in = DashboardTests.class.getResourceAsStream("/META-INF/workqueue/" + name)) {
			return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	record Expression(String text, List<String> labels) {
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
