/**
 * Auto-configuration: knows all other packages and puts them together. Each
 * {@code ...AutoConfiguration} adds one part as soon as the application has what it
 * needs; a bean that the application defines takes the place of ours. Applications use
 * {@link io.github.workqueue.autoconfigure.EngineSettingsCustomizer} and
 * {@link io.github.workqueue.autoconfigure.WorkqueueLimits}, and the properties below
 * {@code workqueue}.
 */
@NullMarked
package io.github.workqueue.autoconfigure;

import org.jspecify.annotations.NullMarked;
