package io.github.workqueue.readme;

import java.nio.file.Path;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;

import org.springframework.stereotype.Component;

@Component
class Watcher {

	private final KeyedWork<Path> index;

	private final DelayedWorkItem commit;

	Watcher(KeyedWork<Path> index, DelayedWorkItem commit) {
		this.index = index;
		this.commit = commit;
	}

	void changed(Path file) {
		this.index.schedule(file);
		this.commit.schedule();
	}

}
