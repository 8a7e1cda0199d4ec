package io.github.workqueue.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers did, in the order in which they did it.
 */
class Calls {

	private final List<Object> calls = new CopyOnWriteArrayList<>();

	void add(Object call) {
		this.calls.add(call);
	}

	List<Object> all() {
		return List.copyOf(this.calls);
	}

	/** Waits until exactly these calls were made, in this order. */
	void awaitExactly(Object... expected) {
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(2))
			.until(this.calls::size, (size) -> size >= expected.length);
		assertThat(this.calls).containsExactly(expected);
	}

}
