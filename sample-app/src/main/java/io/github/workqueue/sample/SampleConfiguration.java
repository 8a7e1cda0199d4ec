package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.time.Clock;
import java.util.List;

import io.github.workqueue.Workqueue;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts that know nothing of queues, and the journal. */
@Configuration(proxyBeanMethods = false)
class SampleConfiguration {

	@Bean
	WorkDirectory workDirectory(SampleProperties properties) throws IOException {
		return WorkDirectory.create(properties.journal());
	}

	@Bean
	WatchedTree watchedTree(SampleProperties properties, WorkDirectory workDirectory) {
		return WatchedTree.open(properties.root(), properties.skip(),
				List.of(workDirectory.path(), workDirectory.journal()));
	}

	@Bean
	SearchIndex searchIndex(WorkDirectory workDirectory) throws IOException {
		return SearchIndex.create(workDirectory.index());
	}

	@Bean
	DirectoryWatch directoryWatch() throws IOException {
		return new DirectoryWatch(FileSystems.getDefault().newWatchService());
	}

	@Bean
	Catalogue catalogue() {
		return new Catalogue();
	}

	@Bean
	Activity activity() {
		return new Activity();
	}

	@Bean
	TreeScan treeScan(WatchedTree tree, Catalogue catalogue, DirectoryWatch watch) {
		return new TreeScan(tree, catalogue, watch);
	}

	@Bean
	FileIndexer fileIndexer(SampleProperties properties, WatchedTree tree, SearchIndex index, Catalogue catalogue) {
		return new FileIndexer(tree, new TextReader(properties.maxFileSize()), index, catalogue);
	}

	@Bean
	ChangeJournal changeJournal(WorkDirectory workDirectory, Workqueue journal) {
		return new ChangeJournal(workDirectory.journal(), journal.asExecutor(), Clock.systemUTC());
	}

}
