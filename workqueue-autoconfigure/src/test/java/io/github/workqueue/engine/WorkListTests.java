package io.github.workqueue.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
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
		else if (item.place == WorkList.NOWHERE) {
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
		assertThat(this.list.first()).isSameAs(this.model.peekFirst());
		assertThat(this.list).containsExactlyElementsOf(this.model);
		assertThat(this.list).allSatisfy((item) -> assertThat(item.list).isSameAs(this.list));
	}

	@Test
	void growsAndKeepsTheOrder() {
		for (int i = 0; i < 1000; i++) {
			move(item("item-" + i), false);
		}
		assertSame();
		for (int i = 0; i < 500; i++) {
			move(this.model.peekFirst(), true);
			move(this.model.peekLast(), false);
		}
		assertSame();
	}

	/** The first item stays while others come and go. */
	@Test
	void gapsBehindAnItemThatStaysAreClosed() {
		move(item("first"), false);
		EngineWorkItem item = item("item");
		for (int i = 0; i < 1000; i++) {
			move(item, false);
		}
		assertSame();
		assertThat(this.list.capacity()).isLessThan(100);
	}

	@Test
	void aRingThatWasLargeOnceIsGivenBackWhileLessIsNeeded() {
		fill(1000);
		assertThat(this.list.capacity()).isGreaterThanOrEqualTo(1000);
		int large = this.list.capacity();
		fill(1000);
		assertThat(this.list.capacity()).as("while it is needed").isEqualTo(large);
		for (int i = 0; i < 10; i++) {
			fill(2);
		}
		assertThat(this.list.capacity()).isLessThan(100);
	}

	private void fill(int items) {
		for (int i = 0; i < items; i++) {
			this.list.append(item("item-" + i));
		}
		for (EngineWorkItem item = this.list.poll(); item != null; item = this.list.poll()) {
			assertThat(item.place).isEqualTo(WorkList.NOWHERE);
		}
	}

	@Test
	void anItemMayBeRemovedWhileTheListIsGoneOver() {
		for (int i = 0; i < 10; i++) {
			move(item("item-" + i), false);
		}
		int index = 0;
		for (EngineWorkItem item : this.list) {
			if (index++ % 3 != 1) {
				move(item, false);
			}
		}
		assertThat(this.list).extracting(EngineWorkItem::name).containsExactly("item-1", "item-4", "item-7");
		assertSame();
	}

	@Test
	void goesNoFurtherThanItsLastItem() {
		move(item("item"), false);
		Iterator<EngineWorkItem> all = this.list.iterator();
		all.next();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(all::next);
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
