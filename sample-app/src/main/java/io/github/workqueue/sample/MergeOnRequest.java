package io.github.workqueue.sample;

import java.io.IOException;

import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Merges segments only when asked to, so that no thread but the one that asks ever
 * merges: a commit, or the indexing of a file, never pays for it.
 */
final class MergeOnRequest extends FilterMergePolicy {

	MergeOnRequest() {
		super(new TieredMergePolicy());
	}

	@Override
	public @Nullable MergeSpecification findMerges(MergeTrigger trigger, SegmentInfos segments, MergeContext context)
			throws IOException {
		boolean asked = trigger == MergeTrigger.EXPLICIT || trigger == MergeTrigger.MERGE_FINISHED;
		return asked ? this.in.findMerges(trigger, segments, context) : null;
	}

	@Override
	public @Nullable MergeSpecification findFullFlushMerges(MergeTrigger trigger, SegmentInfos segments,
			MergeContext context) {
		return null;
	}

	@Override
	public MergePolicy unwrap() {
		return this.in;
	}

}
