package io.github.workqueue.durable;

import java.util.Collection;

/**
 * What this instance can run at the moment: each work that has a handler whose queue has
 * a free place, and how many places there are.
 */
interface Places {

	/** The works; never empty. */
	Collection<String> works();

	/** The least number of free places of a queue that has any. */
	int least();

	/**
	 * Takes a free place for a work.
	 * @return false if there is none left
	 */
	boolean take(String work);

}
