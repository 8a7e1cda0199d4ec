/**
 * What the engine costs, beside its peers. One run prints every row, also those that the
 * engine loses.
 */
@NullMarked
package io.github.workqueue.benchmark;

import org.jspecify.annotations.NullMarked;
