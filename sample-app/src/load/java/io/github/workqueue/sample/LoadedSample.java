package io.github.workqueue.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs a variant of the sample. Prints its port, then what it has used for each line that
 * it reads, and ends with its input.
 */
public final class LoadedSample {

	/** Stands before the port. */
	public static final String PORT = "port\t";

	private LoadedSample() {
	}

	public static void main(String[] arguments) throws IOException {
		Variant variant = Variant.valueOf(arguments[0]);
		List<String> properties = new ArrayList<>(variant.properties());
		properties.addAll(List.of(arguments).subList(1, arguments.length));
		try (ConfigurableApplicationContext context = SpringApplication.run(variant.sources(),
				properties.toArray(String[]::new))) {
			System.out.println(PORT + context.getEnvironment().getRequiredProperty("local.server.port"));
			BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (questions.readLine() != null) {
				Usage.now(variant.indexings(context)).print();
			}
		}
	}

}
