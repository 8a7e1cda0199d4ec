package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

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
@ExtendWith(Browser.class)
@DirtiesContext // closed before its files are deleted
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageBrowserTests {

	@TempDir
	static Path root;

	private Browser.Session session;

	private ChromeDriver browser;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		Files.writeString(root.resolve("zoo.txt"), "The wolpertinger\n<b>eats</b> & sleeps\n");
		registry.add("sample.root", root::toString);
		registry.add("sample.journal", () -> root.resolve("journal.log").toString());
	}

	@BeforeEach
	void openPage(@LocalServerPort int port, Browser.Session session) {
		this.session = session;
		this.browser = session.driver();
		this.browser.get("http://127.0.0.1:" + port + "/");
	}

	@Test
	void showsHitsAndQueuesAndWhatIsSavedMeanwhile() throws IOException {
		this.browser.findElement(By.id("query")).sendKeys("wolpert");
		this.session.waitFor(textToBe(By.cssSelector("#results h3"), "zoo.txt"));
		assertThat(this.browser.findElement(By.cssSelector("#results code")).getText()).isEqualTo("The wolpertinger");
		assertThat(this.browser.findElement(By.cssSelector("#results mark")).getText()).isEqualTo("wolpert");
		this.session.waitFor(numberOfElementsToBeMoreThan(By.cssSelector("#queues tbody tr"), 2));
		this.session
			.waitFor(textToBePresentInElementLocated(By.cssSelector("#queues tr[data-queue=indexing]"), "unbound"));
		Files.writeString(root.resolve("park.txt"), "Another wolpertinger\n");
		this.session.waitFor(textToBe(By.id("count"), "2 lines"));
		assertThat(this.browser.findElement(By.id("status")).getText()).contains("2 files");
		this.session.screenshot("page.png");
		this.session.assertNoComplaints();
	}

	@Test
	void saysThatNothingWasFound() throws IOException {
		this.browser.findElement(By.id("query")).sendKeys("surelynowhere");
		this.session.waitFor(textToBePresentInElementLocated(By.id("message"), "No line has “surelynowhere”."));
		assertThat(this.browser.findElements(By.cssSelector("#results .hit"))).isEmpty();
		this.session.screenshot("page-nothing-found.png");
	}

	@Test
	void showsMarkupInAFileAsText() {
		this.browser.findElement(By.id("query")).sendKeys("eats sleeps");
		this.session.waitFor(textToBe(By.cssSelector("#results code"), "<b>eats</b> & sleeps"));
		assertThat(this.browser.findElements(By.cssSelector("#results b"))).isEmpty();
	}

	@Test
	void saysThatTheApplicationDoesNotAnswer() throws IOException {
		this.browser.executeScript("window.fetch = () => Promise.reject(new TypeError('offline'))");
		this.browser.findElement(By.id("query")).sendKeys("wolpert");
		this.session.waitFor(textToBePresentInElementLocated(By.id("message"), "The application does not answer"));
		this.session
			.waitFor(textToBePresentInElementLocated(By.id("queues-message"), "The application does not answer"));
		this.session.screenshot("page-no-answer.png");
	}

}
