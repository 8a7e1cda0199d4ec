package io.github.workqueue.spring;

import org.jspecify.annotations.Nullable;

/**
 * A handler whose mistakes, if any, are noted: as much of it as others need to know.
 *
 * @param where its place, for people
 * @param name its name; null if it cannot be read
 * @param alias its short name; null if it has an explicit name
 * @param queue its queue; null if it cannot be read
 * @param queueOrigin what placeholders the queue's name comes from, for people; may be
 * empty
 * @param spec the handler; null if there are mistakes
 */
record HandlerCandidate(String where, @Nullable String name, @Nullable String alias, @Nullable String queue,
		String queueOrigin, @Nullable HandlerSpec spec) {
}
