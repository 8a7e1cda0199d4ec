package io.github.workqueue.sample;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.util.CharTokenizer;

/**
 * Splits a line into words, and each identifier also into its parts, so that
 * {@code queueDelayedOn} and {@code queue_delayed_on} are found by {@code delayed}.
 */
final class LineAnalyzer extends Analyzer {

	private static final int PARTS_AND_WHOLE = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
			| WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
			| WordDelimiterGraphFilter.PRESERVE_ORIGINAL;

	@Override
	protected TokenStreamComponents createComponents(String fieldName) {
		Tokenizer words = CharTokenizer.fromTokenCharPredicate(Words::isPart);
		TokenStream parts = new WordDelimiterGraphFilter(words, PARTS_AND_WHOLE, null);
		return new TokenStreamComponents(words, new FlattenGraphFilter(new LowerCaseFilter(parts)));
	}

}
