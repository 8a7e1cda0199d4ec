package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;

/**
 * The modules that durable queues need beside ours.
 */
final class DurableClasses {

	private static final List<Module> MODULES = List.of(
			new Module("db-scheduler", "com.github.kagkarlsson:db-scheduler",
					"com.github.kagkarlsson.scheduler.Scheduler"),
			new Module("Jackson 3", "tools.jackson.core:jackson-databind", "tools.jackson.databind.json.JsonMapper"),
			new Module("Spring's JDBC", "org.springframework.boot:spring-boot-starter-jdbc",
					"org.springframework.jdbc.core.simple.JdbcClient"));

	private DurableClasses() {
	}

	static Stream<Module> missing() {
		return MODULES.stream().filter((module) -> !module.isPresent());
	}

	/**
	 * A module.
	 *
	 * @param what its name
	 * @param artifact its group and artifact
	 * @param type one of its types
	 */
	record Module(String what, String artifact, String type) {

		private boolean isPresent() {
			return ClassUtils.isPresent(this.type, null);
		}

	}

}
