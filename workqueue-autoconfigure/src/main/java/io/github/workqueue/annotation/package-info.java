/** Annotations that make methods of Spring beans into work. */
@NullMarked
package io.github.workqueue.annotation;

import org.jspecify.annotations.NullMarked;
