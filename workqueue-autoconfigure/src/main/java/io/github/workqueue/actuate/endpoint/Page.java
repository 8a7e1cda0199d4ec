package io.github.workqueue.actuate.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page: a frame, a style and a script, put together once. Style and script are the
 * same for every application, so that a policy can name their hashes; what differs stands
 * in attributes of the root element.
 */
final class Page {

	private static final List<String> SCRIPTS = List.of("dom.js", "values.js", "history.js", "drawing.js", "actions.js",
			"tables.js", "pools.js", "queues.js", "works.js", "live.js");

	private final String policy;

	private final String beforeAttributes;

	private final String afterAttributes;

	Page() {
		String style = read("page.css");
		String script = SCRIPTS.stream()
			.map(Page::read)
			.collect(Collectors.joining("\n", "(() => {\n\"use strict\";\n", "})();\n"));
		this.policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
				+ "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
		String frame = read("page.html").replace("/*policy*/", this.policy)
			.replace("/*style*/", style)
			.replace("/*script*/", script);
		int attributes = frame.indexOf("<html") + "<html".length();
		this.beforeAttributes = frame.substring(0, attributes);
		this.afterAttributes = frame.substring(attributes);
	}

	/** Returns the content security policy with which the page works. */
	String policy() {
		return this.policy;
	}

	/** Returns the page with data attributes on its root element. */
	String with(Map<String, String> attributes) {
		return attributes.entrySet()
			.stream()
			.map((attribute) -> " data-" + attribute.getKey() + "=\"" + escape(attribute.getValue()) + '"')
			.collect(Collectors.joining("", this.beforeAttributes, this.afterAttributes));
	}

	private static String escape(String value) {
		return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}

	private static String hash(String source) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
			return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("this JDK has no SHA-256", ex);
		}
	}

	private static String read(String name) {
		try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
			if (in == null) {
				throw new IllegalStateException("resource page/" + name + " of " + Page.class.getPackageName()
						+ " is missing: the jar is incomplete, or a native image was built without it");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
