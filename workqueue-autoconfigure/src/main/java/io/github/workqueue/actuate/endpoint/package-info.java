/**
 * Actuator endpoints that show queues and worker pools, and change what may be changed:
 * {@code workqueues}, {@code workerpools}, and the page {@code workqueueui}, which reads
 * the other two. They return maps, numbers and text. Values of keys are shown only to
 * whom the endpoint's {@code show-values} allows it.
 */
@NullMarked
package io.github.workqueue.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
