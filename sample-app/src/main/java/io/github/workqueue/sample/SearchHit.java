package io.github.workqueue.sample;

/**
 * A line that was found.
 *
 * @param path the file, relative to the root, with slashes
 * @param line the number of the line, from 1
 * @param score how well it fits; higher is better
 * @param snippet the line, or the part of it around the first word
 */
record SearchHit(String path, int line, float score, String snippet) {
}
