package io.github.workqueue.engine;

import java.util.concurrent.locks.ReentrantLock;

import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A state word as the engine uses it: whoever takes the item places it, and whoever takes
 * it from its place holds the lock of that place.
 */
public final class StateWordDriver {

	private final WorkState state = new WorkState() {
	};

	private final ReentrantLock timers = new ReentrantLock();

	private final ReentrantLock pool = new ReentrantLock();

	@Operation
	public String queue() {
		WorkState.Take take = this.state.tryTake();
		if (take == WorkState.Take.TAKEN) {
			this.state.enqueue(3);
		}
		return take.name();
	}

	@Operation
	public String arm() {
		WorkState.Take take = this.state.tryTake();
		if (take == WorkState.Take.TAKEN) {
			this.timers.lock();
			this.state.arm();
			this.timers.unlock();
		}
		return take.name();
	}

	@Operation
	public boolean start() {
		for (;;) {
			long word = this.state.word();
			if (!WorkState.isPending(word) || WorkState.isArmed(word)) {
				return false;
			}
			this.pool.lock();
			try {
				if (WorkState.isQueued(this.state.word())) {
					this.state.start();
					return true;
				}
			}
			finally {
				this.pool.unlock();
			}
			Thread.onSpinWait();
		}
	}

	@Operation
	public boolean fire() {
		if (!stealArmed()) {
			return false;
		}
		this.state.enqueue(5);
		return true;
	}

	private boolean stealArmed() {
		for (;;) {
			long word = this.state.word();
			if (!WorkState.isPending(word) || WorkState.isQueued(word)) {
				return false;
			}
			if (steal(this.timers, true)) {
				return true;
			}
			Thread.onSpinWait();
		}
	}

	private boolean steal(ReentrantLock lock, boolean armed) {
		lock.lock();
		try {
			long word = this.state.word();
			if (armed ? !WorkState.isArmed(word) : !WorkState.isQueued(word)) {
				return false;
			}
			this.state.steal();
			return true;
		}
		finally {
			lock.unlock();
		}
	}

	private boolean stealPending() {
		for (;;) {
			long word = this.state.word();
			if (!WorkState.isPending(word)) {
				return false;
			}
			if (WorkState.isArmed(word) && steal(this.timers, true)) {
				return true;
			}
			if (WorkState.isQueued(word) && steal(this.pool, false)) {
				return true;
			}
			Thread.onSpinWait();
		}
	}

	@Operation
	public boolean cancel() {
		boolean stolen = stealPending();
		if (stolen) {
			this.state.giveBack();
		}
		return stolen;
	}

	@Operation
	public boolean disable() {
		for (;;) {
			if (this.state.tryDisableIdle("work")) {
				return false;
			}
			if (stealPending()) {
				this.state.giveBackDisabled();
				return true;
			}
		}
	}

	@Operation
	public int enable() {
		try {
			return this.state.enableOnce("work");
		}
		catch (IllegalStateException ex) {
			return -1;
		}
	}

	@Operation
	public boolean enableAndQueue() {
		try {
			long word = this.state.word();
			while (!this.state.tryEnableAndTake(word, "work")) {
				word = this.state.word();
			}
			boolean taken = WorkState.depth(word) == 1 && !WorkState.isRetired(word);
			if (taken) {
				this.state.enqueue(3);
			}
			return taken;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	@Operation
	public boolean retire() {
		return this.state.tryRetire(this.state.word());
	}

	@Operation
	public int depth() {
		return WorkState.depth(this.state.word());
	}

	/** The same, one after the other. */
	public static final class Specification {

		private String place = "IDLE";

		private int depth;

		private boolean retired;

		public String queue() {
			return take("QUEUED");
		}

		public String arm() {
			return take("TIMER");
		}

		private String take(String place) {
			if (!this.place.equals("IDLE")) {
				return "PENDING";
			}
			if (this.retired) {
				return "RETIRED";
			}
			if (this.depth > 0) {
				return "DISABLED";
			}
			this.place = place;
			return "TAKEN";
		}

		public boolean start() {
			return move("QUEUED", "IDLE");
		}

		public boolean fire() {
			return move("TIMER", "QUEUED");
		}

		private boolean move(String from, String to) {
			boolean there = this.place.equals(from);
			this.place = there ? to : this.place;
			return there;
		}

		public boolean cancel() {
			return move("QUEUED", "IDLE") || move("TIMER", "IDLE");
		}

		public boolean disable() {
			this.depth++;
			return cancel();
		}

		public int enable() {
			return (this.depth > 0) ? --this.depth : -1;
		}

		public boolean enableAndQueue() {
			return enable() == 0 && take("QUEUED").equals("TAKEN");
		}

		public boolean retire() {
			boolean may = this.place.equals("IDLE") && this.depth == 0 && !this.retired;
			this.retired |= may;
			return may;
		}

		public int depth() {
			return this.depth;
		}

	}

}
