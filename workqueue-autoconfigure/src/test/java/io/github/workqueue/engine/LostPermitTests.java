package io.github.workqueue.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.github.workqueue.DelayedWorkItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A wake-up that another wait has used up is not lost. Story: the timer thread had seen
 * that no timer was armed and was about to sleep, one was armed and woke it, and the lock
 * that it waited for at the end of its section took that wake-up; it slept for good, and
 * nothing fired until something armed later was due earlier.
 */
class LostPermitTests {

	@RegisterExtension
	final Engines engines = new Engines();

	private final Gate gate = this.engines.gate();

	private final AtomicBoolean interferes = new AtomicBoolean();

	/** Zero, or what the clock shows as long as it stands still. */
	private final AtomicLong stands = new AtomicLong();

	private final WorkqueueEngine engine = this.engines.start(Engines.settings(1).timeSource(this::nanoTime));

	private final DelayedWorkItem item = this.engine.initDelayedWork("item", this.gate.passing());

	/** Between its look at the timers and its sleep the timer thread waits for a lock. */
	private long nanoTime() {
		if (this.interferes.get() && findsNoTimer()) {
			this.interferes.set(false);
			this.engine.transit.afterPrior(() -> {
				this.item.schedule(Duration.ofMillis(1));
				LockSupport.parkNanos(this, Engines.PATIENCE.toNanos());
			});
		}
		long now = this.stands.get();
		return (now != 0) ? now : System.nanoTime();
	}

	private boolean findsNoTimer() {
		boolean collects = StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getMethodName().equals("collect")));
		return collects && this.engine.timers.size() == 0;
	}

	@Test
	void whatIsArmedWhileTheTimerThreadGoesToSleepFires() throws Exception {
		DelayedWorkItem first = this.engine.initDelayedWork("first", this.gate.passing());
		first.schedule(Duration.ofMillis(1));
		this.gate.awaitStarts(1);
		this.stands.set(System.nanoTime());
		first.schedule(Duration.ofMillis(1));
		// from here on no other thread is in a section, which would interfere in the
		// timer thread's stead
		this.interferes.set(true);
		this.stands.set(0);
		Engines.until("both run", () -> this.gate.ended.get() == 3);
	}

}
