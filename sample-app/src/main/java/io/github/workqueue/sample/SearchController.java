package io.github.workqueue.sample;

import java.io.IOException;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The search, and what there is to search. */
@RestController
class SearchController {

	private static final int MAX_LIMIT = 500;

	private final SearchIndex index;

	private final StatusReport status;

	SearchController(SearchIndex index, StatusReport status) {
		this.index = index;
		this.status = status;
	}

	@GetMapping("/search")
	SearchResult search(@RequestParam("q") String query, @RequestParam(defaultValue = "50") int limit)
			throws IOException {
		return this.index.search(query, Math.max(1, Math.min(limit, MAX_LIMIT)));
	}

	@GetMapping("/status")
	Status status() {
		return this.status.now();
	}

}
