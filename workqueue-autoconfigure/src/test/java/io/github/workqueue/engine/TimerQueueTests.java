package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.workqueue.WorkHandler;
import io.github.workqueue.WorkItem;
import io.github.workqueue.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Timers before the first and after the end. */
class TimerQueueTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(1);

	private final EngineWorkqueue home = this.engine.own(this.engine.get("system_wq"));

	private final EngineDelayedWorkItem item = new EngineDelayedWorkItem(
			new WorkDefinition("item", this.home, (WorkHandler) WorkItem::name));

	private final ManualTime time = new ManualTime();

	private final TimerQueue timers = new TimerQueue(this.time, new Transit(this.time), Tuning.DEFAULT);

	@Test
	void beforeTheFirstTimerThereIsNothingToSteal() {
		assertThat(this.timers.size()).isZero();
		assertThat(this.timers.steal(this.item)).isFalse();
		assertThat(this.timers.stealAll((any) -> true)).isEmpty();
		this.timers.forEach((any) -> assertThat(any).as("nobody").isNull());
	}

	@Test
	void aTimerThatIsArmedAfterTheEndStartsNoThreadAndCanBeStolen() {
		Set<Thread> before = timerThreads();
		this.timers.stop();
		this.item.tryTake();
		this.timers.arm(this.item, 0, EngineDelayedWorkItem.Kind.PLAIN);
		assertThat(before).containsAll(timerThreads());
		List<EngineDelayedWorkItem> due = new ArrayList<>();
		assertThat(this.timers.collect(due)).isNegative();
		assertThat(due).isEmpty();
		assertThat(this.timers.size()).isOne();
		assertThat(this.timers.steal(this.item)).isTrue();
		assertThat(this.timers.steal(this.item)).as("again").isFalse();
		assertThat(this.timers.size()).isZero();
	}

	private static Set<Thread> timerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("kworkqueue/timer"))
			.collect(Collectors.toSet());
	}

}
