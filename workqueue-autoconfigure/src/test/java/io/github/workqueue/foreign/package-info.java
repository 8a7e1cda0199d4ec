/**
 * What the tests of others demand, asked of this project: {@code ClientGo...} of
 * Kubernetes' {@code client-go}, {@code Jsr166...} of the JDK's executors,
 * {@code Spring...} of Spring's task executors. All of them know the public API only. The
 * code is our own; a test of {@code client-go} has the name of the foreign one.
 */
@NullMarked
package io.github.workqueue.foreign;

import org.jspecify.annotations.NullMarked;
