/**
 * What tests of applications need: deterministic work, a clock turned by hand,
 * assertions.
 */
@NullMarked
package io.github.workqueue.test;

import org.jspecify.annotations.NullMarked;
