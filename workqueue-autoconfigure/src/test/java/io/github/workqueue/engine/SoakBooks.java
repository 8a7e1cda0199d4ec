package io.github.workqueue.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a soak asked for and what it got.
 */
final class SoakBooks {

	private final LongAdder operations = new LongAdder();

	private final LongAdder accepted = new LongAdder();

	private final LongAdder cancelled = new LongAdder();

	private final LongAdder runs = new LongAdder();

	private final LongAdder overlaps = new LongAdder();

	/** The items, or keys, that run. */
	private final Set<Object> inside = ConcurrentHashMap.newKeySet();

	void operation() {
		this.operations.increment();
	}

	long operations() {
		return this.operations.sum();
	}

	void accepted(boolean yes) {
		this.accepted.add(yes ? 1 : 0);
	}

	void cancelled(boolean yes) {
		this.cancelled.add(yes ? 1 : 0);
	}

	/** A run of what must not run beside itself. */
	void run(Object what, Body body) throws InterruptedException {
		if (!this.inside.add(what)) {
			this.overlaps.increment();
		}
		this.runs.increment();
		body.run();
		this.inside.remove(what);
	}

	/** Checks the books when nothing is pending or running. */
	void check() {
		assertThat(this.overlaps.sum()).as("runs beside themselves").isZero();
		assertThat(this.inside).as("what still runs").isEmpty();
		assertThat(this.runs.sum()).as("runs").isEqualTo(this.accepted.sum() - this.cancelled.sum());
	}

	/** What a handler does. */
	@FunctionalInterface
	interface Body {

		void run() throws InterruptedException;

	}

}
