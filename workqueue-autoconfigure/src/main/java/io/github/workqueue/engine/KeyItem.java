package io.github.workqueue.engine;

import java.lang.System.Logger.Level;

/**
 * The work item of one key. It is retired, and forgotten, as soon as it is neither
 * pending nor running: by the worker that has run it or by whoever cancelled it,
 * whichever sees it idle; a request in between wins.
 */
final class KeyItem extends EngineDelayedWorkItem {

	private static final System.Logger logger = System.getLogger(KeyItem.class.getName());

	private final EngineKeyedWork<?> owner;

	private final Object key;

	KeyItem(EngineKeyedWork<?> owner, Object key) {
		super(owner.definition);
		this.owner = owner;
		this.key = key;
	}

	@Override
	Object key() {
		return this.key;
	}

	@Override
	boolean wantsAfterRun() {
		return true;
	}

	@Override
	void afterRun() {
		retire();
	}

	@Override
	void afterCancel() {
		retire();
	}

	private void retire() {
		long word = word();
		if (!isRunning() && tryRetire(word)) {
			forget();
		}
	}

	/** A key's own methods may fail; others must not suffer for that. */
	private void forget() {
		try {
			this.owner.forget(this);
		}
		catch (RuntimeException | Error ex) {
			logger.log(Level.ERROR, () -> "a key of work '" + name() + "' stays in memory, because its equals() or "
					+ "hashCode() failed; its class is " + this.key.getClass().getName(), ex);
		}
	}

}
