package io.github.workqueue.engine;

/**
 * The work item of one key. It is retired, and forgotten, as soon as it is neither
 * pending nor running: by the worker that has run it or by whoever cancelled it,
 * whichever sees it idle; a request in between wins.
 */
final class KeyItem extends EngineDelayedWorkItem {

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
			this.owner.forget(this);
		}
	}

}
