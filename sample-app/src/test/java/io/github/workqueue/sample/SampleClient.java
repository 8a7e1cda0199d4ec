package io.github.workqueue.sample;

import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;

import org.springframework.web.client.RestClient;

/** Talks to the sample as a browser does. */
final class SampleClient {

	private final RestClient http;

	SampleClient(int port) {
		this.http = RestClient.create("http://127.0.0.1:" + port);
	}

	/**
	 * Searches.
	 * @param query the words
	 * @return the hits as PATH:LINE, best first
	 */
	List<String> search(String query) {
		List<Map<String, Object>> hits = json("/search?q={query}", query).read("$.hits");
		return hits.stream().map((hit) -> hit.get("path") + ":" + hit.get("line")).toList();
	}

	/**
	 * Reads a number of a queue.
	 * @param queue the queue's name
	 * @param path where it is in the queue's description
	 * @return the number
	 */
	long queue(String queue, String path) {
		return json("/actuator/workqueues/{queue}", queue).read("$." + path, Long.class);
	}

	long watchedEvents() {
		return json("/status").read("$.events.watched", Long.class);
	}

	DocumentContext json(String path, Object... variables) {
		return JsonPath.parse(text(path, variables));
	}

	String text(String path, Object... variables) {
		return String.valueOf(this.http.get().uri(path, variables).retrieve().body(String.class));
	}

	int status(String path) {
		return this.http.get().uri(path).exchange((request, response) -> response.getStatusCode().value());
	}

}
