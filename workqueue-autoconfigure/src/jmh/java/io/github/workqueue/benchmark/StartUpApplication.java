package io.github.workqueue.benchmark;

import java.lang.management.ManagementFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that starts, prints after how many milliseconds, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartUpApplication {

	/** What the time stands behind. */
	static final String MARK = "ready after ";

	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = SpringApplication.run(StartUpApplication.class, arguments)) {
			long start = ManagementFactory.getRuntimeMXBean().getStartTime();
			System.out.println(MARK + (System.currentTimeMillis() - start));
		}
	}

}
