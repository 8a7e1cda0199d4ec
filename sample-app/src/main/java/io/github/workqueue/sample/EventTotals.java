package io.github.workqueue.sample;

/**
 * Events that led to work.
 *
 * @param found files that a scan found to be new or changed
 * @param watched changes that the operating system reported
 * @param overflows times that it reported to have lost some
 */
record EventTotals(long found, long watched, long overflows) {

	long all() {
		return this.found + this.watched + this.overflows;
	}

}
