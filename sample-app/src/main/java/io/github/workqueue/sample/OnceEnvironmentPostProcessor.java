package io.github.workqueue.sample;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Starts no web server with {@code sample.once=true}. */
final class OnceEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("sample.once", Boolean.class, false)) {
			environment.getPropertySources()
				.addFirst(new MapPropertySource("sample.once", Map.of("spring.main.web-application-type", "none")));
		}
	}

}
