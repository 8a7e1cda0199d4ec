package io.github.workqueue.sample;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills the application in a JVM of its own, and starts it again over the same database.
 */
class DigestsTests {

	private static final int FILES = 20;

	@TempDir
	private Path root;

	@TempDir
	private Path elsewhere;

	@TempDir
	private Path store;

	private final Map<String, String> received = new ConcurrentHashMap<>();

	private final AtomicInteger refused = new AtomicInteger();

	private final List<Process> processes = new ArrayList<>();

	private volatile boolean accepts;

	private HttpServer webhook;

	@BeforeEach
	void listen() throws IOException {
		this.webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.webhook.createContext("/hook", this::answer);
		this.webhook.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		DocumentContext digest = JsonPath
			.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		if (this.accepts) {
			this.received.put(digest.read("$.path"), String.valueOf(digest.<String>read("$.sha256")));
		}
		else {
			this.refused.incrementAndGet();
		}
		exchange.sendResponseHeaders(this.accepts ? 200 : 503, -1);
		exchange.close();
	}

	@AfterEach
	void close() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroyForcibly().waitFor();
		}
		this.webhook.stop(0);
	}

	/** The second run has no documents, so what it posts was stored by the first. */
	@Test
	void whatWasNotPostedWhenTheProcessWasKilledIsPostedByTheNext() throws Exception {
		for (int i = 0; i < FILES; i++) {
			Files.writeString(this.root.resolve("document" + i + ".txt"), "text " + i);
		}
		Process first = start(this.root);
		await().atMost(Duration.ofSeconds(60)).until(() -> this.refused.get() >= FILES);
		first.destroyForcibly().waitFor();
		this.accepts = true;
		start(this.elsewhere);
		await().atMost(Duration.ofSeconds(60)).until(() -> this.received.size() == FILES);
		assertThat(this.received).containsEntry("document7.txt", "null");
	}

	@Test
	void aChangedDocumentIsPostedWithItsDigest() throws Exception {
		this.accepts = true;
		Files.writeString(this.root.resolve("abc.txt"), "abc");
		start(this.root);
		await().atMost(Duration.ofSeconds(60)).until(() -> !this.received.isEmpty());
		assertThat(this.received).containsEntry("abc.txt",
				"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	}

	private Process start(Path directory) throws IOException {
		File log = this.store.resolve(this.processes.size() + ".log").toFile();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(),
				"--spring.profiles.active=digests", "--server.port=0", "--sample.root=" + directory,
				"--sample.webhook=http://127.0.0.1:" + this.webhook.getAddress().getPort() + "/hook",
				"--workqueue.durable.heartbeat-interval=250ms",
				"--spring.datasource.url=jdbc:h2:file:" + this.store.resolve("digests") + ";WRITE_DELAY=0")
			.redirectErrorStream(true)
			.redirectOutput(log)
			.start();
		this.processes.add(process);
		return process;
	}

}
