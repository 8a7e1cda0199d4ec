package io.github.workqueue.actuate.endpoint;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.KeyedWorkControl;
import io.github.workqueue.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * The works that can be acted on by name: those that are beans.
 */
public final class KnownWorks {

	private final Supplier<Stream<WorkItem>> items;

	private final Supplier<Stream<? extends KeyedWork<?>>> keyed;

	/**
	 * Makes it.
	 * @param items all items
	 * @param keyed all keyed work
	 */
	public KnownWorks(Supplier<Stream<WorkItem>> items, Supplier<Stream<? extends KeyedWork<?>>> keyed) {
		this.items = items;
		this.keyed = keyed;
	}

	/**
	 * Finds a work.
	 * @param name its name
	 * @return how to act on it, by the keys that are shown of it
	 * @throws IllegalStateException if there is none
	 */
	KeyedWorkControl get(String name) {
		Stream<KeyedWorkControl> plain = this.items.get()
			.filter((item) -> item.name().equals(name))
			.map(ItemControl::new);
		Stream<KeyedWorkControl> keys = this.keyed.get()
			.filter((work) -> work.name().equals(name))
			.map(KnownWorks::control);
		return Stream.concat(plain, keys)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"work '" + name + "' cannot be changed here: only works that are beans can; make it one"));
	}

	@SuppressWarnings("unchecked")
	private static KeyedWorkControl control(KeyedWork<?> work) {
		return (work instanceof KeyedWorkControl control) ? control : new KeyControl((KeyedWork<Object>) work);
	}

	private record ItemControl(WorkItem item) implements KeyedWorkControl {

		@Override
		public boolean cancelKey(@Nullable Object key) {
			return this.item.cancel();
		}

		@Override
		public void flushKey(@Nullable Object key) throws InterruptedException {
			this.item.flush();
		}

	}

	private record KeyControl(KeyedWork<Object> work) implements KeyedWorkControl {

		@Override
		public boolean cancelKey(@Nullable Object key) {
			return key != null && this.work.cancel(key);
		}

		@Override
		public void flushKey(@Nullable Object key) throws InterruptedException {
			if (key != null) {
				this.work.flush(key);
			}
		}

	}

}
