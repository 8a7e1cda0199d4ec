package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class FileIndexerTests {

	private final Catalogue catalogue = new Catalogue();

	private Path root;

	private SearchIndex index;

	private FileIndexer indexer;

	@BeforeEach
	void create(@TempDir Path directory, @TempDir Path indexDirectory) throws IOException {
		this.root = directory.toRealPath();
		this.index = SearchIndex.create(indexDirectory);
		this.indexer = new FileIndexer(WatchedTree.open(this.root.toString(), Set.of(), List.of()),
				new TextReader(DataSize.ofKilobytes(1)), this.index, this.catalogue);
	}

	@AfterEach
	void close() throws IOException {
		this.index.close();
	}

	@Test
	void putsATextFileIntoIndexAndCatalogue() throws IOException {
		assertThat(put(write("a.txt", "needle"))).isTrue();
		assertThat(hits("needle")).isOne();
		assertThat(this.catalogue.totals()).isEqualTo(new CatalogueTotals(1, 6, Map.of()));
	}

	@Test
	void takesAFileOutThatIsNoTextAnyMoreAndSaysSo(CapturedOutput output) throws IOException {
		put(write("a.txt", "needle"));
		put(write("a.txt", "needle\0"));
		assertThat(hits("needle")).isZero();
		assertThat(this.catalogue.totals()).isEqualTo(new CatalogueTotals(0, 0, Map.of(SkipReason.BINARY, 1)));
		assertThat(output).contains("Skipped a.txt: binary, not text");
	}

	@Test
	void saysThatAFileIsTooLarge(CapturedOutput output) throws IOException {
		put(write("big.txt", "needle".repeat(200)));
		assertThat(hits("needle")).isZero();
		assertThat(output).contains("Skipped big.txt: larger than sample.max-file-size = 1024B");
	}

	@Test
	void tellsThatAFileVanishedMeanwhile() throws IOException {
		Path file = write("a.txt", "needle");
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		Files.delete(file);
		assertThat(this.indexer.put(file, attributes)).isFalse();
		assertThat(hits("needle")).isZero();
	}

	@Test
	void removesAFile() throws IOException {
		Path file = write("a.txt", "needle");
		put(file);
		Files.delete(file);
		assertThat(this.indexer.remove(file)).isFalse();
		assertThat(hits("needle")).isZero();
		assertThat(this.catalogue.totals().files()).isZero();
	}

	@Test
	void removesAllFilesOfADirectory() throws IOException {
		Path file = write("a/b.txt", "needle");
		put(file);
		Files.delete(file);
		Files.delete(file.getParent());
		assertThat(this.indexer.remove(file.getParent())).isFalse();
		assertThat(hits("needle")).isZero();
		assertThat(this.catalogue.totals().files()).isZero();
	}

	@Test
	void tellsThatARemovedFileCameBack() throws IOException {
		assertThat(this.indexer.remove(write("a.txt", "needle"))).isTrue();
	}

	@Test
	void doesNotTakeALinkForAFileThatCameBack() throws IOException {
		Path link = Files.createSymbolicLink(this.root.resolve("link"), write("a.txt", "needle"));
		assertThat(this.indexer.remove(link)).isFalse();
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private boolean put(Path file) throws IOException {
		return this.indexer.put(file, Files.readAttributes(file, BasicFileAttributes.class));
	}

	private int hits(String query) throws IOException {
		return this.index.search(query, 10).total();
	}

}
