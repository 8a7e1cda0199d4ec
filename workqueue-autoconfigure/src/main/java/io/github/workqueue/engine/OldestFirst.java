package io.github.workqueue.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts what was read from several pools in one order, oldest first. What comes from one
 * pool stays in the order in which it was read there, whatever its stamps say: a coarse
 * clock may make them too old, never too new. So nothing is older than what stands before
 * it in its pool, and with ages lowered to that, a stable sort by age merges the pools
 * and reorders none.
 *
 * @param <T> what is put in order
 */
final class OldestFirst<T extends Aged<T>> {

	private final List<T> all = new ArrayList<>();

	/** Adds what one pool has, the oldest first. */
	void add(List<T> ofOnePool) {
		this.all.addAll(lowered(ofOnePool));
	}

	/** All that was added, with ages that never rise. */
	List<T> toList() {
		return this.all.stream().sorted(Comparator.comparing((T one) -> one.age()).reversed()).toList();
	}

	/** The same in the same order, with ages that never rise. */
	static <T extends Aged<T>> List<T> lowered(List<T> ofOnePool) {
		List<T> result = new ArrayList<>(ofOnePool);
		for (int i = 1; i < result.size(); i++) {
			Duration before = result.get(i - 1).age();
			if (result.get(i).age().compareTo(before) > 0) {
				result.set(i, result.get(i).withAge(before));
			}
		}
		return result;
	}

}
