package io.github.workqueue.autoconfigure;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Stops the start on a Spring Boot for which this starter is not made, before anything
 * fails for a reason that nobody can read. Uses only what Spring Boot 3 has, too.
 */
final class SpringBootVersionVerifier implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final int OLDEST_MAJOR = 4;

	private final Supplier<@Nullable String> version;

	SpringBootVersionVerifier() {
		this(SpringBootVersion::getVersion);
	}

	SpringBootVersionVerifier(Supplier<@Nullable String> version) {
		this.version = version;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		String found = this.version.get();
		if (found != null && major(found) < OLDEST_MAJOR) {
			throw new IncompatibleSpringBootException(found);
		}
	}

	/** An unreadable version is none that is too old. */
	private static int major(String version) {
		try {
			return Integer.parseInt(version.split("\\.")[0]);
		}
		catch (NumberFormatException ex) {
			return Integer.MAX_VALUE;
		}
	}

}
