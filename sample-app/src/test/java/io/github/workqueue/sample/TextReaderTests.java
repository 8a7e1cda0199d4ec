package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TextReaderTests {

	@TempDir
	Path directory;

	private final TextReader reader = new TextReader(DataSize.ofBytes(100));

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "ISO-8859-1", "UTF-16" })
	void readsTextInSeveralEncodings(String charset) throws IOException {
		Path file = write("Käse\r\nund\n\nBrot\n".getBytes(Charset.forName(charset)));
		assertThat(this.reader.read(file)).isEqualTo(new FileContent.Text(List.of("Käse", "und", "", "Brot")));
	}

	@Test
	void dropsTheByteOrderMarkOfUtf8() throws IOException {
		Path file = write("\uFEFFfirst".getBytes(StandardCharsets.UTF_8));
		assertThat(this.reader.read(file)).isEqualTo(new FileContent.Text(List.of("first")));
	}

	@Test
	void readsAnEmptyFile() throws IOException {
		assertThat(this.reader.read(write(new byte[0]))).isEqualTo(new FileContent.Text(List.of()));
	}

	@Test
	void skipsAFileWithZeroBytes() throws IOException {
		assertSkipped(this.reader.read(write(new byte[] { 'a', 0, 'b' })), SkipReason.BINARY, "binary");
	}

	@Test
	void skipsAFileOfManyControlCharacters() throws IOException {
		byte[] bytes = { (byte) 0x89, 'P', 'N', 'G', 1, 2, 3, 4, 5, (byte) 0xFF };
		assertSkipped(this.reader.read(write(bytes)), SkipReason.BINARY, "binary");
	}

	@Test
	void readsAFileOfExactlyTheLimit() throws IOException {
		assertThat(this.reader.read(write("x".repeat(100).getBytes(StandardCharsets.UTF_8))))
			.isInstanceOf(FileContent.Text.class);
	}

	@Test
	void skipsAHugeFileAndNamesTheLimit() throws IOException {
		assertSkipped(this.reader.read(write("x".repeat(101).getBytes(StandardCharsets.UTF_8))), SkipReason.TOO_LARGE,
				"sample.max-file-size = 100B");
	}

	@Test
	void skipsAFileThatVanished() {
		assertSkipped(this.reader.read(this.directory.resolve("gone")), SkipReason.VANISHED, "vanished");
	}

	@Test
	void skipsWhatIsNoFile() {
		assertSkipped(this.reader.read(this.directory), SkipReason.UNREADABLE, "cannot be read");
	}

	@Test
	void doesNotFollowALink() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), write(new byte[] { 'a' }));
		assertSkipped(this.reader.read(link), SkipReason.UNREADABLE, "cannot be read");
	}

	@Test
	void saysThatAFileMayNotBeRead() {
		assertSkipped(TextReader.failure(new AccessDeniedException("secret")), SkipReason.UNREADABLE,
				"may not be read by this user");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, 1L << 30 })
	void refusesALimitThatMakesNoSense(long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TextReader(DataSize.ofBytes(bytes)))
			.withMessageContaining("sample.max-file-size")
			.withMessageContaining(bytes + "B");
	}

	private Path write(byte[] bytes) throws IOException {
		return Files.write(this.directory.resolve("file"), bytes);
	}

	private static void assertSkipped(FileContent content, SkipReason reason, String detail) {
		assertThat(content).isInstanceOfSatisfying(FileContent.Skipped.class, (skipped) -> {
			assertThat(skipped.reason()).isEqualTo(reason);
			assertThat(skipped.detail()).contains(detail);
		});
	}

}
