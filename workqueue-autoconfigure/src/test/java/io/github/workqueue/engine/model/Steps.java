package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.workqueue.engine.model.Call.Action;
import org.jspecify.annotations.Nullable;

/**
 * One run of a program: each call is made in the model and in the engine, and then both
 * must come to the same state. In the end all items end and all queues are destroyed.
 */
final class Steps {

	private static final int SPINS = 200;

	private final Program program;

	private final ModelState state;

	private final SequentialModel model;

	private final EngineRun run;

	private final Comparison comparison;

	private final Duration patience;

	private final List<String> story = new ArrayList<>();

	Steps(Program program, ModelState state, EngineRun run, Starts starts, Duration patience) {
		this.program = program;
		this.state = state;
		this.model = new SequentialModel(state);
		this.run = run;
		this.patience = patience;
		for (QueueDraft draft : program.queues()) {
			ModelQueue queue = state.alloc(draft);
			state.queues.add(queue);
			run.alloc(queue);
		}
		for (Program.ItemDraft draft : program.items()) {
			String name = "item-" + state.items.size();
			ModelItem item = new ModelItem(name, draft.type(), state.queues.get(draft.home()), draft.passing());
			state.items.add(item);
			run.init(item);
		}
		this.comparison = new Comparison(state, run, starts);
	}

	/** How many calls were made. */
	int count() {
		return this.story.size();
	}

	/** Runs the program; returns what went wrong, or null. */
	@Nullable Mismatch runAll() throws InterruptedException {
		String difference = null;
		for (int i = 0; i < this.program.calls().size() && difference == null; i++) {
			difference = step(this.program.calls().get(i));
		}
		difference = (difference != null) ? difference : windUp();
		if (difference == null) {
			return null;
		}
		giveUp();
		return new Mismatch(this.program, List.copyOf(this.story), difference);
	}

	private @Nullable String step(Call call) throws InterruptedException {
		ModelWait interrupted = (call.action() == Action.INTERRUPT) ? this.state.waiting(call.number()) : null;
		Answer answer = this.model.apply(call);
		if (answer == Answer.SKIP) {
			return null;
		}
		Caller caller = this.run.make(call, interrupted);
		String outcome = answer.outcome();
		if (answer.begun() != null) {
			this.story.add(call + " waits");
			this.run.callers.put(answer.begun(), caller);
		}
		else {
			this.story.add(call + " -> " + outcome);
			String is = caller.await(this.patience);
			if (!outcome.equals(is)) {
				return "it is -> " + ((is != null) ? is : "a wait");
			}
		}
		return settle();
	}

	/**
	 * Waits until the engine is where the model is; returns what differs if it never is.
	 */
	private @Nullable String settle() throws InterruptedException {
		long start = System.nanoTime();
		String difference = this.comparison.find();
		for (int i = 0; difference != null && System.nanoTime() - start < this.patience.toNanos(); i++) {
			if (i < SPINS) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			difference = this.comparison.find();
		}
		return difference;
	}

	/** Lets everything end. */
	private @Nullable String windUp() throws InterruptedException {
		String difference = step(call(Action.THAW, 0, 0));
		while (difference == null && !isIdle()) {
			for (int item = 0; item < this.run.works.size() && difference == null; item++) {
				difference = step(call(Action.END, item, 0));
			}
			if (difference == null && this.state.hasTimers()) {
				difference = step(call(Action.ADVANCE, 0, 0));
			}
		}
		for (int queue = 1; queue < this.state.queues.size() && difference == null; queue++) {
			difference = step(call(Action.DESTROY, 0, queue));
		}
		if (difference == null) {
			this.run.queue(this.state.queues.get(0)).setMaxActive(QueueDraft.system().maxActive());
			difference = this.state.waiting(0) != null ? "a call waits for ever" : null;
		}
		return difference;
	}

	private boolean isIdle() {
		return !this.state.hasTimers() && this.state.items.stream().allMatch(ModelItem::isIdle);
	}

	private static Call call(Action action, int item, int queue) {
		return new Call(action, -1, item, queue, 0, Duration.ofSeconds(1), null);
	}

	/** Lets the handlers go, so that the engine can be closed. */
	private void giveUp() {
		for (Work work : this.run.works) {
			for (int i = 0; i < this.program.calls().size(); i++) {
				work.command(Work.END);
			}
		}
		this.run.callers.values().forEach(Caller::interrupt);
		this.run.engine.thaw();
	}

}
