/** The samples that stand in the Javadoc, so that they compile. */
package io.github.workqueue.samples;
