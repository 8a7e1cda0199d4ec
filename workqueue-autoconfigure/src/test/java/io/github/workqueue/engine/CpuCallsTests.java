package io.github.workqueue.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Functions that run on given CPUs while the caller waits.
 */
class CpuCallsTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(3);

	private final Gate gate = this.engines.gate();

	@Test
	void aFunctionRunsOnceOnEachCpuBeforeTheCallReturns() throws Exception {
		List<String> workers = new CopyOnWriteArrayList<>();
		FutureTask<Void> call = Engines.async(() -> {
			this.engine.scheduleOnEachCpu(() -> {
				handle();
				workers.add(Thread.currentThread().getName().replaceAll(":.*", ""));
			});
			return null;
		});
		this.gate.awaitStarts(this.engine.cpus());
		this.gate.letGo(this.engine.cpus() - 1);
		Engines.until("all but one have ended", () -> workers.size() == this.engine.cpus() - 1);
		assertThat(call).isNotDone();
		this.gate.letGo(1);
		Engines.get(call);
		assertThat(workers).containsExactlyInAnyOrder("kworker/0", "kworker/1", "kworker/2");
	}

	private void handle() {
		try {
			this.gate.handle(null);
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void aCallReturnsWhatItsFunctionReturns() throws Exception {
		String worker = this.engine.workOnCpu(2, () -> Thread.currentThread().getName());
		assertThat(worker).startsWith("kworker/2:");
	}

	@Test
	void aCallThrowsWhatItsFunctionThrows() {
		IOException failure = new IOException("on purpose");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.engine.workOnCpu(0, () -> {
			throw failure;
		})).isSameAs(failure);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.workOnCpu(3, () -> ""))
			.withMessageContaining("'cpu'");
	}

	@Test
	void aCallThrowsTheErrorOfItsFunction() {
		StackOverflowError error = new StackOverflowError("on purpose");
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.engine.workOnCpu(0, () -> {
			throw error;
		})).isSameAs(error);
	}

	@Test
	void aCallWhoseFunctionNeverRanBecauseTheEngineWasClosedSaysSo() throws Exception {
		WorkqueueEngine closing = this.engines
			.start(Engines.settings(1).maxWorkers(1).drainTimeout(Duration.ofMillis(20)));
		Engines.queue(closing, "ahead", this.gate);
		this.gate.awaitStarts(1);
		FutureTask<String> call = Engines.async(() -> closing.workOnCpu(0, () -> "ran"));
		Engines.untilWaiting(List.of(call));
		closing.close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> Engines.get(call))
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("the function did not run: the workqueue engine was closed meanwhile");
	}

}
