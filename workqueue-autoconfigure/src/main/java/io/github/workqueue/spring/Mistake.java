package io.github.workqueue.spring;

/**
 * Something in the application that cannot work.
 *
 * @param problem what is wrong, and where
 * @param action what to do about it
 */
@Internal
public record Mistake(String problem, String action) {
}
