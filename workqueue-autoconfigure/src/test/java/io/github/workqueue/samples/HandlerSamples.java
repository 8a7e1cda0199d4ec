package io.github.workqueue.samples;

import java.nio.file.Path;

import io.github.workqueue.SystemQueues;
import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Enqueue;
import io.github.workqueue.annotation.Work;

/**
 * Samples of the Javadoc: handlers.
 */
record HandlerSamples(Index index, Images images, Mails mails) {

	@Work(name = "resize", queue = SystemQueues.UNBOUND)
	void resize(Path image) {
		images.resize(image);
	}

	@Work(name = "index", queue = "media", maxAttempts = "3")
	void index(Path file) {
		index.add(file);
	}

	@DelayedWork(name = "commit", delay = "200ms", debounce = true, maxWait = "2s")
	void commit() {
		index.commit();
	}

	@Work(name = "confirm", enqueue = Enqueue.AFTER_COMMIT)
	void confirm(Long order) {
		mails.confirm(order);
	}

	interface Index {

		void add(Path file);

		void commit();

	}

	interface Images {

		void resize(Path image);

	}

	interface Mails {

		void confirm(long order);

	}

}
