package io.github.workqueue.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Async;

/**
 * The sample's works on executors. As the index demands, no two indexings of one file run
 * beside each other.
 */
class AsyncWorks {

	private static final int STRIPES = 64;

	private final ObjectProvider<Indexer> indexer;

	private final ObjectProvider<IndexUpkeep> upkeep;

	private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

	private final Set<Path> pending = ConcurrentHashMap.newKeySet();

	private final LongAdder indexings = new LongAdder();

	AsyncWorks(ObjectProvider<Indexer> indexer, ObjectProvider<IndexUpkeep> upkeep) {
		this.indexer = indexer;
		this.upkeep = upkeep;
	}

	/**
	 * Tells whether a file has to be given to {@link #index}.
	 * @param path the file
	 * @return false if it waits there already
	 */
	boolean isNew(Path path) {
		return this.pending.add(path);
	}

	@Async("indexing")
	void index(Path path) throws IOException {
		this.pending.remove(path);
		Lock lock = this.locks[Math.floorMod(path.hashCode(), STRIPES)];
		lock.lock();
		try {
			this.indexer.getObject().index(path);
		}
		finally {
			lock.unlock();
			this.indexings.increment();
		}
	}

	@Async("removing")
	void remove(Path path) throws IOException {
		this.indexer.getObject().remove(path);
	}

	@Async("merging")
	void merge() throws IOException {
		this.upkeep.getObject().merge();
	}

	long indexings() {
		return this.indexings.sum();
	}

}
