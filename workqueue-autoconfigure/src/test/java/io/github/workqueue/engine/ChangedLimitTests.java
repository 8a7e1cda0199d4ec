package io.github.workqueue.engine;

import java.time.Duration;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Limits that are changed while items wait for them, by one thread after the other.
 */
class ChangedLimitTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines
		.start(Engines.settings(1).timeSource(new ManualTime()).watchdogThreshold(Duration.ZERO));

	private final Gate gate = this.engines.gate();

	private final Gate next = this.engines.gate();

	@ParameterizedTest
	@EnumSource(names = { "UNBOUND", "CPU_INTENSIVE" })
	void whatARaisedLimitLetsThroughStartsAtOnceAndWithoutTheMonitor(WorkqueueFlag flag) throws Exception {
		this.engine.monitor.stop();
		Workqueue queue = this.engine.alloc("queue", 1, flag);
		Engines.queue(this.engine, queue, "first", this.gate);
		this.gate.awaitStarts(1);
		Engines.queue(this.engine, queue, "second", this.next);
		Engines.queue(this.engine, queue, "third", this.next);
		queue.setMaxActive(2);
		this.next.awaitStarts(1);
		assertThat(this.next.hasStarted()).as("the third, too").isFalse();
		assertThat(((EngineWorkqueue) queue).links()[0].hasInactive()).isTrue();
	}

	@Test
	void theLesserLimitIsNeverAboveTheGreater() {
		ActiveLimits limits = limits();
		limits.setMaxActive(8);
		limits.setMinActive(4);
		assertThat(limits.minActive()).isEqualTo(4);
		limits.setMaxActive(2);
		assertThat(limits.minActive()).isEqualTo(2);
		assertThat(limits.maxActive()).isEqualTo(2);
		assertThat(limits.current()).isEqualTo(2);
		limits.setMaxActive(8);
		assertThat(limits.minActive()).as("as it was set or lowered last").isEqualTo(2);
	}

	@Test
	void everyThreadMayChangeTheLimitsAfterwards() throws Exception {
		ActiveLimits limits = limits();
		limits.setMaxActive(8);
		elsewhere(() -> limits.setMaxActive(6));
		elsewhere(() -> limits.setMinActive(3));
		limits.setMinActive(2);
		elsewhere(limits::update);
		assertThatIllegalArgumentException().isThrownBy(() -> limits.setMinActive(7));
		assertThatIllegalArgumentException().isThrownBy(() -> limits.setMaxActive(0));
		elsewhere(() -> limits.setMinActive(5));
		assertThat(limits.maxActive()).isEqualTo(6);
		assertThat(limits.minActive()).isEqualTo(5);
	}

	private static void elsewhere(Runnable change) throws Exception {
		Engines.get(Engines.async(() -> {
			change.run();
			return null;
		}));
	}

	private ActiveLimits limits() {
		return new ActiveLimits(this.engine.own(this.engine.alloc("limited", 8, WorkqueueFlag.UNBOUND)));
	}

}
