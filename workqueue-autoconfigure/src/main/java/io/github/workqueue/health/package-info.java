/** Health of the worker pools. */
@NullMarked
package io.github.workqueue.health;

import org.jspecify.annotations.NullMarked;
