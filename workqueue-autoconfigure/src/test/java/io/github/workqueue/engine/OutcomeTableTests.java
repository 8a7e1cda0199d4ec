package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.WorkItem;
import io.github.workqueue.Workqueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What each call does in each state of an item: the kernel's table, with this port's
 * decisions. A row is "state call result place depth", where the result "waits:R" is one
 * that comes only after the item, or what runs before it, has ended.
 */
class OutcomeTableTests {

	private static final Duration LONG = Duration.ofHours(1);

	private static final String PLAIN_ROWS = """
			IDLE            queue           true         QUEUED  0
			IDLE            cancel          false        NONE    0
			IDLE            cancelSync      false        NONE    0
			IDLE            disable         false        NONE    1
			IDLE            disableSync     false        NONE    1
			IDLE            enable          error        NONE    0
			IDLE            enableAndQueue  error        NONE    0
			IDLE            flush           false        NONE    0
			QUEUED          queue           false        QUEUED  0
			QUEUED          cancel          true         NONE    0
			QUEUED          cancelSync      true         NONE    0
			QUEUED          disable         true         NONE    1
			QUEUED          disableSync     true         NONE    1
			QUEUED          enable          error        QUEUED  0
			QUEUED          enableAndQueue  error        QUEUED  0
			QUEUED          flush           waits:true   NONE    0
			RUNNING         queue           true         QUEUED  0
			RUNNING         cancel          false        NONE    0
			RUNNING         cancelSync      waits:false  NONE    0
			RUNNING         disable         false        NONE    1
			RUNNING         disableSync     waits:false  NONE    1
			RUNNING         enable          error        NONE    0
			RUNNING         flush           waits:true   NONE    0
			RUNNING_QUEUED  queue           false        QUEUED  0
			RUNNING_QUEUED  cancel          true         NONE    0
			RUNNING_QUEUED  cancelSync      waits:true   NONE    0
			RUNNING_QUEUED  disable         true         NONE    1
			RUNNING_QUEUED  disableSync     waits:true   NONE    1
			RUNNING_QUEUED  enable          error        QUEUED  0
			RUNNING_QUEUED  flush           waits:true   NONE    0
			DISABLED        queue           false        NONE    1
			DISABLED        cancel          false        NONE    1
			DISABLED        cancelSync      false        NONE    1
			DISABLED        disable         false        NONE    2
			DISABLED        disableSync     false        NONE    2
			DISABLED        enable          true         NONE    0
			DISABLED        enableAndQueue  true         QUEUED  0
			DISABLED        flush           false        NONE    1
			DISABLED_TWICE  enable          false        NONE    1
			DISABLED_TWICE  enableAndQueue  false        NONE    1
			RUNNING_DISABLED queue          false        NONE    1
			RUNNING_DISABLED cancel         false        NONE    1
			RUNNING_DISABLED cancelSync     waits:false  NONE    1
			RUNNING_DISABLED disableSync    waits:false  NONE    2
			RUNNING_DISABLED enable         true         NONE    0
			RUNNING_DISABLED enableAndQueue true         QUEUED  0
			RUNNING_DISABLED flush          waits:true   NONE    1
			""";

	private static final String DELAYED_ROWS = """
			IDLE            queueDelayed    true         TIMER   0
			IDLE            modDelayed      false        TIMER   0
			IDLE            modNow          false        QUEUED  0
			TIMER           queue           false        TIMER   0
			TIMER           queueDelayed    false        TIMER   0
			TIMER           modDelayed      true         TIMER   0
			TIMER           modNow          true         QUEUED  0
			TIMER           cancel          true         NONE    0
			TIMER           cancelSync      true         NONE    0
			TIMER           disable         true         NONE    1
			TIMER           disableSync     true         NONE    1
			TIMER           enable          error        TIMER   0
			TIMER           enableAndQueue  error        TIMER   0
			TIMER           flush           waits:true   NONE    0
			QUEUED          queueDelayed    false        QUEUED  0
			QUEUED          modDelayed      true         TIMER   0
			QUEUED          modNow          true         QUEUED  0
			RUNNING         queueDelayed    true         TIMER   0
			RUNNING         modDelayed      false        TIMER   0
			RUNNING         modNow          false        QUEUED  0
			RUNNING_QUEUED  queueDelayed    false        QUEUED  0
			RUNNING_QUEUED  modDelayed      true         TIMER   0
			RUNNING_QUEUED  modNow          true         QUEUED  0
			DISABLED        queueDelayed    false        NONE    1
			DISABLED        modDelayed      false        NONE    1
			DISABLED        modNow          false        NONE    1
			RUNNING_DISABLED queueDelayed   false        NONE    1
			RUNNING_DISABLED modDelayed     false        NONE    1
			""";

	@RegisterExtension
	final Engines engines = new Engines();

	/** What else runs on the queue, so that queued items stay queued. */
	private final Gate blocker = this.engines.gate();

	private final Gate gate = this.engines.gate();

	private Workqueue queue;

	private EngineWorkItem item;

	static Stream<String> plainRows() {
		return PLAIN_ROWS.lines();
	}

	static Stream<String> delayedRows() {
		return Stream.concat(PLAIN_ROWS.lines(), DELAYED_ROWS.lines());
	}

	@ParameterizedTest
	@MethodSource("plainRows")
	void plainWork(String row) throws Exception {
		WorkqueueEngine engine = start();
		this.item = (EngineWorkItem) engine.initWork("item", this.queue, this.gate);
		check(engine, row.split("\\s+"));
	}

	@ParameterizedTest
	@MethodSource("delayedRows")
	void delayedWork(String row) throws Exception {
		WorkqueueEngine engine = start();
		this.item = (EngineWorkItem) engine.initDelayedWork("item", this.queue, this.gate);
		check(engine, row.split("\\s+"));
	}

	private WorkqueueEngine start() {
		WorkqueueEngine engine = this.engines.start(1);
		this.queue = engine.alloc("queue", 1);
		return engine;
	}

	private void check(WorkqueueEngine engine, String[] row) throws Exception {
		bring(engine, row[0]);
		switch (row[2]) {
			case "error" -> assertThatIllegalStateException().isThrownBy(() -> call(row[1]))
				.withMessageContaining("'item' is not disabled");
			case "true", "false" -> assertThat(call(row[1])).isEqualTo(Boolean.valueOf(row[2]));
			default -> checkWaiting(() -> call(row[1]), Boolean.parseBoolean(row[2].substring("waits:".length())));
		}
		assertThat(place()).as("place").isEqualTo(row[3]);
		assertThat(WorkState.depth(this.item.word())).as("depth").isEqualTo(Integer.parseInt(row[4]));
		assertThat(this.item.isPending()).isEqualTo(!row[3].equals("NONE"));
	}

	private void checkWaiting(Callable<Boolean> call, boolean result) throws Exception {
		FutureTask<Boolean> waiting = Engines.async(call);
		Awaitility.await().until(() -> this.item.barriers != null || waitsForRunning());
		assertThat(waiting.isDone()).isFalse();
		this.blocker.open();
		this.gate.open();
		assertThat(Engines.get(waiting)).isEqualTo(result);
	}

	private boolean waitsForRunning() {
		Worker runner = this.item.runner();
		return runner != null && runner.execution.barriers != null;
	}

	private void bring(WorkqueueEngine engine, String state) throws Exception {
		if (state.startsWith("RUNNING")) {
			this.queue.queue(this.item);
			this.gate.awaitStarts(1);
		}
		else {
			this.queue.queue(engine.initWork("blocker", this.queue, this.blocker));
			this.blocker.awaitStarts(1);
		}
		switch (state) {
			case "TIMER" -> delayed().schedule(LONG);
			case "QUEUED", "RUNNING_QUEUED" -> this.queue.queue(this.item);
			case "DISABLED", "RUNNING_DISABLED" -> this.item.disable();
			case "DISABLED_TWICE" -> {
				this.item.disable();
				this.item.disable();
			}
			default -> assertThat(state).isIn("IDLE", "RUNNING");
		}
	}

	private DelayedWorkItem delayed() {
		return (DelayedWorkItem) this.item;
	}

	private boolean call(String name) throws InterruptedException {
		WorkItem work = this.item;
		return switch (name) {
			case "queue" -> this.queue.queue(work);
			case "queueDelayed" -> this.queue.queueDelayed(delayed(), LONG);
			case "modDelayed" -> this.queue.modDelayed(delayed(), LONG);
			case "modNow" -> this.queue.modDelayed(delayed(), Duration.ZERO);
			case "cancel" -> work.cancel();
			case "cancelSync" -> work.cancelSync();
			case "disable" -> work.disable();
			case "disableSync" -> work.disableSync();
			case "enable" -> work.enable();
			case "enableAndQueue" -> work.enableAndQueue(this.queue);
			case "flush" -> work.flush();
			default -> throw new IllegalArgumentException(name);
		};
	}

	private String place() {
		long word = this.item.word();
		return WorkState.isArmed(word) ? "TIMER" : WorkState.isQueued(word) ? "QUEUED" : "NONE";
	}

}
