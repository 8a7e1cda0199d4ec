/** Auto-configuration: knows all other packages and puts them together. */
@NullMarked
package io.github.workqueue.autoconfigure;

import org.jspecify.annotations.NullMarked;
