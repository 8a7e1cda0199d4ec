package io.github.workqueue.sample;

import java.util.List;

import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Lines that hold every word, as a whole or as the beginning of one; whole words score
 * higher. There is no syntax, so no text is wrong.
 */
final class LineQuery {

	private static final int MAX_WORDS = 16;

	private static final float BEGINNING_SCORE = 0.1F;

	private LineQuery() {
	}

	static Query of(String field, List<String> words) {
		if (words.isEmpty()) {
			return new MatchNoDocsQuery("no word");
		}
		BooleanQuery.Builder all = new BooleanQuery.Builder();
		words.stream().limit(MAX_WORDS).forEach((word) -> all.add(wholeOrBeginning(new Term(field, word)), Occur.MUST));
		return all.build();
	}

	private static Query wholeOrBeginning(Term word) {
		return new BooleanQuery.Builder().add(new TermQuery(word), Occur.SHOULD)
			.add(new BoostQuery(new PrefixQuery(word), BEGINNING_SCORE), Occur.SHOULD)
			.build();
	}

}
