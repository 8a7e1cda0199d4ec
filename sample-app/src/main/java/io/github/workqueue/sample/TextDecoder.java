package io.github.workqueue.sample;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells text from other bytes: UTF-16 with its mark, UTF-8, else Latin-1 if hardly any
 * control characters are in it.
 */
final class TextDecoder {

	private static final int CONTROL_CHARACTERS_PERCENT = 5;

	private TextDecoder() {
	}

	/**
	 * Decodes bytes.
	 * @param bytes a whole file
	 * @return the text, without a byte order mark; nothing if it is none
	 */
	static Optional<String> decode(byte[] bytes) {
		if (startsWithUtf16Mark(bytes)) {
			return strict(bytes, StandardCharsets.UTF_16);
		}
		if (containsZero(bytes)) {
			return Optional.empty();
		}
		return strict(bytes, StandardCharsets.UTF_8).map(TextDecoder::withoutMark).or(() -> latin1(bytes));
	}

	private static boolean startsWithUtf16Mark(byte[] bytes) {
		return bytes.length >= 2 && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
				|| (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
	}

	private static boolean containsZero(byte[] bytes) {
		for (byte value : bytes) {
			if (value == 0) {
				return true;
			}
		}
		return false;
	}

	private static Optional<String> strict(byte[] bytes, Charset charset) {
		try {
			return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

	private static String withoutMark(String text) {
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private static Optional<String> latin1(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		long controls = text.chars().filter((c) -> Character.isISOControl(c) && !Character.isWhitespace(c)).count();
		return (controls * 100 > (long) bytes.length * CONTROL_CHARACTERS_PERCENT) ? Optional.empty()
				: Optional.of(text);
	}

}
