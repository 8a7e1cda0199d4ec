package io.github.workqueue.engine;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.workqueue.engine.WorkerCreation.Result;
import io.github.workqueue.engine.WorkerPool.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of workers and keeps their number ({@code create_worker}). A failure
 * of the thread factory or of the system never reaches who needed the worker.
 */
final class WorkerThreads {

	private static final System.Logger logger = System.getLogger(WorkerThreads.class.getName());

	private static final @Nullable ThreadFactory VIRTUAL = virtualFactory();

	private final WorkqueueEngine engine;

	private final ThreadFactory factory;

	private final int maxWorkers;

	/** Platform workers of all pools. */
	private final AtomicInteger count = new AtomicInteger();

	WorkerThreads(WorkqueueEngine engine, EngineSettings settings) {
		this.engine = engine;
		this.factory = settings.threadFactory();
		this.maxWorkers = settings.maxWorkers();
	}

	/** The default: daemon threads. */
	static ThreadFactory platformFactory() {
		return (body) -> helper("kworker", body);
	}

	/** Whether this JVM has virtual threads. */
	static boolean hasVirtual() {
		return VIRTUAL != null;
	}

	private static @Nullable ThreadFactory virtualFactory() {
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
			ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
			return (body) -> withOwnLoader(factory.newThread(body));
		}
		catch (NoSuchMethodException | ClassNotFoundException ex) {
			return null;
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			logger.log(Level.WARNING, "virtual threads are not available", ex);
			return null;
		}
	}

	/**
	 * Makes and starts a worker. Called without any lock.
	 * @param needed whether items wait for it; then an idle worker of another pool gives
	 * way
	 */
	Result create(WorkerPool pool, boolean needed) {
		boolean virtual = pool.kind == Kind.VIRTUAL;
		if (!virtual && !reserve(pool, needed)) {
			return Result.AT_LIMIT;
		}
		ThreadFactory factory = (virtual && VIRTUAL != null) ? VIRTUAL : this.factory;
		return start(pool, factory);
	}

	private Result start(WorkerPool pool, ThreadFactory factory) {
		Worker worker = pool.creation.register();
		try {
			Thread thread = factory.newThread(worker);
			if (thread == null) {
				throw new IllegalStateException("the thread factory returned null");
			}
			worker.bind(thread);
			pool.creation.starts(worker);
			thread.start();
			if (!worker.isStarted()) {
				throw new IllegalStateException("start() of the thread did not start it");
			}
			return Result.MADE;
		}
		catch (Throwable ex) {
			pool.creation.unregister(worker);
			logger.log(Level.WARNING, "worker " + worker.name + " could not be started; trying again in 1 s", ex);
			return Result.FAILED;
		}
	}

	/** Every pool may have one worker; the others share the limit. */
	private boolean reserve(WorkerPool pool, boolean needed) {
		if (tryReserve() || (needed && makeRoom(pool) && tryReserve())) {
			return true;
		}
		if (pool.creation.count() == 0) {
			this.count.incrementAndGet();
			return true;
		}
		return false;
	}

	private boolean tryReserve() {
		int now = this.count.get();
		while (now < this.maxWorkers) {
			if (this.count.compareAndSet(now, now + 1)) {
				return true;
			}
			now = this.count.get();
		}
		return false;
	}

	private boolean makeRoom(WorkerPool except) {
		for (WorkerPool pool : this.engine.pools()) {
			if (pool != except && pool.kind != Kind.VIRTUAL && pool.idle.giveWay()) {
				return true;
			}
		}
		return false;
	}

	/** A worker of the pool has ended, or never started. */
	void gone(WorkerPool pool) {
		if (pool.kind != Kind.VIRTUAL) {
			this.count.decrementAndGet();
		}
	}

	/** Makes a daemon thread that inherits nothing from who happens to make it. */
	static Thread helper(String name, Runnable body) {
		Thread thread = new Thread(null, body, name, 0, false);
		thread.setDaemon(true);
		return withOwnLoader(thread);
	}

	private static Thread withOwnLoader(Thread thread) {
		thread.setContextClassLoader(WorkerThreads.class.getClassLoader());
		return thread;
	}

}
