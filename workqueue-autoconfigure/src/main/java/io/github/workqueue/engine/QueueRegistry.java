package io.github.workqueue.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * The queues of an engine by name and alias (the kernel's {@code workqueues} list under
 * {@code wq_pool_mutex}).
 */
final class QueueRegistry {

	/** Taken before all other locks. */
	private final ReentrantLock lock = new ReentrantLock();

	/** In the order of their creation; an alias is an entry of its own. */
	@GuardedBy("lock")
	private final Map<String, EngineWorkqueue> queues = new LinkedHashMap<>();

	private final Shutdown shutdown;

	QueueRegistry(Shutdown shutdown) {
		this.shutdown = shutdown;
	}

	/** Throws if no queue of this name can be added now. */
	void checkNew(String name) {
		this.lock.lock();
		try {
			this.shutdown.checkOpen("workqueue '" + name + "'");
			if (this.queues.containsKey(name)) {
				throw new IllegalStateException("the name '" + name + "' is in use by another workqueue");
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void add(EngineWorkqueue queue) {
		this.lock.lock();
		try {
			checkNew(queue.name());
			this.queues.put(queue.name(), queue);
		}
		finally {
			this.lock.unlock();
		}
	}

	void alias(String alias, String name) {
		this.lock.lock();
		try {
			this.queues.put(alias, Objects.requireNonNull(this.queues.get(name)));
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(EngineWorkqueue queue) {
		this.lock.lock();
		try {
			this.queues.remove(queue.name(), queue);
		}
		finally {
			this.lock.unlock();
		}
	}

	Optional<EngineWorkqueue> find(String name) {
		Objects.requireNonNull(name, "'name' must not be null");
		this.lock.lock();
		try {
			return Optional.ofNullable(this.queues.get(name));
		}
		finally {
			this.lock.unlock();
		}
	}

	EngineWorkqueue get(String name) {
		return find(name).orElseThrow(() -> new NoSuchElementException(
				"there is no workqueue '" + name + "'; the known ones are " + String.join(", ", names())));
	}

	/** Names and aliases. */
	private List<String> names() {
		this.lock.lock();
		try {
			return List.copyOf(this.queues.keySet());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** All queues, each once, in the order of their creation. */
	List<EngineWorkqueue> all() {
		this.lock.lock();
		try {
			return this.queues.values().stream().distinct().toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<String> aliasesOf(EngineWorkqueue queue) {
		this.lock.lock();
		try {
			return this.queues.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() == queue && !entry.getKey().equals(queue.name()))
				.map(Map.Entry::getKey)
				.toList();
		}
		finally {
			this.lock.unlock();
		}
	}

}
