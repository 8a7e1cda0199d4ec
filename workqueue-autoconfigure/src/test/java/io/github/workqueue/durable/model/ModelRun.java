package io.github.workqueue.durable.model;

/**
 * A claim and the run that it becomes, as its instance sees it.
 *
 * @param instance who has it
 * @param version the version that it was claimed with
 * @param started whether the handler has been called
 * @param lost whether the lease of its instance expired since the claim
 * @param seen the last request that the handler could see
 */
record ModelRun(int instance, long version, boolean started, boolean lost, int seen) {

	ModelRun start(int seen) {
		return new ModelRun(this.instance, this.version, true, this.lost, seen);
	}

	ModelRun lose() {
		return new ModelRun(this.instance, this.version, this.started, true, this.seen);
	}

	/** Whether nothing excuses another run beside this one. */
	boolean isExclusive() {
		return this.started && !this.lost;
	}

}
