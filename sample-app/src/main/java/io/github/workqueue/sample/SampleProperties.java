package io.github.workqueue.sample;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sample. Paths are text, so that a relative one is never taken for a
 * class path resource.
 *
 * @param root directory to search
 * @param skip names of directories that are left out, beside hidden ones
 * @param maxFileSize largest file that is indexed
 * @param rescan time between two looks at the whole tree
 * @param journal file that the changes are appended to; none for a file in the work
 * directory
 * @param once whether to index once, print a summary and end
 */
@ConfigurationProperties("sample")
record SampleProperties(@DefaultValue(".") String root, @DefaultValue( {
		"target", "node_modules" }) Set<String> skip, @DefaultValue("2MB") DataSize maxFileSize,
		@DefaultValue("1m") Duration rescan, @Nullable String journal, @DefaultValue("false") boolean once){

	private static final Duration SHORTEST_RESCAN = Duration.ofMillis(100);

	/** Checks the time between two scans. */
	SampleProperties {
		if (rescan.compareTo(SHORTEST_RESCAN) < 0) {
			throw new IllegalArgumentException("sample.rescan must be at least 100ms, but was " + rescan);
		}
		skip = Set.copyOf(skip);
	}

}
