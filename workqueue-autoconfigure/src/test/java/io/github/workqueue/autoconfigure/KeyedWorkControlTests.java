package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkControl;
import io.github.workqueue.annotation.DelayedWork;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools cancel and flush keyed work by the keys that they see; requests after that count
 * as if nothing had been.
 */
class KeyedWorkControlTests {

	@Test
	void actsOnTheKeyThatMergesNotOnTheArgument() {
		WorkqueueRunner.plain().withBean(Handlers.class).run((context) -> {
			KeyedWork<Order> bill = WorkqueueRunner.keyed(context, "bill");
			KeyedWorkControl control = (KeyedWorkControl) bill;
			bill.schedule(new Order("ann", 1));
			assertThat(control.cancelKey("bob")).isFalse();
			assertThat(control.cancelKey("ann")).isTrue();
			assertThat(bill.isPending(new Order("ann", 2))).isFalse();
			bill.schedule(new Order("ann", 3));
			control.flushKey("ann");
			assertThat(context.getBean(Calls.class).all()).containsExactly("bill 3");
			assertThat(control.cancelKey("ann")).isFalse();
		});
	}

	@Test
	void actsOnAllKeysOfABatch() {
		WorkqueueRunner.plain().withBean(Handlers.class).run((context) -> {
			KeyedWork<String> index = WorkqueueRunner.keyed(context, "index");
			KeyedWorkControl control = (KeyedWorkControl) index;
			Stream.of("a", "b", "c").forEach(index::schedule);
			assertThat(control.cancelKey(null)).isTrue();
			assertThat(control.cancelKey(null)).isFalse();
			assertThat(index.size()).isZero();
			Stream.of("c", "d").forEach((key) -> assertThat(index.schedule(key)).isTrue());
			control.flushKey(null);
			Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> index.size() == 0);
			assertThat(context.getBean(Calls.class).all()).containsExactly("index [c, d]");
		});
	}

	record Order(String customer, int number) {
	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@DelayedWork(name = "bill", delay = "1h", key = "#order.customer")
		void bill(Order order) {
			this.calls.add("bill " + order.number());
		}

		@DelayedWork(name = "index", delay = "1h", batchSize = 10)
		void index(List<String> keys) {
			this.calls.add("index " + keys);
		}

	}

}
