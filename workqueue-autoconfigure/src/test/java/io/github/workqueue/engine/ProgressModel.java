package io.github.workqueue.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The steps of {@link PoolProgress} as a machine that can be walked exhaustively: two
 * producers, two workers, the monitor and a change of limits, with handlers that fall
 * asleep, wake and end whenever they like. Each step is one access to what threads share,
 * or one that nobody else can see; the lock is a variable like any other.
 */
final class ProgressModel {

	/** What keeps the promise; a test leaves out one at a time. */
	enum Rule {

		/** A producer that sees nobody counted kicks. */
		R1_KICK,

		/** A producer that found the inbox empty, and somebody counted, looks. */
		R1_LOOK,

		/**
		 * Who releases the lock while an item is on the worklist has the pool watched.
		 */
		R2_WORKLIST,

		/** Who releases the lock while an item is in the inbox has the pool watched. */
		R2_INBOX,

		/** The monitor ends the watch under the lock, so that R2 comes after it. */
		R3,

		/** A kick that can neither wake nor make a worker has the pool watched. */
		R4,

		/** The monitor kicks if items wait and nobody is counted. */
		MONITOR_KICK,

		/** The monitor takes counted workers that sleep out of the count. */
		MONITOR_LOOK

	}

	/** Where a thread is. */
	enum At {

		// a producer
		PUT, READ_RUNNING,

		// a change of limits
		SET_LIMIT, ACTIVATE, READ_RUNNING_ACTIVATED,

		// a look at the counted worker
		LOOK, NOTICE,

		// a kick
		RECOUNT, FIRST_IDLE, CLAIM, MAKE, START, MADE,

		// a request
		WATCH, WAKE_MONITOR,

		// a worker
		UNSTARTED, PARKED, NEXT, DRAIN, LEAVE_IDLE, DECIDE, REST, LOOK_INTO_INBOX, HANDLER,

		// the monitor
		ASLEEP, ROUND, APPLY, END_WATCH,

		// the end of a hold of the lock
		READ_INBOX, MARK, RELEASE,

		DONE

	}

	static final int PRODUCERS = 2;

	static final int WORKERS = 2;

	static final int LIMITER = PRODUCERS;

	static final int MONITOR = LIMITER + 1;

	static final int FIRST_WORKER = MONITOR + 1;

	static final int THREADS = FIRST_WORKER + WORKERS;

	private static final int FREE = -1;

	private final Rule leftOut;

	ProgressModel(Rule leftOut) {
		this.leftOut = leftOut;
	}

	private boolean keeps(Rule rule) {
		return this.leftOut != rule;
	}

	/** Everything that the threads share, and where each of them is. */
	static final class State implements Cloneable {

		int inbox;

		int worklist;

		int inactive;

		int executing;

		int limit = 2;

		int running;

		boolean watched;

		boolean asked;

		boolean creating;

		boolean failed;

		int lock = FREE;

		/** How often something may still happen. */
		int pushes;

		int naps;

		int wakes;

		int failures;

		/** Idle workers, the first one first. */
		List<Integer> idle = List.of();

		At[] at = new At[THREADS];

		/** Where a thread goes on after a look, a kick or a request. */
		At[] then = new At[THREADS];

		/** Where a thread goes on when it has released the lock. */
		At[] released = new At[THREADS];

		/** What a producer found: an empty inbox. */
		boolean[] first = new boolean[THREADS];

		boolean[] wakesMonitor = new boolean[THREADS];

		boolean[] made = new boolean[WORKERS];

		boolean[] wakeSent = new boolean[WORKERS];

		boolean[] prep = new boolean[WORKERS];

		boolean[] busy = new boolean[WORKERS];

		boolean[] asleep = new boolean[WORKERS];

		boolean[] seenAsleep = new boolean[WORKERS];

		/** A state before anything has happened: one worker, and another can be made. */
		static State initial(int pushes, int naps) {
			State state = new State();
			state.pushes = pushes;
			state.naps = naps;
			Arrays.fill(state.at, At.DONE);
			Arrays.fill(state.then, At.DONE);
			Arrays.fill(state.released, At.DONE);
			Arrays.fill(state.prep, true);
			Arrays.fill(state.at, 0, PRODUCERS, At.PUT);
			state.at[MONITOR] = At.ASLEEP;
			state.addIdle(0);
			return state;
		}

		State withSpareWorker() {
			addIdle(1);
			return this;
		}

		/** The first worker could not be made, and nobody looks after the pool. */
		State withoutWorkers() {
			this.idle = List.of();
			this.failed = true;
			return this;
		}

		State withWakes(int wakes) {
			this.wakes = wakes;
			return this;
		}

		State withFailures(int failures) {
			this.failures = failures;
			return this;
		}

		/** One producer, and a limit that is raised from zero, as by a thaw. */
		State withThaw() {
			this.at[1] = At.DONE;
			this.at[LIMITER] = At.SET_LIMIT;
			this.limit = 0;
			return this;
		}

		void addIdle(int worker) {
			this.made[worker] = true;
			List<Integer> list = new ArrayList<>(this.idle);
			list.add(0, worker);
			this.idle = List.copyOf(list);
			this.wakeSent[worker] = false;
			this.at[FIRST_WORKER + worker] = At.PARKED;
		}

		void removeIdle(int worker) {
			this.idle = this.idle.stream().filter((other) -> other != worker).toList();
			this.wakeSent[worker] = false;
		}

		boolean waits() {
			return this.inbox + this.worklist > 0;
		}

		/** Whether somebody should come for an item that waits, and could. */
		boolean standsStill() {
			return waits() && (!this.idle.isEmpty() || canMakeOne()) && !isSomebodyAwake();
		}

		boolean canMakeOne() {
			return !this.made[1];
		}

		/** Whether a handler runs: when it ends its worker takes the lock. */
		private boolean isSomebodyAwake() {
			for (int i = 0; i < WORKERS; i++) {
				if (this.busy[i] && !this.asleep[i]) {
					return true;
				}
			}
			return false;
		}

		boolean isCounted(int worker) {
			return this.busy[worker] && !this.seenAsleep[worker];
		}

		@Override
		protected State clone() {
			try {
				State copy = (State) super.clone();
				copy.at = this.at.clone();
				copy.then = this.then.clone();
				copy.released = this.released.clone();
				copy.first = this.first.clone();
				copy.wakesMonitor = this.wakesMonitor.clone();
				copy.made = this.made.clone();
				copy.wakeSent = this.wakeSent.clone();
				copy.prep = this.prep.clone();
				copy.busy = this.busy.clone();
				copy.asleep = this.asleep.clone();
				copy.seenAsleep = this.seenAsleep.clone();
				return copy;
			}
			catch (CloneNotSupportedException ex) {
				throw new AssertionError(ex);
			}
		}

		/** Equal for equal states. */
		String key() {
			byte[] key = new byte[128];
			int n = 0;
			for (int value : new int[] { this.inbox, this.worklist, this.inactive, this.executing, this.limit,
					this.running, this.lock, this.pushes, this.naps, this.wakes, this.failures,
					bits(this.watched, this.asked, this.creating, this.failed), this.idle.hashCode() }) {
				key[n++] = (byte) value;
			}
			for (int i = 0; i < THREADS; i++) {
				key[n++] = (byte) this.at[i].ordinal();
				key[n++] = (byte) this.then[i].ordinal();
				key[n++] = (byte) this.released[i].ordinal();
				key[n++] = bits(this.first[i], this.wakesMonitor[i]);
			}
			for (int i = 0; i < WORKERS; i++) {
				key[n++] = bits(this.made[i], this.wakeSent[i], this.prep[i], this.busy[i], this.asleep[i],
						this.seenAsleep[i]);
			}
			return new String(key, 0, n, StandardCharsets.ISO_8859_1);
		}

		private static byte bits(boolean... values) {
			int bits = 0;
			for (boolean value : values) {
				bits = bits << 1 | (value ? 1 : 0);
			}
			return (byte) bits;
		}

	}

	// ---- what the world does ----

	/** Handlers fall asleep, wake and end whenever they like. */
	List<State> happenings(State state) {
		List<State> results = new ArrayList<>();
		for (int i = 0; i < WORKERS; i++) {
			if (state.at[FIRST_WORKER + i] != At.HANDLER) {
				continue;
			}
			State next = state.clone();
			if (!state.asleep[i]) {
				next.at[FIRST_WORKER + i] = At.NEXT;
				results.add(next);
			}
			next = state.clone();
			if (!state.asleep[i] && state.naps > 0) {
				next.naps--;
				next.asleep[i] = true;
				results.add(next);
			}
			else if (state.asleep[i] && state.wakes > 0) {
				next.wakes--;
				next.asleep[i] = false;
				results.add(next);
			}
		}
		return results;
	}

	// ---- what the threads do ----

	/** The states that the next step of a thread may lead to; none if it cannot move. */
	List<State> steps(State state, int thread) {
		List<State> results = new ArrayList<>();
		State next = state.clone();
		if (step(next, thread, state.at[thread])) {
			results.add(next);
		}
		if (state.at[thread] == At.MAKE && state.failures > 0) {
			State failure = state.clone();
			failure.failures--;
			failure.failed = true;
			go(failure, thread, At.MADE);
			results.add(failure);
		}
		return results;
	}

	private boolean step(State s, int thread, At at) {
		return switch (at) {
			case PUT -> put(s, thread);
			case READ_RUNNING -> readRunning(s, thread);
			case SET_LIMIT -> setLimit(s, thread);
			case ACTIVATE -> takeLock(s, thread) && activate(s, thread);
			case READ_RUNNING_ACTIVATED -> readRunningActivated(s, thread);
			case LOOK -> go(s, thread, (sleeper(s) >= 0) ? At.NOTICE : At.WATCH);
			case NOTICE -> takeLock(s, thread) && notice(s, thread);
			case RECOUNT -> recount(s, thread);
			case FIRST_IDLE -> firstIdle(s, thread);
			case CLAIM -> s.creating ? go(s, thread, s.then[thread]) : takeLock(s, thread) && claim(s, thread);
			case MAKE -> takeLock(s, thread) && make(s, thread);
			case START -> start(s, thread);
			case MADE -> takeLock(s, thread) && made(s, thread);
			case WATCH -> watch(s, thread);
			case WAKE_MONITOR -> wakeMonitor(s, thread, s.then[thread]);
			case PARKED -> s.wakeSent[thread - FIRST_WORKER] && go(s, thread, At.NEXT);
			case NEXT -> takeLock(s, thread) && next(s, thread, thread - FIRST_WORKER);
			case DRAIN -> drainIfEmpty(s, thread);
			case LEAVE_IDLE -> leaveIdle(s, thread, thread - FIRST_WORKER);
			case DECIDE -> decide(s, thread, thread - FIRST_WORKER);
			case REST -> rest(s, thread, thread - FIRST_WORKER);
			case LOOK_INTO_INBOX -> (s.inbox > 0) ? go(s, thread, At.DRAIN) : release(s, thread, At.PARKED);
			case ASLEEP -> s.asked && go(s, thread, At.ROUND);
			case ROUND -> round(s, thread);
			case APPLY -> takeLock(s, thread) && apply(s, thread);
			case END_WATCH -> endWatch(s, thread);
			case READ_INBOX -> readInbox(s, thread);
			case MARK -> mark(s, thread);
			case RELEASE -> unlock(s, thread);
			case UNSTARTED, HANDLER, DONE -> false;
		};
	}

	// ---- PoolProgress.pushed, after Inbox.push ----

	private static boolean put(State s, int thread) {
		if (s.pushes == 0) {
			return go(s, thread, At.DONE);
		}
		s.pushes--;
		s.first[thread] = s.inbox == 0;
		s.inbox++;
		return go(s, thread, At.READ_RUNNING);
	}

	private boolean readRunning(State s, int thread) {
		boolean first = s.first[thread];
		s.first[thread] = false;
		s.then[thread] = At.PUT;
		if (s.running == 0) {
			return go(s, thread, keeps(Rule.R1_KICK) ? At.RECOUNT : At.PUT);
		}
		return go(s, thread, (first && keeps(Rule.R1_LOOK)) ? At.LOOK : At.PUT);
	}

	// ---- ActiveLimits.update ----

	private static boolean setLimit(State s, int thread) {
		s.limit = 2;
		return go(s, thread, At.ACTIVATE);
	}

	private static boolean activate(State s, int thread) {
		drain(s);
		activateWaiting(s);
		return release(s, thread, At.READ_RUNNING_ACTIVATED);
	}

	private static boolean readRunningActivated(State s, int thread) {
		s.then[thread] = At.DONE;
		return go(s, thread, (s.running == 0) ? At.RECOUNT : At.LOOK);
	}

	// ---- Concurrency.lookAtCounted ----

	private static int sleeper(State s) {
		for (int i = 0; i < WORKERS; i++) {
			if (s.isCounted(i) && s.asleep[i]) {
				return i;
			}
		}
		return -1;
	}

	private static boolean notice(State s, int thread) {
		drain(s);
		int sleeper = sleeper(s);
		if (sleeper >= 0) {
			s.seenAsleep[sleeper] = true;
			s.running--;
		}
		boolean kick = sleeper >= 0 && s.running == 0 && s.waits();
		return release(s, thread, kick ? At.RECOUNT : s.then[thread]);
	}

	// ---- PoolProgress.kick ----

	private static boolean recount(State s, int thread) {
		if (!s.seenAsleep[0] && !s.seenAsleep[1]) {
			return go(s, thread, At.FIRST_IDLE);
		}
		if (!takeLock(s, thread)) {
			return false;
		}
		for (int i = 0; i < WORKERS; i++) {
			if (s.seenAsleep[i] && !s.asleep[i]) {
				s.seenAsleep[i] = false;
				s.running++;
			}
		}
		return release(s, thread, (s.running > 0) ? s.then[thread] : At.FIRST_IDLE);
	}

	private boolean firstIdle(State s, int thread) {
		if (!s.idle.isEmpty()) {
			s.wakeSent[s.idle.get(0)] = true;
			return go(s, thread, s.then[thread]);
		}
		if (!s.failed) {
			return go(s, thread, At.CLAIM);
		}
		return go(s, thread, keeps(Rule.R4) ? At.WATCH : s.then[thread]);
	}

	private static boolean claim(State s, int thread) {
		drain(s);
		boolean needed = !s.creating && s.worklist > 0 && s.running == 0 && s.idle.isEmpty() && s.canMakeOne();
		s.creating |= needed;
		return release(s, thread, needed ? At.MAKE : s.then[thread]);
	}

	private static boolean make(State s, int thread) {
		s.addIdle(1);
		s.at[FIRST_WORKER + 1] = At.UNSTARTED;
		return release(s, thread, At.START);
	}

	private static boolean start(State s, int thread) {
		s.at[FIRST_WORKER + 1] = At.NEXT;
		return go(s, thread, At.MADE);
	}

	private static boolean made(State s, int thread) {
		s.creating = false;
		drain(s);
		boolean kick = s.running == 0 && s.waits() && (!s.failed || !s.idle.isEmpty());
		return release(s, thread, kick ? At.RECOUNT : s.then[thread]);
	}

	// ---- PoolProgress.watch ----

	private static boolean watch(State s, int thread) {
		boolean marked = !s.watched;
		s.watched = true;
		return go(s, thread, marked ? At.WAKE_MONITOR : s.then[thread]);
	}

	private static boolean wakeMonitor(State s, int thread, At then) {
		s.asked = true;
		return go(s, thread, then);
	}

	// ---- WorkerPool.next ----

	private static boolean next(State s, int thread, int worker) {
		if (s.busy[worker]) {
			s.running += s.seenAsleep[worker] ? 1 : 0;
			s.seenAsleep[worker] = false;
			s.busy[worker] = false;
			s.executing--;
			activateWaiting(s);
		}
		return go(s, thread, At.DRAIN);
	}

	private static boolean drainIfEmpty(State s, int thread) {
		if (s.worklist == 0) {
			drain(s);
		}
		return go(s, thread, At.LEAVE_IDLE);
	}

	private static boolean leaveIdle(State s, int thread, int worker) {
		s.removeIdle(worker);
		return go(s, thread, At.DECIDE);
	}

	private static boolean decide(State s, int thread, int worker) {
		if (s.worklist == 0 || s.running > (s.prep[worker] ? 0 : 1)) {
			return go(s, thread, At.REST);
		}
		s.running += s.prep[worker] ? 1 : 0;
		s.prep[worker] = false;
		s.worklist--;
		s.executing++;
		s.busy[worker] = true;
		return release(s, thread, At.HANDLER);
	}

	private static boolean rest(State s, int thread, int worker) {
		if (!s.prep[worker]) {
			s.prep[worker] = true;
			s.running--;
			return true;
		}
		s.addIdle(worker);
		return go(s, thread, At.LOOK_INTO_INBOX);
	}

	// ---- SleepMonitor.run and PoolWatch.look ----

	private static boolean round(State s, int thread) {
		s.asked = false;
		return go(s, thread, s.watched ? At.APPLY : At.ASLEEP);
	}

	private boolean apply(State s, int thread) {
		drain(s);
		s.failed = false;
		for (int i = 0; keeps(Rule.MONITOR_LOOK) && i < WORKERS; i++) {
			if (s.busy[i] && s.asleep[i] != s.seenAsleep[i]) {
				s.seenAsleep[i] = s.asleep[i];
				s.running += s.asleep[i] ? -1 : 1;
			}
		}
		s.then[thread] = (s.worklist > 0) ? At.ROUND : At.END_WATCH;
		boolean kick = keeps(Rule.MONITOR_KICK) && s.running == 0 && s.waits();
		return release(s, thread, kick ? At.RECOUNT : s.then[thread]);
	}

	private boolean endWatch(State s, int thread) {
		if (!keeps(Rule.R3)) {
			s.watched = false;
			return go(s, thread, At.ROUND);
		}
		if (!takeLock(s, thread)) {
			return false;
		}
		s.watched = false;
		return release(s, thread, At.ROUND);
	}

	// ---- PoolLock.unlock ----

	private static boolean release(State s, int thread, At then) {
		s.released[thread] = then;
		return go(s, thread, At.READ_INBOX);
	}

	private boolean readInbox(State s, int thread) {
		boolean waits = (s.worklist > 0 && keeps(Rule.R2_WORKLIST)) || (s.inbox > 0 && keeps(Rule.R2_INBOX));
		return go(s, thread, waits ? At.MARK : At.RELEASE);
	}

	private static boolean mark(State s, int thread) {
		s.wakesMonitor[thread] = !s.watched;
		s.watched = true;
		return go(s, thread, At.RELEASE);
	}

	private static boolean unlock(State s, int thread) {
		s.lock = FREE;
		At then = s.released[thread];
		s.released[thread] = At.DONE;
		if (!s.wakesMonitor[thread]) {
			return go(s, thread, then);
		}
		s.wakesMonitor[thread] = false;
		return wakeMonitor(s, thread, then);
	}

	// ---- what several do ----

	private static boolean takeLock(State s, int thread) {
		if (s.lock != FREE) {
			return false;
		}
		s.lock = thread;
		return true;
	}

	private static void drain(State s) {
		s.inactive += s.inbox;
		s.inbox = 0;
		activateWaiting(s);
	}

	private static void activateWaiting(State s) {
		while (s.inactive > 0 && s.worklist + s.executing < s.limit) {
			s.inactive--;
			s.worklist++;
		}
	}

	private static boolean go(State s, int thread, At to) {
		s.at[thread] = to;
		return true;
	}

}
