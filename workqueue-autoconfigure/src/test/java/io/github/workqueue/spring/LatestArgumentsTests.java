package io.github.workqueue.spring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.WorkRejectedException;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which argument a run finds while requests are under way, each interleaving by hand.
 */
class LatestArgumentsTests {

	private static final String KEY = "key";

	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).build());

	private final KeyedWork<Object> work = this.engine.initKeyedWork("work", this.engine.get("system_wq"), (key) -> {
	});

	private final LatestArguments arguments = new LatestArguments(this.work);

	@BeforeEach
	void makePending() {
		assertThat(request("accepted", true)).isTrue();
	}

	@AfterEach
	void nothingIsRetained() {
		this.work.cancel(KEY);
		this.arguments.release(KEY);
		assertThat(this.arguments.size()).isZero();
		this.engine.close();
	}

	@Test
	void aRefusedArgumentCeasesToCount() {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> request("refused", this::refuse));
		assertThat(this.arguments.take(KEY)).isEqualTo("accepted");
	}

	@Test
	void anArgumentCountsBeforeItsRequestIsMade() {
		List<Object> taken = new ArrayList<>();
		assertThat(request("merged", () -> !taken.add(this.arguments.take(KEY)))).isFalse();
		assertThat(taken).containsExactly("merged");
	}

	@Test
	void aRefusedRequestThatARunHasTakenWasServed() {
		List<Object> taken = new ArrayList<>();
		assertThat(this.arguments.request(KEY, "served", () -> {
			taken.add(this.arguments.take(KEY));
			return refuse();
		}, false)).isFalse();
		assertThat(taken).containsExactly("served");
		assertThat(this.arguments.take(KEY)).as("what the next attempt takes").isEqualTo("served");
	}

	@Test
	void aRequestThatWasMadeMeanwhileStaysTheLatest() {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> request("refused", () -> {
			request("later", false);
			return refuse();
		}));
		assertThat(this.arguments.take(KEY)).isEqualTo("later");
		request("earlier", () -> request("latest", false));
		assertThat(this.arguments.take(KEY)).isEqualTo("latest");
	}

	@Test
	void twoRefusedRequestsLeaveWhatWasAccepted() {
		assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> request("one", () -> {
			assertThatExceptionOfType(WorkRejectedException.class).isThrownBy(() -> request("two", this::refuse));
			return refuse();
		}));
		assertThat(this.arguments.take(KEY)).isEqualTo("accepted");
	}

	@Test
	void whatElseARequestThrowsGoesToItsCallerEvenIfARunHasItsArgument() {
		assertThatIllegalStateException().isThrownBy(() -> request("failing", () -> {
			this.arguments.take(KEY);
			throw new IllegalStateException("no context");
		}));
	}

	private boolean request(String argument, boolean schedule) {
		return request(argument, () -> schedule && this.work.schedule(KEY, Duration.ofHours(1)));
	}

	private boolean request(String argument, BooleanSupplier call) {
		return this.arguments.request(KEY, argument, call, false);
	}

	private boolean refuse() {
		throw new WorkRejectedException("work", "queue", "full");
	}

}
