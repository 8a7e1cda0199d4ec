package io.github.workqueue.durable.model;

/**
 * The row of a key, in one of three states: not picked; picked; picked and requested
 * again. A key without a row is idle.
 *
 * @param picked whether somebody has claimed it
 * @param version what its holder must know
 * @param next whether it was requested again since it was picked
 * @param refused whether somebody waits for the end of its run and refuses requests
 */
record ModelRow(boolean picked, long version, boolean next, boolean refused) {

	boolean isPending() {
		return !this.picked || this.next;
	}

	ModelRow pick(long version) {
		return new ModelRow(true, version, false, this.refused);
	}

	ModelRow unpick(long version) {
		return new ModelRow(false, version, false, false);
	}

	ModelRow withNext(boolean next) {
		return new ModelRow(this.picked, this.version, next, this.refused);
	}

	ModelRow withVersion(long version) {
		return new ModelRow(this.picked, version, this.next, this.refused);
	}

	ModelRow refuse() {
		return new ModelRow(this.picked, this.version, this.next, true);
	}

}
