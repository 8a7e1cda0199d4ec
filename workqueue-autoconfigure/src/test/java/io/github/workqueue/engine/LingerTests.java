package io.github.workqueue.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long workers go on waiting for items that do not come. */
class LingerTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final WorkerPool pool = this.engine.pool(0);

	private final Linger linger = new Linger(this.pool);

	@Test
	void workersStopWaitingAfterManyRestsInARow() {
		assertThat(rests(Linger.VAIN)).isEqualTo(Linger.VAIN);
		assertThat(isWorthwhile()).isFalse();
	}

	@Test
	void theyWaitInATenthOfAllRestsToLearnWhetherItPaysAgain() {
		assertThat(rests(10 * Linger.AGAIN)).isEqualTo(Linger.AGAIN);
		assertThat(isWorthwhile()).isTrue();
	}

	@Test
	void anItemThatCameInTimeStartsTheCountAnew() {
		rests(Linger.VAIN - 1);
		paid();
		assertThat(rests(Linger.VAIN)).isEqualTo(Linger.VAIN);
		paid();
		assertThat(isWorthwhile()).isTrue();
	}

	/** Both where a worker waits counted and where it waits among the idle ones. */
	@ParameterizedTest
	@ValueSource(strings = { "system_wq", "system_unbound_wq" })
	void aPoolCountsWhatItsWorkersWaitForInVain(String queue) throws Exception {
		AtomicReference<WorkerPool> pool = new AtomicReference<>();
		WorkItem item = this.engine.initWork("item", this.engine.get(queue),
				(WorkHandler) (work) -> pool.set(Objects.requireNonNull(Worker.current()).pool));
		for (int i = 0; i < Linger.VAIN; i++) {
			assertThat(item.schedule()).isTrue();
			item.flush();
			Engines.until("the workers rest", () -> Engines.othersRest(pool.get(), 0));
		}
		assertThat(locked(pool.get(), pool.get().linger::isWorthwhile)).isFalse();
	}

	private void paid() {
		locked(this.pool, () -> {
			this.linger.paid();
			return true;
		});
	}

	private boolean isWorthwhile() {
		return locked(this.pool, this.linger::isWorthwhile);
	}

	/** Returns how many of the rests had a wait before them. */
	private int rests(int count) {
		return locked(this.pool, () -> {
			int waits = 0;
			for (int i = 0; i < count; i++) {
				waits += (this.linger.isWorthwhile()) ? 1 : 0;
				this.linger.rests();
			}
			return waits;
		});
	}

	private static <T> T locked(WorkerPool pool, Supplier<T> question) {
		pool.lock.lock();
		try {
			return question.get();
		}
		finally {
			pool.lock.unlock();
		}
	}

}
