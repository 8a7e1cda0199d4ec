package io.github.workqueue.engine.model;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An execution of an item.
 */
final class ModelRun {

	final ModelItem item;

	final ModelLink link;

	final List<ModelWait> waits = new ArrayList<>();

	/**
	 * The item's next instance, which has met its own execution and comes right after.
	 */
	@Nullable ModelInstance follower;

	ModelRun(ModelItem item, ModelLink link) {
		this.item = item;
		this.link = link;
	}

}
