package io.github.workqueue.engine;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.github.workqueue.engine.ThreadProbe.NativeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lines of {@code /proc/self/task/TID/stat} say.
 */
class ProcStatesTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			12 (java) S 1 12,                  SLEEPING
			12 (java) D 1 12,                  SLEEPING
			12 (java) R 1 12,                  RUNNING
			12 (java) T 1 12,                  RUNNING
			12 (kworker/0:1+a b) R 1 12,       RUNNING
			12 (x) R (y) S 3 4,                SLEEPING
			12 (a) S 1 () R 1 12,              RUNNING
			12 (java),                         UNKNOWN
			12 (java) ,                        UNKNOWN
			'',                                UNKNOWN
			""")
	void theStateStandsBehindTheLastBracket(String stat, NativeState state) {
		assertThat(ProcStates.parse(StandardCharsets.US_ASCII.encode(stat))).isEqualTo(state);
	}

	@Test
	void aCutOffLineIsEnough() {
		String line = "12 (kworker/0:1+a) S 1 " + "1234567890 ".repeat(30);
		ByteBuffer cut = StandardCharsets.US_ASCII.encode(line).limit(128);
		assertThat(ProcStates.parse(cut)).isEqualTo(NativeState.SLEEPING);
	}

	@Test
	void aThreadThatDoesNotExistIsUnknown() {
		ProcStates states = new ProcStates();
		assertThat(states.of(0)).isEqualTo(NativeState.UNKNOWN);
		assertThat(states.of(Long.MAX_VALUE)).isEqualTo(NativeState.UNKNOWN);
		states.close();
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThreadIsFollowedFromLookToLook() throws Exception {
		ProcStates states = new ProcStates();
		CompletableFuture<Long> tid = new CompletableFuture<>();
		Selector selector = Selector.open();
		Gate gate = new Gate();
		Thread thread = new Thread(() -> {
			tid.complete(ProcStates.currentTid());
			while (!gate.isOpen()) {
				Thread.onSpinWait();
			}
			try {
				selector.select();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, "odd) R (name");
		thread.start();
		assertThat(states.of(tid.get())).isEqualTo(NativeState.RUNNING);
		gate.open();
		Engines.until("it sleeps", () -> states.of(tid.get()) == NativeState.SLEEPING);
		states.close();
		assertThat(states.of(tid.get())).as("usable after close").isEqualTo(NativeState.SLEEPING);
		selector.wakeup();
		thread.join();
		Engines.until("it is gone", () -> states.of(tid.get()) == NativeState.UNKNOWN);
		states.close();
		selector.close();
	}

}
