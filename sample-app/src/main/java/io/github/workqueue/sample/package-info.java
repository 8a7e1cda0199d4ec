/** Live search over a directory tree: the starter at work on real files. */
@NullMarked
package io.github.workqueue.sample;

import org.jspecify.annotations.NullMarked;
