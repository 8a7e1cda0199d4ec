package io.github.workqueue.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkItemFacade;
import io.github.workqueue.Workqueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What an engine has not made, or does not have, is refused by its name. */
class BelongingTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(2).cpus(2));

	private final WorkqueueEngine other = this.engines.start(1);

	private final Gate gate = this.engines.gate();

	@Test
	void aWorkOfAnotherEngineIsRefusedAndStaysIdle() {
		WorkItem stranger = this.other.initWork("stranger", this.gate);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.schedule(stranger))
			.withMessageContaining("work 'stranger' belongs to another engine");
		assertThat(stranger.isPending()).isFalse();
	}

	@Test
	void aWorkThatNoEngineHasMadeIsRefused() {
		WorkItem stranger = stranger(null, WorkItem.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.schedule(stranger))
			.withMessageContaining("work 'stranger' belongs to another engine");
	}

	@Test
	void aWorkBehindAFacadeIsTheEnginesOwn() throws Exception {
		WorkItem work = this.engine.initWork("work", this.gate.passing());
		WorkItem facade = stranger(work, WorkItemFacade.class);
		assertThat(this.engine.schedule(stranger(facade, WorkItemFacade.class))).isTrue();
		this.gate.awaitStarts(1);
	}

	@Test
	void aWorkWithoutTimerBehindAFacadeWithOneIsRefused() {
		WorkItem plain = this.engine.initWork("plain", this.gate);
		DelayedWorkItem facade = (DelayedWorkItem) stranger(plain, WorkItemFacade.class, DelayedWorkItem.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.scheduleDelayed(facade, Duration.ofHours(1)))
			.withMessageContaining("work 'plain' has no timer");
		assertThat(plain.isPending()).isFalse();
	}

	@Test
	void aQueueOfAnotherEngineOrOfNoneIsRefused() {
		Workqueue none = stranger(null, Workqueue.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.initWork("work", none, this.gate))
			.withMessageContaining("workqueue 'stranger' belongs to another engine");
		Workqueue foreign = this.other.get("system_wq");
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.initWork("work", foreign, this.gate))
			.withMessageContaining("workqueue 'system_wq' belongs to another engine");
	}

	@ParameterizedTest
	@ValueSource(ints = { -2, 2 })
	void aCpuThatThereIsNotIsRefused(int cpu) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.workOnCpu(cpu, () -> 1))
			.withMessageContainingAll("'cpu' is " + cpu, "0 to 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void aBlankNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.initWork(name, this.gate))
			.withMessage("'name' must not be blank");
	}

	@Test
	void aSecondHoldChangesNothingAndOneReleaseEndsIt() throws Exception {
		this.engine.hold();
		this.engine.hold();
		Engines.queue(this.engine, "held", this.gate.passing());
		assertThat(Engines.stats(this.engine, "system_wq").started()).isZero();
		this.engine.release();
		this.gate.awaitStarts(1);
		this.engine.release();
		Engines.queue(this.engine, "next", this.gate.passing());
		this.gate.awaitStarts(1);
	}

	/** Something of these types that is called stranger, before a target if any. */
	@SuppressWarnings("unchecked")
	private static <T> T stranger(Object target, Class<T> type, Class<?>... more) {
		Class<?>[] types = (more.length > 0) ? new Class<?>[] { type, more[0] } : new Class<?>[] { type };
		return (T) Proxy.newProxyInstance(type.getClassLoader(), types,
				(proxy, method, arguments) -> switch (method.getName()) {
					case "name" -> "stranger";
					case "target" -> target;
					default -> throw new AssertionError(method);
				});
	}

}
