package io.github.workqueue.actuate.endpoint;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkControl;

/**
 * The works that are not acted on by way of their items: those of keyed handler methods,
 * which know more of a key than the engine does.
 */
public final class KnownWorks {

	private final Supplier<Stream<? extends KeyedWork<?>>> keyed;

	/**
	 * Makes it.
	 * @param keyed all keyed work
	 */
	public KnownWorks(Supplier<Stream<? extends KeyedWork<?>>> keyed) {
		this.keyed = keyed;
	}

	/** Finds how to act on a work by the keys that are shown of it. */
	Optional<KeyedWorkControl> find(String name) {
		return this.keyed.get()
			.filter((work) -> work.name().equals(name) && work instanceof KeyedWorkControl)
			.map(KeyedWorkControl.class::cast)
			.findFirst();
	}

}
