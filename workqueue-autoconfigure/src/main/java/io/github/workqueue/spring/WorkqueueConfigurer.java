package io.github.workqueue.spring;

import io.github.workqueue.Workqueues;

/**
 * Makes queues and work items without annotations. All beans of this type are called in
 * order, once, when the singletons of the context have been made and before any work
 * runs: what they queue is held until the context has started, unless the engine is the
 * application's own. Queues that handlers name are beans or configured; those that are
 * made here come too late for them. <pre class="code">
 * &#064;Bean
 * WorkqueueConfigurer journal() {
 * 	return (workqueues) -&gt; {
 * 		workqueues.allocOrdered("journal");
 * 		workqueues.initWork("sweep", workqueues.get("journal"), (work) -&gt; System.out.println("swept")).schedule();
 * 	};
 * }
 * </pre>
 */
@FunctionalInterface
public interface WorkqueueConfigurer {

	/**
	 * Makes queues and items. What it throws stops the start.
	 * @param workqueues the engine of this context, with the configured queues
	 */
	void configure(Workqueues workqueues);

}
