package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.jayway.jsonpath.DocumentContext;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import io.github.workqueue.Workqueues;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Edits real files and sees, over HTTP, what the application makes of it. */
@DirtiesContext // closed before its files are deleted
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class LiveSearchTests {

	private static final Duration SAVED_IS_FOUND = Duration.ofSeconds(1);

	@TempDir
	static Path root;

	@Autowired
	private Workqueues workqueues;

	@Autowired
	private Workqueue indexing;

	@Autowired
	private DirectoryWatch watch;

	@Autowired
	private FileEvents events;

	private SampleClient client;

	private long eventsSeen;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		Files.writeString(root.resolve("before.txt"), "presentatstart\n");
		registry.add("sample.root", root::toString);
		registry.add("sample.journal", () -> root.resolve("journal.log").toString());
	}

	@BeforeEach
	void awaitFirstScan(@LocalServerPort int port) {
		this.client = new SampleClient(port);
		awaitPatiently().untilAsserted(() -> assertThat(this.client.search("presentatstart")).hasSize(1));
		awaitIdleQueue();
	}

	@Test
	void findsAFileWithinASecondAfterItWasSaved() throws IOException {
		write("saved.txt", "first\nbrandnew line\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("brandnew")).containsExactly("saved.txt:2"));
		write("saved.txt", "changedword\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("changedword")).containsExactly("saved.txt:1"));
		assertThat(this.client.search("brandnew")).isEmpty();
	}

	@Test
	void tellsPathLineScoreAndSnippet() throws IOException {
		write("docs/page.md", "# Title\n\n  The wolpertinger is a hare.\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("wolpertinger")).hasSize(1));
		DocumentContext result = this.client.json("/search?q=wolpertinger");
		assertThat(result.<String>read("$.hits[0].path")).isEqualTo("docs/page.md");
		assertThat(result.<Integer>read("$.hits[0].line")).isEqualTo(3);
		assertThat(result.<Double>read("$.hits[0].score")).isPositive();
		assertThat(result.<String>read("$.hits[0].snippet")).isEqualTo("The wolpertinger is a hare.");
		assertThat(result.<Integer>read("$.total")).isOne();
	}

	@Test
	void forgetsADeletedFile() throws IOException {
		Path file = write("deleted.txt", "shortlived\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("shortlived")).hasSize(1));
		Files.delete(file);
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("shortlived")).isEmpty());
	}

	@Test
	void findsARenamedFileUnderItsNewName() throws IOException {
		Path file = write("oldname.txt", "renamedtext\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("renamedtext")).hasSize(1));
		Files.move(file, root.resolve("newname.txt"));
		awaitSaved()
			.untilAsserted(() -> assertThat(this.client.search("renamedtext")).containsExactly("newname.txt:1"));
	}

	@Test
	void watchesADirectoryThatIsMadeLater() throws IOException {
		write("later/deep/one.txt", "firstfile\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("firstfile")).hasSize(1));
		write("later/deep/two.txt", "secondfile\n");
		awaitSaved()
			.untilAsserted(() -> assertThat(this.client.search("secondfile")).containsExactly("later/deep/two.txt:1"));
	}

	@Test
	void followsARenamedDirectory() throws IOException {
		write("this/inner/file.txt", "travelling\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("travelling")).hasSize(1));
		Files.move(root.resolve("this"), root.resolve("that"));
		awaitSaved()
			.untilAsserted(() -> assertThat(this.client.search("travelling")).containsExactly("that/inner/file.txt:1"));
		write("that/inner/file.txt", "arrived\n");
		awaitSaved()
			.untilAsserted(() -> assertThat(this.client.search("arrived")).containsExactly("that/inner/file.txt:1"));
	}

	@Test
	void leavesOutHiddenAndBuiltDirectoriesAndItsOwnJournal() throws IOException {
		write(".git/config", "leftout\n");
		write("target/classes.txt", "leftout\n");
		write("leftout.bin", "leftout\0");
		write("shown.txt", "leftout\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("leftout")).containsExactly("shown.txt:1"));
		awaitPatiently().untilAsserted(() -> assertThat(journal()).anyMatch((line) -> line.endsWith(" shown.txt")));
		assertThat(this.client.search("created")).isEmpty();
	}

	@Test
	void indexesAFileOnceThatIsSavedTenTimesWhileItWaits() throws IOException {
		CountDownLatch gate = new CountDownLatch(1);
		WorkItem blocker = this.workqueues.initWork("gate", this.indexing, (work) -> gate.await());
		this.indexing.setMaxActive(1);
		try {
			blocker.schedule();
			awaitPatiently().until(blocker::isRunning);
			long started = this.client.queue("indexing", "stats.started");
			long coalesced = this.client.queue("indexing", "stats.coalesced");
			for (int i = 1; i <= 10; i++) {
				saveAndAwaitEvent("often.txt", "version" + i + "\n");
			}
			assertThat(this.client.queue("indexing", "pending")).isOne();
			assertThat(this.client.queue("indexing", "stats.coalesced") - coalesced).isGreaterThanOrEqualTo(9);
			gate.countDown();
			awaitSaved().untilAsserted(() -> assertThat(this.client.search("version10")).hasSize(1));
			awaitIdleQueue();
			assertThat(this.client.queue("indexing", "stats.started") - started).isOne();
		}
		finally {
			gate.countDown();
			this.indexing.setMaxActive(4);
		}
	}

	@Test
	void writesEachChangeToTheJournalInOrder() throws IOException {
		long first = 1;
		for (long i = first; i <= 20; i++) {
			saveAndAwaitEvent("ordered" + i + ".txt", "text\n");
		}
		awaitPatiently().untilAsserted(() -> assertThat(journal()).anyMatch((line) -> line.contains("ordered20.txt")));
		assertThat(journal().stream()
			.filter((line) -> line.contains(" CREATED ordered"))
			.map((line) -> line.replaceAll(".* ordered|\\.txt", ""))
			.toList()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15",
					"16", "17", "18", "19", "20");
	}

	@Test
	void commitsOnceForManyChangesThenMerges() throws IOException {
		awaitPatiently().untilAsserted(() -> assertThat(this.client.queue("system_wq", "delayed")).isZero());
		long commits = this.client.queue("system_wq", "stats.completed");
		long merges = this.client.queue("system_long_wq", "stats.completed");
		for (int i = 0; i < 20; i++) {
			write("many" + i + ".txt", "text\n");
		}
		awaitPatiently().untilAsserted(
				() -> assertThat(this.client.queue("system_long_wq", "stats.completed")).isGreaterThan(merges));
		assertThat(this.client.queue("system_wq", "stats.completed") - commits).isBetween(1L, 3L);
	}

	@Test
	void looksAtTheWholeTreeIfEventsWereLostAndArmsTheNextScan() throws IOException {
		this.watch.remove(root.toRealPath());
		write("missed.txt", "unnoticed\n");
		this.events.accept(root.toRealPath(), StandardWatchEventKinds.OVERFLOW, null);
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("unnoticed")).containsExactly("missed.txt:1"));
		awaitPatiently()
			.untilAsserted(() -> assertThat(this.client.queue("system_power_efficient_wq", "delayed")).isOne());
		assertThat(this.client.queue("system_power_efficient_wq", "stats.failed")).isZero();
		write("missed.txt", "noticed\n");
		awaitSaved().untilAsserted(() -> assertThat(this.client.search("noticed")).containsExactly("missed.txt:1"));
	}

	@Test
	void servesThePageAndItsParts() {
		assertThat(this.client.text("/")).contains("<title>Live search</title>");
		assertThat(List.of("/page.js", "/page.css", "/favicon.svg", "/actuator/health", "/actuator/workqueues",
				"/actuator/workerpools", "/actuator/metrics", "/actuator/prometheus"))
			.allSatisfy((path) -> assertThat(this.client.status(path)).isEqualTo(200));
	}

	@Test
	void takesAnEmptyQueryAndRefusesNone() {
		assertThat(this.client.search(" ")).isEmpty();
		assertThat(this.client.search("surelynowhere")).isEmpty();
		assertThat(this.client.status("/search")).isEqualTo(400);
	}

	private static Path write(String name, String text) throws IOException {
		Path file = root.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private void saveAndAwaitEvent(String name, String text) throws IOException {
		long events = this.client.watchedEvents();
		write(name, text);
		awaitPatiently().until(() -> this.client.watchedEvents() > events);
	}

	private static List<String> journal() throws IOException {
		return Files.readAllLines(root.resolve("journal.log"));
	}

	private void awaitIdleQueue() {
		awaitPatiently().until(
				() -> this.client.queue("indexing", "pending") == 0 && this.client.queue("indexing", "running") == 0);
	}

	private static ConditionFactory awaitSaved() {
		return await().atMost(SAVED_IS_FOUND).pollInterval(Duration.ofMillis(20));
	}

	private static ConditionFactory awaitPatiently() {
		return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
	}

}
