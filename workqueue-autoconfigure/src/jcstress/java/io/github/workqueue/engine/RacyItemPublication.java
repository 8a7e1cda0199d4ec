package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * An item may be handed to another thread by a data race: whoever gets it can schedule
 * it, since its fields are final or begin at zero.
 * <p>
 * There is no weak engine for this: without {@code final} nothing else was seen on an
 * x86.
 */
@JCStressTest
@Outcome(id = { "absent", "complete" }, expect = Expect.ACCEPTABLE, desc = "Not there yet, or whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Half made.")
@State
public class RacyItemPublication {

	private EngineWorkItem shared;

	@Actor
	public void maker() {
		this.shared = (EngineWorkItem) Pieces.ENGINE.initWork("work", Pieces.HANDLER);
	}

	@Actor
	public void user(L_Result result) {
		EngineWorkItem item = this.shared;
		result.r1 = (item == null) ? "absent" : use(item);
	}

	private static String use(EngineWorkItem item) {
		WorkDefinition definition = item.definition;
		if (definition == null) {
			return "no definition";
		}
		if (definition.name() == null || definition.home() == null) {
			return "half a definition";
		}
		return (item.tryTake() == WorkState.Take.TAKEN) ? "complete" : "not idle";
	}

}
