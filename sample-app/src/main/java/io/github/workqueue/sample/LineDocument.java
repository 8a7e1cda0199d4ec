package io.github.workqueue.sample;

import java.util.ArrayList;
import java.util.List;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/** The fields of a line in the index. */
final class LineDocument {

	static final String PATH = "path";

	static final String LINE = "line";

	static final String TEXT = "text";

	private LineDocument() {
	}

	static List<Document> of(String path, List<String> lines) {
		List<Document> documents = new ArrayList<>(lines.size());
		for (int i = 0; i < lines.size(); i++) {
			if (!lines.get(i).isBlank()) {
				documents.add(of(path, i + 1, lines.get(i)));
			}
		}
		return documents;
	}

	private static Document of(String path, int line, String text) {
		Document document = new Document();
		document.add(new StringField(PATH, path, Field.Store.YES));
		document.add(new SortedDocValuesField(PATH, new BytesRef(path)));
		document.add(new StoredField(LINE, line));
		document.add(new NumericDocValuesField(LINE, line));
		document.add(new TextField(TEXT, text, Field.Store.YES));
		return document;
	}

	static SearchHit hit(Document document, float score, List<String> words) {
		int line = document.getField(LINE).numericValue().intValue();
		return new SearchHit(document.get(PATH), line, score, Snippet.of(document.get(TEXT), words));
	}

}
