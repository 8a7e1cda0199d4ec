package io.github.workqueue.sample;

import org.jspecify.annotations.Nullable;

/**
 * What the webhook is told of a document.
 *
 * @param path the file, relative to the root
 * @param sha256 the digest of its content in hexadecimal; null if it is gone
 * @param token greater for every later digest of the same path
 */
record Digest(String path, @Nullable String sha256, long token) {
}
