package io.github.workqueue.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.spring.ConfiguredQueue;
import io.github.workqueue.spring.Mistake;
import io.github.workqueue.spring.WorkqueueConfiguration;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Reads the configuration before any bean exists, mistakes included.
 */
final class ConfigurationReader {

	private ConfigurationReader() {
	}

	static WorkqueueConfiguration read(Environment environment) {
		List<Mistake> mistakes = new ArrayList<>();
		WorkqueueProperties properties = Binder.get(environment)
			.bindOrCreate("workqueue", Bindable.of(WorkqueueProperties.class), new MistakesBindHandler(mistakes));
		PropertyOrigins origins = new PropertyOrigins(environment);
		new SettingsMapper(properties, environment).check(origins, mistakes);
		List<ConfiguredQueue> queues = new ArrayList<>();
		properties.getQueues().forEach((name, queue) -> queues.add(new QueueReader(name, queue, origins).read()));
		if (queues.stream().anyMatch(ConfiguredQueue::durable)) {
			new DurableReader(properties.getDurable(), origins, mistakes).check();
		}
		return new WorkqueueConfiguration(queues, mistakes);
	}

}
