/**
 * Health of the worker pools: {@code DOWN} while one of them makes no progress, or a
 * queue that is durable cannot reach its database.
 */
@NullMarked
package io.github.workqueue.health;

import org.jspecify.annotations.NullMarked;
