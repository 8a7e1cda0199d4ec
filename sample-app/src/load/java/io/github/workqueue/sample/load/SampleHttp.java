package io.github.workqueue.sample.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the sample on the calling thread, over connections that are kept. Its own work is
 * small, since it shares the machine.
 */
final class SampleHttp {

	private final int port;

	SampleHttp(int port) {
		this.port = port;
	}

	/**
	 * Searches.
	 * @param word the word
	 * @return how many lines hold it
	 * @throws IOException if the answer is not one
	 */
	int search(String word) throws IOException {
		return (int) number("/search?limit=1&q=" + word, "total");
	}

	/**
	 * Reads a number of the status.
	 * @param name its name
	 * @return the number
	 * @throws IOException if the answer is not one
	 */
	long status(String name) throws IOException {
		return number("/status", name);
	}

	private long number(String path, String name) throws IOException {
		String answer = get(path);
		Matcher number = Pattern.compile("\"" + name + "\":(\\d+)").matcher(answer);
		if (!number.find()) {
			throw new IOException("No " + name + " in the answer to " + path + ": " + answer);
		}
		return Long.parseLong(number.group(1));
	}

	private String get(String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + this.port + path)
			.toURL()
			.openConnection();
		if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
			throw new IOException("Answer " + connection.getResponseCode() + " to " + path);
		}
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
