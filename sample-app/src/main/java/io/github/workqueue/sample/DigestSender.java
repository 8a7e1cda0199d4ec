package io.github.workqueue.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Posts the digests of documents that have changed. The queue is durable, so a path that
 * waits, or whose post has failed, is posted after a restart, by whatever instance.
 */
@Component
@Profile("digests")
final class DigestSender {

	private final WatchedTree tree;

	private final Environment environment;

	private final Workqueues workqueues;

	private final KeyedWork<String> digest;

	private final RestClient client = RestClient.create();

	DigestSender(WatchedTree tree, Environment environment, Workqueues workqueues, KeyedWork<String> digest) {
		this.tree = tree;
		this.environment = environment;
		this.workqueues = workqueues;
		this.digest = digest;
	}

	@EventListener
	void changed(DocumentChange change) {
		this.digest.schedule(this.tree.relative(change.path()));
	}

	/**
	 * Posts the digest of a document as it is now.
	 * @param path the file, relative to the root
	 * @throws IOException if it cannot be read
	 */
	@Work(name = "digest", queue = "digests", maxAttempts = "50", backoff = "500ms..1m x2")
	void post(String path) throws IOException {
		String sha256 = sha256(this.tree.resolve(path));
		long token = this.workqueues.fencingToken().orElseThrow();
		this.client.post().uri(webhook()).body(new Digest(path, sha256, token)).retrieve().toBodilessEntity();
	}

	private String webhook() {
		String configured = this.environment.getProperty("sample.webhook", "");
		return configured.isEmpty()
				? "http://127.0.0.1:" + this.environment.getProperty("local.server.port") + "/digests" : configured;
	}

	private static @Nullable String sha256(Path file) throws IOException {
		MessageDigest digest = newDigest();
		try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
			content.transferTo(OutputStream.nullOutputStream());
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest newDigest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JVM has SHA-256", ex);
		}
	}

}
