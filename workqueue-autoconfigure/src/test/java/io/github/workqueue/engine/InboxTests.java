package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

import io.github.workqueue.engine.Inbox.Push;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What many threads push comes out once, and in the order of each of them.
 */
class InboxTests {

	private static final int THREADS = 4;

	private static final int EACH = 20_000;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final Inbox inbox = new Inbox(8);

	@Test
	void tellsWhetherItWasEmpty() {
		assertThat(this.inbox.isEmpty()).isTrue();
		assertThat(this.inbox.poll()).isNull();
		assertThat(this.inbox.push(item("a"))).isEqualTo(Push.FIRST);
		assertThat(this.inbox.push(item("b"))).isEqualTo(Push.BEHIND);
		assertThat(this.inbox.isEmpty()).isFalse();
		assertThat(pollAll()).containsExactly("a", "b");
		assertThat(this.inbox.isEmpty()).isTrue();
		assertThat(this.inbox.push(item("c"))).as("empty again").isEqualTo(Push.FIRST);
	}

	@Test
	void givesOutTheOldestFirstAndKnowsItsSizeLapAfterLap() {
		for (int lap = 0; lap < 20; lap++) {
			for (int i = 0; i < 5; i++) {
				assertThat(this.inbox.size()).isEqualTo(i);
				this.inbox.push(item("item-" + i));
			}
			assertThat(pollAll()).containsExactly("item-0", "item-1", "item-2", "item-3", "item-4");
			assertThat(this.inbox.size()).isZero();
		}
	}

	@Test
	void refusesWhatItHasNoRoomForUntilItIsEmptied() {
		for (int i = 0; i < 8; i++) {
			assertThat(this.inbox.push(item("item-" + i))).isNotEqualTo(Push.FULL);
		}
		assertThat(this.inbox.push(item("ninth"))).isEqualTo(Push.FULL);
		assertThat(this.inbox.size()).isEqualTo(8);
		assertThat(pollAll()).hasSize(8).doesNotContain("ninth");
		assertThat(this.inbox.push(item("ninth"))).isEqualTo(Push.FIRST);
	}

	/** The consumer has taken items and not told yet when the next one comes. */
	@Test
	void whoIsPushedBehindAnItemThatIsTakenIsFoundByWhoTakesIt() {
		this.inbox.push(item("a"));
		this.inbox.push(item("b"));
		assertThat(this.inbox.poll()).isNotNull();
		assertThat(this.inbox.poll()).isNotNull();
		assertThat(this.inbox.push(item("c"))).isEqualTo(Push.BEHIND);
		assertThat(pollAll()).containsExactly("c");
		assertThat(this.inbox.push(item("d"))).isEqualTo(Push.FIRST);
	}

	@Test
	void losesAndDoublesNothingUnderContention() throws Exception {
		CountDownLatch start = new CountDownLatch(1);
		List<FutureTask<Integer>> producers = new ArrayList<>();
		for (int thread = 0; thread < THREADS; thread++) {
			producers.add(Engines.async(() -> produce(start)));
		}
		start.countDown();
		Map<WorkDefinition, Integer> taken = new HashMap<>();
		while (!producers.stream().allMatch(FutureTask::isDone)) {
			take(taken);
		}
		for (FutureTask<Integer> producer : producers) {
			assertThat(Engines.get(producer)).as("pushes that were told to be first").isPositive();
		}
		take(taken);
		assertThat(taken).hasSize(THREADS);
		assertThat(taken.values()).as("taken of each thread").containsOnly(EACH);
	}

	/** Returns how many pushes found the inbox empty. */
	private int produce(CountDownLatch start) throws InterruptedException {
		WorkDefinition definition = item("item").definition;
		start.await();
		int firsts = 0;
		for (int i = 0; i < EACH; i++) {
			EngineWorkItem item = new EngineWorkItem(definition);
			item.attempts = i;
			firsts += (push(item) == Push.FIRST) ? 1 : 0;
		}
		return firsts;
	}

	private Push push(EngineWorkItem item) {
		for (;;) {
			Push push = this.inbox.push(item);
			if (push != Push.FULL) {
				return push;
			}
			Thread.yield();
		}
	}

	/** Counts what each thread has pushed, and checks the order. */
	private void take(Map<WorkDefinition, Integer> taken) {
		for (EngineWorkItem item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			int before = taken.merge(item.definition, 1, Integer::sum) - 1;
			assertThat(item.attempts).as("number of the item").isEqualTo(before);
		}
	}

	private List<String> pollAll() {
		List<String> names = new ArrayList<>();
		for (EngineWorkItem item = this.inbox.poll(); item != null; item = this.inbox.poll()) {
			names.add(item.name());
		}
		return names;
	}

	private EngineWorkItem item(String name) {
		return (EngineWorkItem) this.engine.initWork(name, (work) -> {
		});
	}

}
