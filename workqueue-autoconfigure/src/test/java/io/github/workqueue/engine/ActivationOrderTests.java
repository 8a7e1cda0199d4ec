package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Items become active in the order of their requests, as many as the limit allows and at
 * once, whatever happens to the limit and however often the engine is frozen.
 */
class ActivationOrderTests {

	private static final int STEPS = 60;

	private static final int MOST = 6;

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final Set<String> started = ConcurrentHashMap.newKeySet();

	private int requested;

	private int expected;

	private int running;

	private int limit = 1;

	private boolean frozen;

	/** What random steps start is known before, and is always what came first. */
	@ParameterizedTest
	@EnumSource(value = WorkqueueFlag.class, names = { "PERCPU", "UNBOUND" })
	void whatCameFirstStartsFirstAndAtOnce(WorkqueueFlag kind) throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", this.limit, kind, WorkqueueFlag.FREEZABLE);
		SplittableRandom random = new SplittableRandom(7);
		for (int step = 0; step < STEPS; step++) {
			take(random.nextInt(6), random, engine, queue);
			startsWhatMay();
			assertThat(this.started).as("started after step %d", step).isEqualTo(first(this.expected));
		}
		assertThat(this.expected).as("items that have started").isGreaterThan(MOST);
	}

	private void take(int choice, SplittableRandom random, WorkqueueEngine engine, Workqueue queue) {
		switch (choice) {
			case 0, 1 -> {
				for (int i = 0; i < 3; i++) {
					request(engine, queue);
				}
			}
			case 2 -> {
				this.limit = 1 + random.nextInt(MOST);
				queue.setMaxActive(this.limit);
			}
			case 3 -> {
				this.frozen = !this.frozen;
				if (this.frozen) {
					engine.freeze();
				}
				else {
					engine.thaw();
				}
			}
			default -> end();
		}
	}

	private void request(WorkqueueEngine engine, Workqueue queue) {
		Engines.queue(engine, queue, "item-" + this.requested, (work) -> {
			this.started.add(work.name());
			this.gate.handle(work);
		});
		this.requested++;
	}

	private void end() {
		if (this.running > 0) {
			int before = this.gate.ended.get();
			this.gate.letGo(1);
			Engines.until("one has ended", () -> this.gate.ended.get() == before + 1);
			this.running--;
		}
	}

	private void startsWhatMay() throws InterruptedException {
		int room = this.frozen ? 0 : Math.max(0, this.limit - this.running);
		int more = Math.min(room, this.requested - this.expected);
		this.expected += more;
		this.running += more;
		this.gate.awaitStarts(more);
	}

	private static Set<String> first(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "item-" + i).collect(Collectors.toSet());
	}

	@Test
	void theLimitIsOneForEachCpu() throws Exception {
		WorkqueueEngine engine = this.engines.start(2);
		Workqueue queue = engine.alloc("queue", 2);
		for (int i = 0; i < 6; i++) {
			queue.queueOn(i % 2, engine.initWork("item-" + i, queue, this.gate));
		}
		this.gate.awaitStarts(4);
		assertThat(engine.inspectWorkqueue("queue").orElseThrow().inactive()).isEqualTo(2);
		assertThat(this.gate.hasStarted()).isFalse();
	}

	/** As many items as the limit says may wait for each other. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 8 })
	void itemsOfAnUnboundQueueMayWaitForEachOther(int count) throws Exception {
		WorkqueueEngine engine = this.engines.start(1);
		Workqueue queue = engine.alloc("queue", count, WorkqueueFlag.UNBOUND);
		assertThat(queue.minActive()).isEqualTo(count);
		List<Gate> gates = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			gates.add(this.engines.gate());
		}
		for (int i = 0; i < count; i++) {
			Gate own = gates.get(i);
			Engines.queue(engine, queue, "item-" + i, (work) -> {
				gates.forEach((other) -> other.letGo(1));
				for (int others = 0; others < count; others++) {
					own.handle(work);
				}
			});
		}
		assertThat(queue.flush(Engines.PATIENCE)).isTrue();
	}

}
