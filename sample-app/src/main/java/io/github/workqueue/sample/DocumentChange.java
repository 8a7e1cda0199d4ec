package io.github.workqueue.sample;

import java.nio.file.Path;

/**
 * A file was put into the index or taken out of it.
 *
 * @param path the file, or a directory that is gone
 */
record DocumentChange(Path path) {
}
