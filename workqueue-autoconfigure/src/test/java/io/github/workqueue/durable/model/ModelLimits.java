package io.github.workqueue.durable.model;

/**
 * How often the steps that come from outside may still happen, so that the model ends.
 *
 * @param requests requests
 * @param cancels cancellations, those that wait included
 * @param expiries leases that expire
 * @param failures runs that fail
 * @param returns claims that are given back although their lease lives
 */
record ModelLimits(int requests, int cancels, int expiries, int failures, int returns) {

	ModelLimits lessRequests() {
		return new ModelLimits(this.requests - 1, this.cancels, this.expiries, this.failures, this.returns);
	}

	ModelLimits lessCancels() {
		return new ModelLimits(this.requests, this.cancels - 1, this.expiries, this.failures, this.returns);
	}

	ModelLimits lessExpiries() {
		return new ModelLimits(this.requests, this.cancels, this.expiries - 1, this.failures, this.returns);
	}

	ModelLimits lessFailures() {
		return new ModelLimits(this.requests, this.cancels, this.expiries, this.failures - 1, this.returns);
	}

	ModelLimits lessReturns() {
		return new ModelLimits(this.requests, this.cancels, this.expiries, this.failures, this.returns - 1);
	}

}
