/**
 * Runs all measurements and writes one table of them: as Markdown, as JSON, and three
 * pictures.
 */
@NullMarked
package io.github.workqueue.benchmark.report;

import org.jspecify.annotations.NullMarked;
