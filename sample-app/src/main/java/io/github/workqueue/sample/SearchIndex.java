package io.github.workqueue.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * A Lucene index with one document for each line that is not blank. A search sees every
 * change that was made before it, committed or not. Any thread; changes of one file must
 * not run beside each other.
 */
final class SearchIndex implements Closeable {

	private static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE,
			new SortField(LineDocument.PATH, SortField.Type.STRING),
			new SortField(LineDocument.LINE, SortField.Type.INT));

	private final Directory directory;

	private final IndexWriter writer;

	private final SearcherManager searchers;

	private final SharedRefresh refresh;

	private SearchIndex(Directory directory, IndexWriter writer) throws IOException {
		this.directory = directory;
		this.writer = writer;
		this.searchers = new SearcherManager(writer, null);
		this.refresh = new SharedRefresh(this.searchers);
	}

	/**
	 * Creates an empty index.
	 * @param path a directory of its own; what another index left there is deleted
	 * @return the index
	 * @throws IOException if the directory cannot be written
	 */
	static SearchIndex create(Path path) throws IOException {
		IndexWriterConfig config = new IndexWriterConfig(new LineAnalyzer()).setOpenMode(OpenMode.CREATE)
			.setMergePolicy(new MergeOnRequest())
			.setMergeScheduler(new SerialMergeScheduler());
		// Without native access, which newer JDKs warn about
		Directory directory = new NIOFSDirectory(path);
		return new SearchIndex(directory, new IndexWriter(directory, config));
	}

	/**
	 * Replaces the lines of a file.
	 * @param path the file
	 * @param lines its lines
	 * @throws IOException if the index cannot be written
	 */
	void put(String path, List<String> lines) throws IOException {
		this.writer.updateDocuments(new Term(LineDocument.PATH, path), LineDocument.of(path, lines));
	}

	/**
	 * Removes a file, or all files below a directory.
	 * @param path the file or directory
	 * @throws IOException if the index cannot be written
	 */
	void remove(String path) throws IOException {
		Query file = new TermQuery(new Term(LineDocument.PATH, path));
		Query below = new PrefixQuery(new Term(LineDocument.PATH, path + "/"));
		this.writer.deleteDocuments(file, below);
	}

	/**
	 * Makes all changes durable.
	 * @return true if there was any
	 * @throws IOException if the index cannot be written
	 */
	boolean commit() throws IOException {
		return this.writer.commit() >= 0;
	}

	/**
	 * Merges small segments, on this thread, as far as it is worth it.
	 * @throws IOException if the index cannot be written
	 */
	void merge() throws IOException {
		this.writer.maybeMerge();
	}

	/**
	 * Finds the lines that hold every word of a text.
	 * @param text what a user typed
	 * @param limit the most hits that are returned; at least 1
	 * @return the best hits, and how many there are
	 * @throws IOException if the index cannot be read
	 */
	SearchResult search(String text, int limit) throws IOException {
		List<String> words = Words.of(text);
		Query query = LineQuery.of(LineDocument.TEXT, words);
		this.refresh.run();
		IndexSearcher searcher = this.searchers.acquire();
		try {
			TopFieldDocs top = searcher.search(query, limit, BEST_FIRST, true);
			return new SearchResult(text, searcher.count(query), hits(searcher, top.scoreDocs, words));
		}
		finally {
			this.searchers.release(searcher);
		}
	}

	private static List<SearchHit> hits(IndexSearcher searcher, ScoreDoc[] documents, List<String> words)
			throws IOException {
		List<SearchHit> hits = new ArrayList<>(documents.length);
		for (ScoreDoc document : documents) {
			hits.add(LineDocument.hit(searcher.storedFields().document(document.doc), document.score, words));
		}
		return hits;
	}

	/**
	 * Counts the segments that the next commit would write down.
	 * @return the number of segments
	 * @throws IOException if the index cannot be read
	 */
	int segments() throws IOException {
		try (DirectoryReader reader = DirectoryReader.open(this.writer)) {
			return reader.leaves().size();
		}
	}

	/**
	 * Counts the lines that can be found.
	 * @return the number of lines
	 */
	int lines() {
		return this.writer.getDocStats().numDocs;
	}

	@Override
	public void close() throws IOException {
		try (this.directory; this.writer) {
			this.searchers.close();
		}
	}

}
