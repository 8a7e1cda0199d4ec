package io.github.workqueue.snapshot;

import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * An item that was pending when its queue was looked at, to be acted on. It may have
 * started, or been cancelled, since.
 *
 * @param item the item as it was made: of keyed work the one of this key alone, of a
 * handler method the engine's item behind the bean
 * @param key the key of keyed work, or null
 * @param isTask whether it is a task of the queue's executor
 */
public record WaitingItem(WorkItem item, @Nullable Object key, boolean isTask) {
}
