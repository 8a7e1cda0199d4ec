/**
 * Random programs over the public interface, against a sequential model of what each call
 * must do.
 */
@NullMarked
package io.github.workqueue.engine.model;

import org.jspecify.annotations.NullMarked;
