package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * An item is pending or runs until its run has ended: who sees PENDING clear sees who
 * executes it, so no flush, cancel or retirement takes it for idle. An x86 keeps the
 * order of two stores; what changes that of plain ones is the compiler.
 */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "Seen idle at its start.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "Pending or running.")
@State
public class RunAtItsStartOrder {

	private final EngineWorkItem item = Pieces.queued();

	private final Worker worker = Pieces.worker();

	@Actor
	public void worker() {
		this.worker.execution.begin(this.item, 0);
		this.item.start();
	}

	@Actor
	public void looker(ZZ_Result result) {
		result.r1 = this.item.isPending();
		result.r2 = this.item.runner == 1 && this.worker.execution.isOf(this.item);
	}

}
