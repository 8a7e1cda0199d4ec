package io.github.workqueue.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Turns the key of a work into text, after the sanitizing functions have seen it.
 */
final class KeyPresenter {

	private final Sanitizer sanitizer;

	KeyPresenter(Iterable<SanitizingFunction> sanitizingFunctions) {
		this.sanitizer = new Sanitizer(sanitizingFunctions);
	}

	/**
	 * Returns the text of a key.
	 * @param work the work's name, which is what sanitizing functions get as key
	 * @param key the key, or null
	 * @return its text, or null if there is none
	 */
	@Nullable String present(String work, @Nullable Object key) {
		if (key == null) {
			return null;
		}
		Object sanitized = this.sanitizer.sanitize(new SanitizableData(null, work, text(key)), true);
		return (sanitized != null) ? sanitized.toString() : null;
	}

	/** A key that cannot tell what it is must not hide the other works. */
	static String text(Object key) {
		try {
			return String.valueOf(key);
		}
		catch (RuntimeException ex) {
			return key.getClass().getName() + ", whose toString() failed: " + ex;
		}
	}

}
