package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchIndexTests {

	@TempDir
	Path directory;

	private SearchIndex index;

	@BeforeEach
	void create() throws IOException {
		this.index = SearchIndex.create(this.directory);
	}

	@AfterEach
	void close() throws IOException {
		this.index.close();
	}

	@Test
	void findsALineWithPathAndNumber() throws IOException {
		this.index.put("src/Engine.java", List.of("class Engine {", "", "\tvoid drain() {", "}"));
		SearchResult result = this.index.search("drain", 10);
		assertThat(result.query()).isEqualTo("drain");
		assertThat(result.total()).isOne();
		assertThat(result.hits()).singleElement().satisfies((hit) -> {
			assertThat(hit.path()).isEqualTo("src/Engine.java");
			assertThat(hit.line()).isEqualTo(3);
			assertThat(hit.score()).isPositive();
			assertThat(hit.snippet()).isEqualTo("void drain() {");
		});
	}

	@ParameterizedTest
	@CsvSource({ "queueDelayedOn", "QUEUEDELAYEDON", "delayed", "queuedel", "system_highpri_wq", "highpri", "wq", "max",
			"'max-active: 4'", "Größe", "grö" })
	void findsWordsPartsAndBeginnings(String query) throws IOException {
		this.index.put("a", List.of("queueDelayedOn system_highpri_wq max-active: 4 Größe"));
		this.index.put("b", List.of("something else"));
		assertThat(this.index.search(query, 10).hits()).extracting(SearchHit::path).containsExactly("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "***", "AND OR (", "\"", "a:b", "\\", "absent" })
	void takesAnyTextAsAQuery(String query) throws IOException {
		this.index.put("a", List.of("nothing of the kind"));
		assertThat(this.index.search(query, 10)).isEqualTo(new SearchResult(query, 0, List.of()));
	}

	@Test
	void wantsAllWordsInOneLine() throws IOException {
		this.index.put("a", List.of("drain the queue", "drain", "queue"));
		assertThat(this.index.search("queue drain", 10).hits()).extracting(SearchHit::line).containsExactly(1);
	}

	@Test
	void ranksAWholeWordBeforeABeginning() throws IOException {
		this.index.put("a", List.of("drained", "drain"));
		assertThat(this.index.search("drain", 10).hits()).extracting(SearchHit::line).containsExactly(2, 1);
	}

	@Test
	void ordersEqualScoresByPathAndLine() throws IOException {
		this.index.put("b", List.of("word", "word"));
		this.index.put("a", List.of("word"));
		assertThat(this.index.search("word", 10).hits()).extracting((hit) -> hit.path() + hit.line())
			.containsExactly("a1", "b1", "b2");
	}

	@Test
	void returnsNoMoreThanTheLimitAndTellsTheTotal() throws IOException {
		this.index.put("a", List.of("word", "word", "word"));
		SearchResult result = this.index.search("word", 2);
		assertThat(result.hits()).hasSize(2);
		assertThat(result.total()).isEqualTo(3);
	}

	@Test
	void replacesAFile() throws IOException {
		this.index.put("a", List.of("old", "old"));
		this.index.put("a", List.of("new"));
		assertThat(this.index.search("old", 10).hits()).isEmpty();
		assertThat(this.index.search("new", 10).hits()).hasSize(1);
	}

	@Test
	void emptiesAFile() throws IOException {
		this.index.put("a", List.of("word"));
		this.index.put("a", List.of());
		assertThat(this.index.search("word", 10).hits()).isEmpty();
	}

	@Test
	void removesAFileOrATreeButNotItsNeighbours() throws IOException {
		for (String path : List.of("a/b", "a/c/d", "a-b", "ab")) {
			this.index.put(path, List.of("word"));
		}
		this.index.remove("a");
		assertThat(this.index.search("word", 10).hits()).extracting(SearchHit::path).containsExactly("a-b", "ab");
		this.index.remove("ab");
		assertThat(this.index.search("word", 10).hits()).extracting(SearchHit::path).containsExactly("a-b");
	}

	@Test
	void commitsOnlyIfSomethingChanged() throws IOException {
		assertThat(this.index.commit()).isTrue();
		assertThat(this.index.commit()).isFalse();
		this.index.put("a", List.of("word"));
		assertThat(this.index.commit()).isTrue();
	}

	@Test
	void mergesOnlyWhenAsked() throws IOException {
		for (int i = 0; i < 30; i++) {
			this.index.put("file" + i, List.of("word"));
			this.index.commit();
		}
		assertThat(this.index.segments()).isEqualTo(30);
		this.index.merge();
		assertThat(this.index.segments()).isLessThan(30);
		assertThat(this.index.search("word", 1).total()).isEqualTo(30);
		assertThat(this.index.lines()).isEqualTo(30);
	}

	@Test
	void indexesAVeryLongLineAndShowsThePartThatFits() throws IOException {
		this.index.put("bundle.js", List.of("x;".repeat(200_000) + "needle" + ";y".repeat(200_000)));
		assertThat(this.index.search("needle", 1).hits()).singleElement()
			.satisfies((hit) -> assertThat(hit.snippet()).hasSizeLessThan(300)
				.contains("needle")
				.startsWith("…")
				.endsWith("…"));
	}

}
