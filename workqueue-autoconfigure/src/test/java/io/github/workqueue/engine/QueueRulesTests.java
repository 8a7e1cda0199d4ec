package io.github.workqueue.engine;

import java.util.stream.Stream;

import io.github.workqueue.WhenFull;
import io.github.workqueue.WorkqueueFlag;
import io.github.workqueue.WorkqueueSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.workqueue.WorkqueueFlag.BH;
import static io.github.workqueue.WorkqueueFlag.CPU_INTENSIVE;
import static io.github.workqueue.WorkqueueFlag.FREEZABLE;
import static io.github.workqueue.WorkqueueFlag.HIGHPRI;
import static io.github.workqueue.WorkqueueFlag.MEM_RECLAIM;
import static io.github.workqueue.WorkqueueFlag.PERCPU;
import static io.github.workqueue.WorkqueueFlag.POWER_EFFICIENT;
import static io.github.workqueue.WorkqueueFlag.UNBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Which flags and limits go together, and what they become.
 */
class QueueRulesTests {

	private final EngineSettings settings = EngineSettings.builder().cpus(2).build();

	static Stream<Arguments> contradictions() {
		return Stream.of(Arguments.of(named().flags(PERCPU, UNBOUND), "PERCPU and UNBOUND"),
				Arguments.of(named().flags(CPU_INTENSIVE, UNBOUND), "CPU_INTENSIVE and UNBOUND"),
				Arguments.of(named().flags(BH).maxActive(1), "BH queue takes no maxActive"),
				Arguments.of(ordered().flags(PERCPU), "ordered queue cannot be PERCPU"),
				Arguments.of(ordered().flags(CPU_INTENSIVE), "ordered queue cannot be CPU_INTENSIVE"),
				Arguments.of(ordered().flags(BH), "ordered queue cannot be BH"),
				Arguments.of(ordered().maxActive(2), "maxActive of an ordered queue is 1, but it is 2"),
				Arguments.of(named().maxActive(-1), "maxActive is -1; it must be 1 to 2048"),
				Arguments.of(named().maxActive(2049), "maxActive is 2049; it must be 1 to 2048"),
				Arguments.of(named().minActive(1), "minActive needs UNBOUND and no order, but it is 1 with PERCPU"),
				Arguments.of(ordered().minActive(1),
						"minActive needs UNBOUND and no order, but it is 1 with an ordered queue"),
				Arguments.of(named().flags(UNBOUND).minActive(0), "minActive is 0; it must be 1 to maxActive"),
				Arguments.of(named().flags(UNBOUND).maxActive(4).minActive(5), "minActive is 5; it must be 1 to"),
				Arguments.of(named().maxPending(-1, WhenFull.REJECT), "maxPending is -1"));
	}

	@ParameterizedTest
	@MethodSource("contradictions")
	void aContradictionIsRefusedByName(WorkqueueSpec spec, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> rules(spec)).withMessageContainingAll("'queue'", message);
	}

	@ParameterizedTest
	@EnumSource(value = WorkqueueFlag.class, mode = EnumSource.Mode.EXCLUDE, names = { "BH", "HIGHPRI", "PERCPU" })
	void bhGoesWithNoOtherFlag(WorkqueueFlag flag) {
		assertThatIllegalArgumentException().isThrownBy(() -> rules(named().flags(BH, flag)))
			.withMessageContaining("BH and " + flag);
	}

	@Test
	void aQueueWithoutFlagsIsPerCpu() {
		QueueRules rules = rules(named());
		assertThat(rules.flags()).containsExactly(PERCPU);
		assertThat(rules.maxActive()).isEqualTo(1024);
		assertThat(rules.isUnbound() || rules.isBh() || rules.isHighpri() || rules.hasMinActive()).isFalse();
	}

	@Test
	void aBhQueueIsPerCpuAndHasNoLimit() {
		QueueRules rules = rules(named().flags(BH, HIGHPRI));
		assertThat(rules.flags()).containsExactlyInAnyOrder(BH, HIGHPRI, PERCPU);
		assertThat(rules.maxActive()).isZero();
		assertThat(rules.isBh() && rules.isHighpri()).isTrue();
	}

	@Test
	void anOrderedQueueIsUnboundWithOneActiveItem() {
		QueueRules rules = rules(ordered().flags(FREEZABLE, MEM_RECLAIM).maxActive(1));
		assertThat(rules.flags()).containsExactlyInAnyOrder(FREEZABLE, MEM_RECLAIM, UNBOUND);
		assertThat(rules.maxActive()).isEqualTo(1);
		assertThat(rules.ordered() && rules.isUnbound()).isTrue();
		assertThat(rules.hasMinActive()).isFalse();
	}

	@Test
	void powerSavingMakesPowerEfficientQueuesUnbound() {
		WorkqueueSpec spec = named().flags(PERCPU, POWER_EFFICIENT);
		EngineSettings saving = EngineSettings.builder().powerEfficient(true).build();
		assertThat(rules(spec).flags()).containsExactlyInAnyOrder(PERCPU, POWER_EFFICIENT);
		assertThat(QueueRules.of(spec, false, saving).flags()).containsExactlyInAnyOrder(UNBOUND, POWER_EFFICIENT);
		assertThat(QueueRules.of(named(), false, saving).flags()).containsExactly(PERCPU);
	}

	@Test
	void theLeastLimitIsEightOrAllThereIs() {
		assertThat(rules(named().flags(UNBOUND)).minActive()).isEqualTo(8);
		assertThat(rules(named().flags(UNBOUND).maxActive(3)).minActive()).isEqualTo(3);
		assertThat(rules(named().flags(UNBOUND).maxActive(3).minActive(2)).minActive()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 2049 })
	void aNewLimitOutOfRangeIsRefused(int maxActive) {
		assertThatIllegalArgumentException().isThrownBy(() -> rules(named()).checkMaxActive(maxActive))
			.withMessageContainingAll("'queue'", "maxActive is " + maxActive, "1 to 2048");
	}

	@Test
	void limitsAtTheEndsOfTheirRangesAreRight() {
		assertThat(rules(named().maxActive(1)).maxActive()).isEqualTo(1);
		assertThat(rules(named().maxActive(2048)).maxActive()).isEqualTo(2048);
		assertThat(rules(named().flags(UNBOUND).maxActive(4).minActive(1)).minActive()).isEqualTo(1);
		assertThat(rules(named().flags(UNBOUND).maxActive(4).minActive(4)).minActive()).isEqualTo(4);
		QueueRules unbound = rules(named().flags(UNBOUND));
		assertThatNoException().isThrownBy(() -> unbound.checkMaxActive(1));
		assertThatNoException().isThrownBy(() -> unbound.checkMaxActive(2048));
		assertThatNoException().isThrownBy(() -> unbound.checkMinActive(1, 4));
		assertThatIllegalArgumentException().isThrownBy(() -> unbound.checkMinActive(0, 4))
			.withMessageContaining("minActive is 0");
	}

	@Test
	void theLimitOfOrderedAndBhQueuesIsFixed() {
		assertThatIllegalStateException().isThrownBy(() -> rules(ordered()).checkMaxActive(1))
			.withMessageContaining("ordered");
		assertThatIllegalStateException().isThrownBy(() -> rules(named().flags(BH)).checkMaxActive(1))
			.withMessageContaining("BH");
	}

	@Test
	void onlyUnorderedUnboundQueuesHaveALeastLimit() {
		assertThatIllegalStateException().isThrownBy(() -> rules(named()).checkMinActive(1, 4))
			.withMessageContaining("PERCPU");
		assertThatIllegalStateException().isThrownBy(() -> rules(ordered()).checkMinActive(1, 1))
			.withMessageContaining("ordered");
		QueueRules unbound = rules(named().flags(UNBOUND));
		unbound.checkMinActive(4, 4);
		assertThatIllegalArgumentException().isThrownBy(() -> unbound.checkMinActive(5, 4))
			.withMessageContaining("minActive is 5; it must be 1 to maxActive, 4");
	}

	@Test
	void onlyUnboundQueuesThatWantThemGetVirtualThreads() {
		EngineSettings wanting = EngineSettings.builder().virtualThreads(true).build();
		boolean there = WorkerThreads.hasVirtual();
		assertThat(QueueRules.of(named().flags(UNBOUND), false, wanting).virtual()).isEqualTo(there);
		assertThat(rules(named().flags(UNBOUND).virtualThreads(true)).virtual()).isEqualTo(there);
		assertThat(rules(named().flags(UNBOUND)).virtual()).isFalse();
		assertThat(QueueRules.of(named().flags(UNBOUND).virtualThreads(false), false, wanting).virtual()).isFalse();
		assertThat(QueueRules.of(named(), false, wanting).virtual()).isFalse();
	}

	@Test
	void anUnboundOrderedQueueHasNoLeastLimitEither() {
		assertThatIllegalArgumentException().isThrownBy(() -> rules(ordered().flags(UNBOUND).minActive(1)))
			.withMessageContaining("minActive needs UNBOUND and no order, but it is 1 with an ordered queue");
	}

	private static WorkqueueSpec named() {
		return WorkqueueSpec.named("queue");
	}

	private static WorkqueueSpec ordered() {
		return WorkqueueSpec.ordered("queue");
	}

	private QueueRules rules(WorkqueueSpec spec) {
		return QueueRules.of(spec, false, this.settings);
	}

}
