package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * Colours under a lock, as a link uses them: the items leave in the order in which they
 * came, and each question says how many of the flushes have ended.
 */
public final class FlushColorsDriver {

	private final FlushColors colors = new FlushColors();

	private final List<FlushColors.Color> inside = new ArrayList<>();

	private final List<Completion> flushes = new ArrayList<>();

	private final ReentrantLock lock = new ReentrantLock();

	@Operation
	public int enter() {
		this.lock.lock();
		try {
			this.inside.add(this.colors.enter());
			return this.colors.inFlight();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Operation
	public int leaveFirst() {
		return leave(true);
	}

	@Operation
	public int leaveLast() {
		return leave(false);
	}

	private int leave(boolean first) {
		this.lock.lock();
		try {
			if (!this.inside.isEmpty()) {
				this.colors.leave(this.inside.remove(first ? 0 : this.inside.size() - 1));
			}
			return done();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Operation
	public int flush() {
		this.lock.lock();
		try {
			Completion completion = new Completion(TimeSource.SYSTEM);
			this.colors.flush(completion);
			this.flushes.add(completion);
			return done();
		}
		finally {
			this.lock.unlock();
		}
	}

	private int done() {
		int done = 0;
		for (Completion completion : this.flushes) {
			done += completion.isDone() ? 1 : 0;
		}
		return done;
	}

	/** The same, one after the other. */
	public static final class Specification {

		private final List<Integer> inside = new ArrayList<>();

		private final List<TreeSet<Integer>> flushes = new ArrayList<>();

		private int next;

		public int enter() {
			this.inside.add(this.next++);
			return this.inside.size();
		}

		public int leaveFirst() {
			return leave(true);
		}

		public int leaveLast() {
			return leave(false);
		}

		private int leave(boolean first) {
			if (!this.inside.isEmpty()) {
				Integer item = this.inside.remove(first ? 0 : this.inside.size() - 1);
				this.flushes.forEach((flush) -> flush.remove(item));
			}
			return done();
		}

		public int flush() {
			this.flushes.add(new TreeSet<>(this.inside));
			return done();
		}

		private int done() {
			return (int) this.flushes.stream().filter(TreeSet::isEmpty).count();
		}

	}

}
