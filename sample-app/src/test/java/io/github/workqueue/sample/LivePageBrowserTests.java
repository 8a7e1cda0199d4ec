package io.github.workqueue.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.Workqueues;
import io.github.workqueue.actuate.endpoint.WorkqueueUiEndpoint;
import io.github.workqueue.annotation.Work;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.logging.LogType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.invisibilityOfElementLocated;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;

/**
 * Uses the page of the endpoint {@code workqueueui} as a user does, under a content
 * security policy that the application sends as well. Runs with {@code -Pbrowser}.
 */
@Tag("browser")
@ExtendWith(Browser.class)
class LivePageBrowserTests {

	private static final String MARKUP = "<script>document.title='broken'</script><img src=x onerror=alert(1)>";

	private ConfigurableApplicationContext application;

	private Workqueues workqueues;

	private Handlers handlers;

	private Browser.Session session;

	@BeforeEach
	void open(Browser.Session session) {
		this.session = session;
		start("server.port=0", "management.endpoint.workqueues.access=unrestricted");
		show("");
	}

	@AfterEach
	void leave() {
		this.session.driver().get("about:blank");
		this.session.driver().manage().logs().get(LogType.BROWSER);
		close();
	}

	private void close() {
		this.handlers.open.release(100_000);
		this.application.close();
	}

	@Test
	void followsTheEngineAndChangesItAndSurvivesItsEnd() throws IOException {
		showsWhatRunsAndWaits();
		showsMarkupInNamesAndKeysAsText();
		cancelsOneKey();
		changesLimits();
		freezesAndThaws();
		showsWhatIsStuckAndWhere();
		staysUsableWithAThousandQueuesAndTenThousandPendingWorks();
		this.session.assertNoComplaints();
		saysThatTheApplicationIsGoneAndGoesOnWithTheNextOne();
	}

	private void showsWhatRunsAndWaits() {
		this.session.waitFor(textToBe(cell("media", 2), "0"));
		KeyedWork<String> gated = keyed("gated");
		gated.schedule("one");
		gated.schedule("two");
		gated.schedule(MARKUP);
		this.session.waitFor(textToBe(cell("media", 2), "1"));
		this.session.waitFor(textToBe(cell("media", 3), "2"));
		this.session.waitFor(textToBe(By.cssSelector("#running tbody th a"), "gated"));
		find("#text").sendKeys("nosuch");
		this.session.waitFor(textToBe(By.cssSelector("#running .nothing"), "Nothing matches the filter."));
		find("#text").clear();
		find("#text").sendKeys("media");
		this.session.waitFor(textToBe(By.cssSelector("#running tbody th a"), "gated"));
		assertThat(texts("#queues tbody th a")).containsExactly("media");
	}

	private void showsMarkupInNamesAndKeysAsText() {
		this.workqueues.get("media").queue(this.workqueues.initWork(MARKUP, (work) -> {
		}));
		find("#queues tbody th a").click();
		this.session.waitFor((driver) -> texts("#works th small").contains(MARKUP));
		this.session.waitFor((driver) -> texts("#works th a").contains(MARKUP));
		assertThat(this.session.driver().findElements(By.cssSelector("main script, main img"))).isEmpty();
		assertThat(this.session.driver().getTitle()).isEqualTo("Workqueues");
	}

	private void cancelsOneKey() {
		find("#works button[aria-label='Cancel: gated two']").click();
		this.session.waitFor(textToBe(By.id("confirm-title"), "Cancel gated two?"));
		find("#confirm-yes").click();
		this.session.waitFor((driver) -> !keyed("gated").isPending("two"));
		this.session.waitFor((driver) -> !texts("#works th small").contains("two"));
		assertThat(keyed("gated").isPending(MARKUP)).isTrue();
	}

	private void changesLimits() {
		WebElement most = this.session.waitFor(elementToBeClickable(By.cssSelector("#deeds input")));
		most.clear();
		most.sendKeys("3");
		find("#deeds button").click();
		this.session.waitFor(textToBe(By.id("confirm-title"), "Change the limits of media?"));
		assertThat(find("#confirm-effect").getText()).contains("max_active 1 becomes 3");
		find("#confirm-yes").click();
		this.session.waitFor((driver) -> this.workqueues.get("media").maxActive() == 3);
		this.session.waitFor(textToBePresentInElementLocated(By.id("notices"), "The limits of media were changed."));
	}

	private void freezesAndThaws() {
		show("");
		pressFreeze("Freeze");
		this.session.waitFor((driver) -> this.workqueues.isFrozen());
		pressFreeze("Thaw");
		this.session.waitFor((driver) -> !this.workqueues.isFrozen());
	}

	private void pressFreeze(String name) {
		this.session.waitFor(textToBe(By.id("freeze"), name));
		find("#freeze").click();
		this.session.waitFor(elementToBeClickable(By.id("confirm-yes"))).click();
	}

	private void showsWhatIsStuckAndWhere() throws IOException {
		Workqueue bh = this.workqueues.get("system_bh_wq");
		bh.queueOn(0, this.workqueues.initWork("ledger", bh, (work) -> this.handlers.open.acquire()));
		bh.queueOn(0, this.workqueues.initWork("behind", bh, (work) -> {
		}));
		this.session.waitFor(textToBePresentInElementLocated(By.id("notices"), "behind has been waiting for"));
		this.session.waitFor(textToBePresentInElementLocated(By.cssSelector("#running .badge.stuck"), "stuck for"));
		this.session.waitFor((driver) -> driver.getTitle().startsWith("(1 stuck)"));
		this.session.driver()
			.findElements(By.cssSelector("#running tbody tr"))
			.stream()
			.filter((row) -> row.getText().startsWith("ledger"))
			.findFirst()
			.orElseThrow()
			.findElement(By.cssSelector("button"))
			.click();
		assertThat(find("#running pre").getText()).contains("Semaphore.acquire");
		this.session.screenshot("live-page.png");
	}

	private void staysUsableWithAThousandQueuesAndTenThousandPendingWorks() {
		List<Workqueue> queues = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			queues.add(this.workqueues.alloc("tenant-" + i, 1, WorkqueueFlag.UNBOUND));
		}
		for (int i = 0; i < 10_000; i++) {
			Workqueue queue = queues.get(i % 10);
			WorkItem sync = this.workqueues.initWork("sync-" + i, queue, (work) -> this.handlers.open.acquire());
			queue.queue(sync);
		}
		this.session.waitFor(textToBePresentInElementLocated(By.cssSelector("#queues .more"), "Show 90"));
		find("#text").sendKeys("tenant-999");
		this.session.waitFor((driver) -> texts("#queues tbody th a").equals(List.of("tenant-999")));
	}

	private void saysThatTheApplicationIsGoneAndGoesOnWithTheNextOne() {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		close();
		this.session.waitFor(textToBe(By.id("connection"), "No answer, trying again"));
		start("server.port=" + port, "management.endpoints.web.exposure.exclude=workerpools",
				"management.endpoint.workqueues.access=read-only");
		this.session.waitFor(textToBe(By.id("connection"), "Live"));
		this.session.waitFor(invisibilityOfElementLocated(By.cssSelector("#running .badge.stuck")));
		show("?again");
		this.session.waitFor(textToBePresentInElementLocated(By.id("notices"), "workerpools is not exposed"));
		assertThat(find("#notices").getText()).contains("management.endpoints.web.exposure.include");
		assertThat(find("#freeze").isDisplayed()).isFalse();
	}

	private By cell(String queue, int column) {
		return By.xpath("//section[@id='queues']//tr[th/a='" + queue + "']/*[" + column + "]");
	}

	private WebElement find(String selector) {
		return this.session.driver().findElement(By.cssSelector(selector));
	}

	private List<String> texts(String selector) {
		Object texts = this.session.driver()
			.executeScript("return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)",
					selector);
		return ((List<?>) texts).stream().map(String::valueOf).toList();
	}

	@SuppressWarnings("unchecked")
	private KeyedWork<String> keyed(String name) {
		return this.application.getBean(name, KeyedWork.class);
	}

	private void show(String query) {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		this.session.driver().get("http://127.0.0.1:" + port + "/actuator/workqueueui" + query);
		this.session.waitFor(textToBe(By.id("connection"), "Live"));
	}

	private void start(String... properties) {
		String[] arguments = Stream.concat(
				Stream.of("workqueue.cpus=1", "workqueue.watchdog.threshold=500ms", "workqueue.queues.media.sysfs=true",
						"workqueue.queues.media.type=unbound", "workqueue.queues.media.max-active=1",
						"workqueue.shutdown.drain-timeout=1s", "management.endpoint.workqueues.show-values=always"),
				Arrays.stream(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		this.application = SpringApplication.run(Application.class, arguments);
		this.workqueues = this.application.getBean(Workqueues.class);
		this.handlers = this.application.getBean(Handlers.class);
	}

	@TestConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		Filter policy(ObjectProvider<WorkqueueUiEndpoint> page) {
			return (request, response, chain) -> {
				((HttpServletResponse) response).setHeader("Content-Security-Policy",
						page.getObject().contentSecurityPolicy() + "; frame-ancestors 'none'");
				chain.doFilter(request, response);
			};
		}

	}

	static class Handlers {

		final Semaphore open = new Semaphore(0);

		@Work(name = "gated", queue = "media")
		void gated(String key) throws InterruptedException {
			this.open.acquire();
		}

	}

}
