package io.github.workqueue.engine;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OldestFirstTests {

	private final OldestFirst<Thing> order = new OldestFirst<>();

	@Test
	void thingsOfSeveralPoolsAreMergedByAge() {
		this.order.add(List.of(thing("a", 9), thing("c", 4)));
		this.order.add(List.of(thing("b", 7), thing("d", 2)));
		assertThat(this.order.toList()).extracting(Thing::name).containsExactly("a", "b", "c", "d");
	}

	@Test
	void thingsOfOnePoolKeepTheirOrderAndSeemNoOlderThanWhatIsBeforeThem() {
		this.order.add(List.of(thing("a", 5), thing("b", 8), thing("c", 6)));
		this.order.add(List.of(thing("d", 7)));
		assertThat(this.order.toList()).containsExactly(thing("d", 7), thing("a", 5), thing("b", 5), thing("c", 5));
	}

	@Test
	void agesThatDoNotRiseAreKept() {
		List<Thing> things = List.of(thing("a", 5), thing("b", 5), thing("c", 3));
		assertThat(OldestFirst.lowered(things)).isEqualTo(things);
	}

	private static Thing thing(String name, int seconds) {
		return new Thing(name, Duration.ofSeconds(seconds));
	}

	private record Thing(String name, Duration age) implements Aged<Thing> {

		@Override
		public Thing withAge(Duration age) {
			return new Thing(this.name, age);
		}

	}

}
