/**
 * The snippets of the migration pages, compiled and run.
 */
@NullMarked
package io.github.workqueue.migration;

import org.jspecify.annotations.NullMarked;
