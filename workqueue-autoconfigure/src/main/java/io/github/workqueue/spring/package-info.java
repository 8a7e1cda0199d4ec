/**
 * Binds annotated methods to work items and ties the engine to the life of the context.
 */
@NullMarked
package io.github.workqueue.spring;

import org.jspecify.annotations.NullMarked;
