package io.github.workqueue.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/**
 * K5.8 where there is nothing to wait for: a flush or {@code cancelSync} that finds that
 * the run has just ended takes no lock, and its caller sees what the run wrote as one
 * that waited does. What they ask is {@code isExecuting}. The caller has read the data
 * before, too, so that a compiler may take the second read for the first where nothing
 * orders them; an x86 itself never reorders two reads.
 */
@JCStressTest
@Outcome(id = "false, .*, 0", expect = Expect.FORBIDDEN, desc = "The run has ended, the data is old.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The data is there, or the item runs.")
@State
public class EndedRunPublication {

	private final EngineWorkItem item = Pieces.queued();

	private final Worker worker = Pieces.worker();

	private int data;

	public EndedRunPublication() {
		this.worker.execution.begin(this.item, 0);
	}

	@Actor
	public void worker() {
		this.data = 1;
		this.worker.execution.letGo();
	}

	@Actor
	public void caller(ZII_Result result) {
		result.r2 = Pieces.busyWith(this.data);
		result.r1 = this.worker.execution.isOf(this.item);
		result.r3 = this.data;
	}

}
