package io.github.workqueue.durable.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The database and two instances between two steps.
 *
 * @param keys the keys
 * @param sequence the last version that was drawn
 * @param limits what may still happen
 */
record ModelState(List<ModelKey> keys, long sequence, ModelLimits limits) {

	static ModelState of(int keys, ModelLimits limits) {
		return new ModelState(Collections.nCopies(keys, ModelKey.IDLE), 0, limits);
	}

	ModelKey key(int index) {
		return this.keys.get(index);
	}

	ModelState with(int index, ModelKey key) {
		List<ModelKey> changed = new ArrayList<>(this.keys);
		changed.set(index, key);
		return new ModelState(List.copyOf(changed), this.sequence, this.limits);
	}

	ModelState withAll(UnaryOperator<ModelKey> change) {
		return new ModelState(this.keys.stream().map(change).toList(), this.sequence, this.limits);
	}

	ModelState draw() {
		return new ModelState(this.keys, this.sequence + 1, this.limits);
	}

	ModelState limited(ModelLimits limits) {
		return new ModelState(this.keys, this.sequence, limits);
	}

}
