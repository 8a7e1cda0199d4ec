/**
 * What tests of applications need: put
 * {@link io.github.workqueue.test.AutoConfigureWorkqueues} on the class, inject a
 * {@link io.github.workqueue.test.WorkqueueTester} to turn the clock and to run what is
 * due, and check with {@link io.github.workqueue.test.WorkqueueAssertions}.
 */
@NullMarked
package io.github.workqueue.test;

import org.jspecify.annotations.NullMarked;
