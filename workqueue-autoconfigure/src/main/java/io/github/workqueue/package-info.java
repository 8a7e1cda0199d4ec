/** The vocabulary of the workqueue: interfaces, flags, specifications and exceptions. */
@NullMarked
package io.github.workqueue;

import org.jspecify.annotations.NullMarked;
