/**
 * Actuator endpoints that show queues and worker pools, and change what may be changed.
 */
@NullMarked
package io.github.workqueue.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
