package io.github.workqueue.engine;

import java.util.List;

import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * A test, and an engine on which it must see what it forbids.
 *
 * @param test the test
 * @param what what the engine lacks
 * @param engine the engine without that
 */
record Weakness(Class<?> test, String what, EngineCopy engine) {

	/** Every promise and each step that it rests on, as far as this machine can tell. */
	static final List<Weakness> ALL = List.of(
			new Weakness(RefusedRequestOrder.class, "a refused request has no fence",
					new EngineCopy().without(WorkState.class, "tryTake", "fullFence")),
			new Weakness(RefusedRequestOrder.class, "a start has no fence",
					new EngineCopy().without(WorkState.class, "start", "fullFence")),
			new Weakness(GlancedRequestOrder.class, "a glance has no fence",
					new EngineCopy().without(WorkState.class, "look", "fullFence")),
			new Weakness(PushBesideRestOrder.class, "items are pushed by plain stores",
					new EngineCopy().instead(Inbox.class, "push", "compareAndSet", LooseSteps.class)
						.plain(Inbox.class, "head")),
			new Weakness(PushBesidePollOrder.class, "a slot is filled by a plain store",
					new EngineCopy().instead(Inbox.class, "push", "compareAndSet", LooseSteps.class)),
			new Weakness(PushBesidePollOrder.class, "the consumer tells by a plain store how far it is",
					new EngineCopy().plain(Inbox.class, "head")),
			new Weakness(RunAtItsStartOrder.class, "the runner is written by a plain store",
					new EngineCopy().instead(EngineWorkItem.class, "runsOn", "setRelease", LooseSteps.class)
						.plain(EngineWorkItem.class, "runner")
						.instead(WorkState.class, "start", "setRelease", LooseSteps.class)
						.plain(WorkState.class, "state")),
			new Weakness(ReachedBarrierPublication.class, "barriers count on plain memory",
					new EngineCopy().instead(Completion.class, "isDone", "get", LooseSteps.class)
						.instead(Completion.class, "complete", "decrementAndGet", LooseSteps.class)),
			new Weakness(EndedRunPublication.class, "what a worker executes is plain",
					new EngineCopy().instead(Execution.class, "isOf", "getAcquire", LooseSteps.class)
						.instead(Execution.class, "letGo", "setRelease", LooseSteps.class)),
			new Weakness(RequestBesideClosedGateOrder.class, "sections begin without a fence",
					new EngineCopy().instead(Transit.class, "enter", "getAndIncrement", LooseSteps.class)),
			new Weakness(ExitBesideWaiterOrder.class, "sections end without a fence",
					new EngineCopy().instead(Transit.class, "exit", "decrementAndGet", LooseSteps.class)));

	/** How jcstress calls the test on the weak engine. */
	String name() {
		return this.engine.nameOf(this.test);
	}

	/** What jcstress knows of the test. */
	TestInfo info() {
		return TestList.getInfo(this.test.getName());
	}

	/** What jcstress made of the test. */
	Class<?> runner() {
		try {
			return Class.forName(info().generatedRunner());
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

}
