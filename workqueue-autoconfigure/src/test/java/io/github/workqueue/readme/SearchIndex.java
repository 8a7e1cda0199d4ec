package io.github.workqueue.readme;

import java.nio.file.Path;

import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Work;

import org.springframework.stereotype.Component;

@Component
class SearchIndex {

	@Work(name = "index", queue = "media")
	void index(Path file) {
		// one pending run per path, however often it is scheduled
	}

	@DelayedWork(name = "commit", delay = "200ms", debounce = true, maxWait = "2s")
	void commit() {
		// 200 ms after the last request, but at most 2 s after the first
	}

}
