package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

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

	private final Inbox inbox = new Inbox();

	@Test
	void tellsWhetherItWasEmpty() {
		assertThat(this.inbox.isEmpty()).isTrue();
		assertThat(this.inbox.takeAll()).isNull();
		assertThat(this.inbox.push(item("a"))).isTrue();
		assertThat(this.inbox.push(item("b"))).isFalse();
		assertThat(this.inbox.isEmpty()).isFalse();
		assertThat(this.inbox.takeAll()).isNotNull();
		assertThat(this.inbox.isEmpty()).isTrue();
		assertThat(this.inbox.push(item("c"))).as("empty again").isTrue();
	}

	@Test
	void givesOutTheOldestFirstAndKnowsItsSize() {
		for (int i = 0; i < 5; i++) {
			assertThat(this.inbox.size()).isEqualTo(i);
			this.inbox.push(item("item-" + i));
		}
		assertThat(names(this.inbox.takeAll())).containsExactly("item-0", "item-1", "item-2", "item-3", "item-4");
		assertThat(this.inbox.size()).isZero();
		this.inbox.push(item("later"));
		assertThat(names(this.inbox.takeAll())).containsExactly("later");
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
		int chains = 0;
		while (!producers.stream().allMatch(FutureTask::isDone)) {
			chains += take(taken);
		}
		chains += take(taken);
		int firsts = 0;
		for (FutureTask<Integer> producer : producers) {
			firsts += Engines.get(producer);
		}
		assertThat(taken).hasSize(THREADS);
		assertThat(taken.values()).as("taken of each thread").containsOnly(EACH);
		assertThat(firsts).as("pushes that found it empty").isEqualTo(chains);
	}

	/** Returns how many pushes found the inbox empty. */
	private int produce(CountDownLatch start) throws InterruptedException {
		WorkDefinition definition = item("item").definition;
		start.await();
		int firsts = 0;
		for (int i = 0; i < EACH; i++) {
			EngineWorkItem item = new EngineWorkItem(definition);
			item.attempts = i;
			firsts += this.inbox.push(item) ? 1 : 0;
		}
		return firsts;
	}

	/** Counts what each thread has pushed, and checks the order. */
	private int take(Map<WorkDefinition, Integer> taken) {
		EngineWorkItem first = this.inbox.takeAll();
		for (EngineWorkItem item = first; item != null; item = item.next) {
			int before = taken.merge(item.definition, 1, Integer::sum) - 1;
			assertThat(item.attempts).as("number of the item").isEqualTo(before);
		}
		return (first != null) ? 1 : 0;
	}

	private static List<String> names(EngineWorkItem first) {
		List<String> names = new ArrayList<>();
		for (EngineWorkItem item = first; item != null; item = item.next) {
			names.add(item.name());
		}
		return names;
	}

	private EngineWorkItem item(String name) {
		return (EngineWorkItem) this.engine.initWork(name, (work) -> {
		});
	}

}
