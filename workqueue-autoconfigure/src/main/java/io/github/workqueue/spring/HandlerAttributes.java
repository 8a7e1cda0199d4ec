package io.github.workqueue.spring;

import io.github.workqueue.annotation.DelayedWork;
import io.github.workqueue.annotation.Enqueue;
import io.github.workqueue.annotation.Work;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a handler as written, whichever annotation it has.
 *
 * @param delay the delay; null for {@code @Work}
 */
record HandlerAttributes(String name, String queue, @Nullable String delay, boolean debounce, String maxWait,
		String maxAttempts, String backoff, Enqueue enqueue, String key, int batchSize, boolean onStartup) {

	static HandlerAttributes of(AnnotatedMethod annotated) {
		DelayedWork delayedWork = annotated.delayedWork();
		if (delayedWork != null) {
			return of(delayedWork);
		}
		Work work = annotated.work();
		if (work == null) {
			throw new IllegalArgumentException("'annotated' must carry an annotation");
		}
		return of(work);
	}

	private static HandlerAttributes of(Work work) {
		return new HandlerAttributes(work.name(), work.queue(), null, false, "", work.maxAttempts(), work.backoff(),
				work.enqueue(), work.key(), work.batchSize(), work.onStartup());
	}

	private static HandlerAttributes of(DelayedWork work) {
		return new HandlerAttributes(work.name(), work.queue(), work.delay(), work.debounce(), work.maxWait(),
				work.maxAttempts(), work.backoff(), work.enqueue(), work.key(), work.batchSize(), work.onStartup());
	}

}
