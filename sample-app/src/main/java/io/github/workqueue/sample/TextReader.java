package io.github.workqueue.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.springframework.util.unit.DataSize;

/** Reads text files of bounded size. Any thread. */
final class TextReader {

	private final DataSize limit;

	/**
	 * Creates a reader.
	 * @param limit the largest file that is read
	 * @throws IllegalArgumentException if the limit is not within 1 byte and 1 GB
	 */
	TextReader(DataSize limit) {
		if (limit.toBytes() < 1 || limit.toGigabytes() >= 1) {
			throw new IllegalArgumentException(
					"sample.max-file-size must be at least 1B and less than 1GB, but was " + limit);
		}
		this.limit = limit;
	}

	/**
	 * Reads a file; never throws for what is wrong with the file.
	 * @param file the file; not followed if it is a link
	 * @return its text, or why there is none
	 */
	FileContent read(Path file) {
		try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
			return decode(input.readNBytes((int) this.limit.toBytes() + 1));
		}
		catch (IOException ex) {
			return failure(ex);
		}
	}

	private FileContent decode(byte[] bytes) {
		if (bytes.length > this.limit.toBytes()) {
			return new FileContent.Skipped(SkipReason.TOO_LARGE, "larger than sample.max-file-size = " + this.limit);
		}
		Optional<String> text = TextDecoder.decode(bytes);
		if (text.isEmpty()) {
			return new FileContent.Skipped(SkipReason.BINARY, "binary, not text");
		}
		return new FileContent.Text(text.get().lines().toList());
	}

	/**
	 * Says why a file could not be read.
	 * @param failure what reading it threw
	 * @return the reason
	 */
	static FileContent.Skipped failure(IOException failure) {
		if (failure instanceof NoSuchFileException) {
			return new FileContent.Skipped(SkipReason.VANISHED, "vanished before it could be read");
		}
		if (failure instanceof AccessDeniedException) {
			return new FileContent.Skipped(SkipReason.UNREADABLE, "may not be read by this user");
		}
		return new FileContent.Skipped(SkipReason.UNREADABLE, "cannot be read: " + failure);
	}

}
