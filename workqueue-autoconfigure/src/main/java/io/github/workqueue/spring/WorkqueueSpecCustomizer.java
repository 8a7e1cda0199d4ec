package io.github.workqueue.spring;

import io.github.workqueue.WorkqueueSpec;

/**
 * Changes configured queues. All beans of this type are called in order for each queue of
 * the configuration, before it is allocated. <pre class="code">
 * &#064;Bean
 * WorkqueueSpecCustomizer aTenthForReports(&#064;Value("${pool.size}") int connections) {
 * 	return (spec) -&gt; spec.name().equals("reports") ? spec.maxActive(connections / 10) : spec;
 * }
 * </pre>
 */
@FunctionalInterface
public interface WorkqueueSpecCustomizer {

	/**
	 * Changes a queue.
	 * @param spec the queue as configured, and as changed by customizers before
	 * @return what to allocate, of the same name; may be the argument
	 */
	WorkqueueSpec customize(WorkqueueSpec spec);

}
