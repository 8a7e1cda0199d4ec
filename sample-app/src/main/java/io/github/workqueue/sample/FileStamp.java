package io.github.workqueue.sample;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was looked at.
 *
 * @param size its size in bytes
 * @param modified the time of its last change
 * @param skipped why it is not in the index, or null if it is
 */
record FileStamp(long size, FileTime modified, @Nullable SkipReason skipped) {

	static FileStamp of(BasicFileAttributes attributes, @Nullable SkipReason skipped) {
		return new FileStamp(attributes.size(), attributes.lastModifiedTime(), skipped);
	}

	boolean fits(BasicFileAttributes attributes) {
		return this.size == attributes.size() && this.modified.equals(attributes.lastModifiedTime());
	}

}
