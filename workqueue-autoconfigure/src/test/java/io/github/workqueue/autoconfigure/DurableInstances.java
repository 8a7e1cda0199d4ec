package io.github.workqueue.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.github.workqueue.durable.Databases;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Instances of one application over one empty database.
 */
final class DurableInstances implements AutoCloseable {

	private final String url;

	private final Class<?>[] sources;

	private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

	private final HikariDataSource dataSource;

	DurableInstances(Databases database, Class<?>... sources) {
		this(database.url(), sources);
	}

	DurableInstances(String url, Class<?>... sources) {
		this.url = url;
		this.sources = sources;
		this.dataSource = Databases.pool(this.url);
	}

	/** Looks at the tables, apart from all instances. */
	JdbcClient client() {
		return JdbcClient.create(this.dataSource);
	}

	long rows() {
		return client()
			.sql("select (select count(*) from workqueue_tasks) + (select count(*) from workqueue_tasks_intake)")
			.query(Long.class)
			.single();
	}

	ConfigurableApplicationContext start(String... properties) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(this.sources).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("spring.main.register-shutdown-hook", "false", "spring.config.location",
					"optional:classpath:/none/", "spring.datasource.url", this.url, "spring.datasource.username",
					this.dataSource.getUsername(), "workqueue.durable.initialize-schema", "always",
					"workqueue.queues.mails.durable", "true", "workqueue.queues.mails.type", "unbound",
					"workqueue.durable.poll-interval", "200ms"));
		ConfigurableApplicationContext context = builder.run(arguments(properties));
		this.instances.add(context);
		return context;
	}

	private static String[] arguments(String... properties) {
		return Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new);
	}

	static TransactionTemplate transaction(ConfigurableApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Override
	public void close() {
		this.instances.forEach(ConfigurableApplicationContext::close);
		this.dataSource.close();
	}

}
