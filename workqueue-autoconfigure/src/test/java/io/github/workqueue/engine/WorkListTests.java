package io.github.workqueue.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The list behaves like a deque of the JDK, whatever is removed from its middle.
 */
class WorkListTests {

	private static final int ITEMS = 24;

	private static final int STEPS = 20_000;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final WorkList list = new WorkList();

	private final Deque<EngineWorkItem> model = new ArrayDeque<>();

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void behavesLikeADeque(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<EngineWorkItem> items = new ArrayList<>();
		for (int i = 0; i < ITEMS; i++) {
			items.add(item("item-" + i));
		}
		for (int step = 0; step < STEPS; step++) {
			move(items.get(random.nextInt(ITEMS)), random.nextInt(5) == 0);
			assertSame();
		}
	}

	private void move(EngineWorkItem item, boolean poll) {
		if (poll) {
			assertThat(this.list.poll()).isSameAs(this.model.poll());
		}
		else if (item.list == null) {
			this.list.append(item);
			this.model.addLast(item);
		}
		else {
			this.list.remove(item);
			this.model.remove(item);
		}
	}

	private void assertSame() {
		assertThat(this.list.size()).isEqualTo(this.model.size());
		assertThat(this.list.isEmpty()).isEqualTo(this.model.isEmpty());
		EngineWorkItem before = null;
		EngineWorkItem item = this.list.first();
		for (EngineWorkItem expected : this.model) {
			assertThat(item).isSameAs(expected);
			assertThat(item.previous).isSameAs(before);
			assertThat(item.list).isSameAs(this.list);
			before = item;
			item = item.next;
		}
		assertThat(item).as("what follows the last").isNull();
	}

	@Test
	void keepsNoLinkToARemovedItem() {
		EngineWorkItem first = item("first");
		EngineWorkItem middle = item("middle");
		EngineWorkItem last = item("last");
		List.of(first, middle, last).forEach(this.list::append);
		this.list.remove(middle);
		assertThat(middle.next).isNull();
		assertThat(middle.previous).isNull();
		assertThat(middle.list).isNull();
		assertThat(first.next).isSameAs(last);
		assertThat(last.previous).isSameAs(first);
	}

	@Test
	void anItemIsInOneListAtMost() {
		EngineWorkItem item = item("item");
		WorkList other = new WorkList();
		this.list.append(item);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> other.append(item))
			.withMessage("item is in a list already");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> other.remove(item))
			.withMessage("item is not in this list");
		assertThat(this.list.poll()).isSameAs(item);
		assertThat(this.list.poll()).isNull();
	}

	private EngineWorkItem item(String name) {
		return (EngineWorkItem) this.engine.initWork(name, (work) -> {
		});
	}

}
