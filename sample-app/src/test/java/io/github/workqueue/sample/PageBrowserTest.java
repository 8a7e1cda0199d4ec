package io.github.workqueue.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.numberOfElementsToBeMoreThan;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;

/** Uses the page as a user does. Runs with {@code -Pbrowser}; needs a browser then. */
@Tag("browser")
@DirtiesContext // closed before its files are deleted
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageBrowserTest {

	@TempDir
	static Path root;

	private static ChromeDriver browser;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		Files.writeString(root.resolve("zoo.txt"), "The wolpertinger\n<b>eats</b> & sleeps\n");
		registry.add("sample.root", root::toString);
		registry.add("sample.journal", () -> root.resolve("journal.log").toString());
	}

	@BeforeAll
	static void startBrowser() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(program("chromium"));
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--no-first-run");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
			.build();
		browser = new ChromeDriver(service, options);
		browser.manage().window().setSize(new Dimension(1440, 900));
	}

	private static File program(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, name))
			.filter(File::canExecute)
			.findFirst()
			.orElseThrow(() -> new AssertionError("The browser test needs the program '" + name
					+ "' on the PATH; on Debian: apt-get install chromium chromium-driver"));
	}

	@AfterAll
	static void stopBrowser() {
		if (browser != null) {
			browser.quit();
		}
	}

	@BeforeEach
	void openPage(@LocalServerPort int port) {
		browser.get("http://127.0.0.1:" + port + "/");
	}

	@Test
	void showsHitsAndQueuesAndWhatIsSavedMeanwhile() throws IOException {
		browser.findElement(By.id("query")).sendKeys("wolpert");
		waitFor(textToBe(By.cssSelector("#results h3"), "zoo.txt"));
		assertThat(browser.findElement(By.cssSelector("#results code")).getText()).isEqualTo("The wolpertinger");
		assertThat(browser.findElement(By.cssSelector("#results mark")).getText()).isEqualTo("wolpert");
		waitFor(numberOfElementsToBeMoreThan(By.cssSelector("#queues tbody tr"), 2));
		assertThat(browser.findElement(By.cssSelector("#queues tr[data-queue=indexing]")).getText())
			.contains("unbound");
		Files.writeString(root.resolve("park.txt"), "Another wolpertinger\n");
		waitFor(textToBe(By.id("count"), "2 lines"));
		assertThat(browser.findElement(By.id("status")).getText()).contains("2 files");
		screenshot("page.png");
		assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
	}

	@Test
	void saysThatNothingWasFound() throws IOException {
		browser.findElement(By.id("query")).sendKeys("surelynowhere");
		waitFor(textToBePresentInElementLocated(By.id("message"), "No line has “surelynowhere”."));
		assertThat(browser.findElements(By.cssSelector("#results .hit"))).isEmpty();
		screenshot("page-nothing-found.png");
	}

	@Test
	void showsMarkupInAFileAsText() {
		browser.findElement(By.id("query")).sendKeys("eats sleeps");
		waitFor(textToBe(By.cssSelector("#results code"), "<b>eats</b> & sleeps"));
		assertThat(browser.findElements(By.cssSelector("#results b"))).isEmpty();
	}

	@Test
	void saysThatTheApplicationDoesNotAnswer() throws IOException {
		browser.executeScript("window.fetch = () => Promise.reject(new TypeError('offline'))");
		browser.findElement(By.id("query")).sendKeys("wolpert");
		waitFor(textToBePresentInElementLocated(By.id("message"), "The application does not answer"));
		waitFor(textToBePresentInElementLocated(By.id("queues-message"), "The application does not answer"));
		screenshot("page-no-answer.png");
	}

	private static <T> void waitFor(ExpectedCondition<T> condition) {
		new WebDriverWait(browser, Duration.ofSeconds(10)).until(condition);
	}

	private static void screenshot(String name) throws IOException {
		Path target = Files.createDirectories(Path.of("target", "screenshots"));
		Files.write(target.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
	}

}
