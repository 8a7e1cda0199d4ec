package io.github.workqueue.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/** The one browser of all tests that need one, as a parameter; quits after the last. */
final class Browser implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Session.class;
	}

	@Override
	public Session resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return context.getRoot()
			.getStore(Namespace.create(Browser.class))
			.computeIfAbsent(Session.class, (type) -> new Session(start()), Session.class);
	}

	private static ChromeDriver start() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--no-first-run");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
			.build();
		ChromeDriver driver = new ChromeDriver(service, options);
		driver.manage().window().setSize(new Dimension(1440, 900));
		return driver;
	}

	private static File program(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst()
			.orElseThrow(() -> new AssertionError("The browser test needs the program '" + name
					+ "' on the PATH; on Debian: apt-get install chromium chromium-driver"));
	}

	/** What the tests do with it. */
	record Session(ChromeDriver driver) implements AutoCloseable {

		<T> T waitFor(ExpectedCondition<T> condition) {
			return new WebDriverWait(this.driver, Duration.ofSeconds(20)).until(condition);
		}

		void screenshot(String name) throws IOException {
			Path target = Files.createDirectories(Path.of("target", "screenshots"));
			Files.write(target.resolve(name), this.driver.getScreenshotAs(OutputType.BYTES));
		}

		/** Fails if the console has anything new. */
		void assertNoComplaints() {
			assertThat(this.driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
		}

		@Override
		public void close() {
			this.driver.quit();
		}

	}

}
