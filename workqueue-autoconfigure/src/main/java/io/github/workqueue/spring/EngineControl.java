package io.github.workqueue.spring;

/**
 * What the context does with its engine that no {@link io.github.workqueue.Workqueues}
 * offers.
 *
 * @param release starts the work that was held until now
 * @param shutdown drains and ends the engine; may be called by one of its own workers
 */
@Internal
public record EngineControl(Runnable release, Runnable shutdown) {
}
