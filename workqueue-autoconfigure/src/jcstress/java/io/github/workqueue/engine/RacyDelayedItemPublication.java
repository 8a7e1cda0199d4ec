package io.github.workqueue.engine;

import io.github.workqueue.engine.EngineDelayedWorkItem.Kind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/**
 * A delayed item that was handed over by a data race keeps where its timer is to put it:
 * what its maker wrote into it does not come after that.
 * <p>
 * There is no weak engine for this: an x86 keeps the order of the maker's stores.
 */
@JCStressTest
@Outcome(id = { "-2, null", "3, DEBOUNCE" }, expect = Expect.ACCEPTABLE, desc = "Not there yet, or as asked for.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The maker's values came later.")
@State
public class RacyDelayedItemPublication {

	private EngineDelayedWorkItem shared;

	private EngineDelayedWorkItem used;

	@Actor
	public void maker() {
		this.shared = (EngineDelayedWorkItem) Pieces.ENGINE.initDelayedWork("work", Pieces.HANDLER);
	}

	@Actor
	public void user() {
		EngineDelayedWorkItem item = this.shared;
		if (item != null && item.tryTake() == WorkState.Take.TAKEN) {
			item.aim(Pieces.QUEUE, 3);
			item.kind = Kind.DEBOUNCE;
			item.arm();
			this.used = item;
		}
	}

	@Arbiter
	public void look(IL_Result result) {
		EngineDelayedWorkItem item = this.used;
		result.r1 = (item != null) ? item.cpu : -2;
		result.r2 = (item != null) ? item.kind : null;
	}

}
