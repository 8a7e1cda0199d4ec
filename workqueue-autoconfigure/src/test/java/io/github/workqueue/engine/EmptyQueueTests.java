package io.github.workqueue.engine;

import java.util.AbstractList;
import java.util.List;

import io.github.workqueue.WorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A work on CPU 1 queues another on CPU 0 and ends, after the look at CPU 0 and before
 * the look at CPU 1: each was seen empty, and the queue never was.
 */
class EmptyQueueTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(2);

	private final EngineWorkqueue queue = (EngineWorkqueue) this.engine.alloc("queue", 0);

	private final List<QueueLink> links = List.of(this.queue.links());

	private final Gate first = this.engines.gate();

	private final Gate second = this.engines.gate();

	@Test
	void aQueueIsNotEmptyBecauseEachOfItsLinksWas() throws Exception {
		WorkItem follower = this.engine.initWork("follower", this.second);
		this.queue.queueOn(1, this.engine.initWork("leader", (work) -> {
			this.first.handle(work);
			this.queue.queueOn(0, follower);
		}));
		this.first.awaitStarts(1);
		assertThat(Drain.isEmpty(new Trap(), null)).isFalse();
		this.second.open();
		follower.flush();
		assertThat(Drain.isEmpty(this.links, null)).isTrue();
	}

	/** Lets the first work go before the second link is given out. */
	private final class Trap extends AbstractList<QueueLink> {

		@Override
		public QueueLink get(int index) {
			QueueLink link = EmptyQueueTests.this.links.get(index);
			if (index == 1) {
				EmptyQueueTests.this.first.open();
				Engines.until("the second work runs", EmptyQueueTests.this.second::hasStarted);
				Engines.until("the first work has ended", () -> link.pool.items.test(link, QueueLink::isEmpty));
			}
			return link;
		}

		@Override
		public int size() {
			return EmptyQueueTests.this.links.size();
		}

	}

}
