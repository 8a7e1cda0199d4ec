package io.github.workqueue.engine;

import java.util.AbstractList;
import java.util.List;
import java.util.stream.Stream;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each work of a chain queues the next one on the other CPU and ends, between the looks
 * at the two: each was seen empty, and the queue never was.
 */
class EmptyQueueTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(2);

	private final EngineWorkqueue queue = (EngineWorkqueue) this.engine.alloc("queue", 0);

	private final List<QueueLink> links = List.of(this.queue.links());

	/** Those of the chain, whose works run on CPU 1, 0, 1, 0. */
	private final List<Gate> gates = Stream.generate(this.engines::gate).limit(4).toList();

	private WorkItem last;

	@BeforeEach
	void queueTheFirst() throws Exception {
		this.last = this.engine.initWork("last", this.gates.get(3));
		WorkItem next = this.last;
		for (int i = 2; i >= 0; i--) {
			next = this.engine.initWork("work" + i, follow(this.gates.get(i), cpu(i + 1), next));
		}
		this.queue.queueOn(cpu(0), next);
		this.gates.get(0).awaitStarts(1);
	}

	private WorkHandler follow(Gate gate, int cpu, WorkItem next) {
		return (work) -> {
			gate.handle(work);
			this.queue.queueOn(cpu, next);
		};
	}

	private static int cpu(int work) {
		return (work + 1) % 2;
	}

	@Test
	void aQueueIsNotEmptyBecauseEachOfItsLinksWas() throws Exception {
		assertThat(Drain.isEmpty(new Trap(1), null)).isFalse();
		assertEmptyAtLast();
	}

	@Test
	void aQueueIsNotEmptyBecauseEachOfItsLinksWasTwice() throws Exception {
		assertThat(Drain.isEmpty(new Trap(3), null)).isFalse();
		assertEmptyAtLast();
	}

	private void assertEmptyAtLast() throws Exception {
		this.gates.forEach(Gate::open);
		Engines.until("the last work has started", this.gates.get(3)::hasStarted);
		this.last.flush();
		assertThat(Drain.isEmpty(this.links, null)).isTrue();
	}

	/** Lets a work go before each look, but the first one. */
	private final class Trap extends AbstractList<QueueLink> {

		private final int hops;

		private int looks;

		private Trap(int hops) {
			this.hops = hops;
		}

		@Override
		public QueueLink get(int index) {
			if (this.looks > 0 && this.looks <= this.hops) {
				letGo(this.looks - 1);
			}
			this.looks++;
			return EmptyQueueTests.this.links.get(index);
		}

		private void letGo(int work) {
			List<Gate> gates = EmptyQueueTests.this.gates;
			QueueLink link = EmptyQueueTests.this.links.get(cpu(work));
			gates.get(work).open();
			Engines.until("the next work runs", gates.get(work + 1)::hasStarted);
			Engines.until("the work has ended", () -> link.pool.items.test(link, QueueLink::isEmpty));
		}

		@Override
		public int size() {
			return EmptyQueueTests.this.links.size();
		}

	}

}
