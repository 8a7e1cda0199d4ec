package io.github.workqueue.snapshot;

/**
 * The rescuer of a queue.
 *
 * @param workqueue the queue
 * @param worker the thread's name
 * @param active whether it works now
 */
public record RescuerSnapshot(String workqueue, String worker, boolean active) {
}
