/** Puts the sample, and variants of it that have no workqueues, under load. */
@NullMarked
package io.github.workqueue.sample.load;

import org.jspecify.annotations.NullMarked;
