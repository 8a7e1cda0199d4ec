/**
 * The machinery: pools, workers, queues, timers. Plain Java, without Spring. Only
 * {@link io.github.workqueue.engine.WorkqueueEngine},
 * {@link io.github.workqueue.engine.EngineSettings},
 * {@link io.github.workqueue.engine.TimeSource} and
 * {@link io.github.workqueue.engine.DelayedWorkPolicy} are public.
 *
 * <h2>The map</h2>
 * <table>
 * <caption>Which class is for what; in bold where to begin</caption>
 * <tr>
 * <td>engine</td>
 * <td><b>WorkqueueEngine</b>, EngineSettings, Tuning, QueueRegistry, QueueEvents,
 * Shutdown, Leftovers</td>
 * </tr>
 * <tr>
 * <td>request</td>
 * <td><b>EngineWorkqueue</b>, <b>QueueRequests</b>, EngineWorkItem,
 * EngineDelayedWorkItem, EngineKeyedWork, KeyItem, WorkDefinition, <b>WorkState</b> (the
 * state word of an item), QueueGate and Transit (who may queue), QueueRules,
 * PendingLimit, DeadlockGuard, PoolChoice, CpuCalls</td>
 * </tr>
 * <tr>
 * <td>pool</td>
 * <td><b>WorkerPool</b>, PoolLock, Inbox, WorkList, QueueLink and ActiveLimits
 * ({@code max_active}), <b>PoolProgress</b> (why nothing stands still), PoolPolicy,
 * Concurrency, PoolItems</td>
 * </tr>
 * <tr>
 * <td>worker</td>
 * <td><b>Worker</b> (the thread), <b>Execution</b> (what it runs), IdleWorkers, Linger,
 * WorkerCreation, WorkerThreads, WorkerTable, Rescuer, PoolRescue</td>
 * </tr>
 * <tr>
 * <td>waiting</td>
 * <td><b>Flush</b>, FlushColors, Completion, Cancellation, Drain, Deadline</td>
 * </tr>
 * <tr>
 * <td>time</td>
 * <td>TimeSource, <b>TimerQueue</b>, TimerWheel, TimerSlack, Durations,
 * DelayedWorkPolicy</td>
 * </tr>
 * <tr>
 * <td>monitor</td>
 * <td><b>SleepMonitor</b>, PoolWatch, WorkerWatch, LookPace, ThreadProbe,
 * SystemThreadProbe, ProcStates; Watchdog, StallReport, WorkReports</td>
 * </tr>
 * <tr>
 * <td>views</td>
 * <td><b>Snapshots</b>, PoolWorks, QueueWorks, QueueTotals, BusyWorker, SeenWorker,
 * WaitingWork, Aged, OldestFirst, FlightEvents</td>
 * </tr>
 * <tr>
 * <td>tools</td>
 * <td>StripedCounter, Padding, and the marks Confined, PoolLocked, PoolWritten, Racy</td>
 * </tr>
 * </table>
 *
 * <h2>The way of an item</h2> From {@code schedule()} to its handler:
 * <ol>
 * <li>{@code QueueRequests.tryQueue}: is it idle, and the gate open?</li>
 * <li>{@code WorkDefinition.capture}: what the execution needs of this thread.</li>
 * <li>{@code WorkState.tryTake}: from idle to pending; from here on nobody else may queue
 * it.</li>
 * <li>{@code PoolChoice.poolFor}: the pool of a CPU, or the unbound one; where it runs
 * already, if it does.</li>
 * <li>{@code WorkerPool.put}: into the pool's inbox, without a lock.</li>
 * <li>{@code PoolProgress.pushed}: wakes a worker if nobody else comes for it.</li>
 * <li>{@code IdleWorkers.park} ends, and {@code WorkerPool.next} asks under the lock
 * whether the worker is needed.</li>
 * <li>{@code WorkerPool.drainInbox}: through {@code QueueLink} to the worklist, or to
 * wait there for {@code max_active}.</li>
 * <li>{@code WorkerPool.assign} and {@code Execution.begin}: the worker's; pending ends
 * with {@code WorkState.start}.</li>
 * <li>{@code Execution.run}: the handler. {@code next} lets go of the item, and takes
 * another.</li>
 * </ol>
 * Read in this order: WorkState, WorkerPool, PoolProgress, Worker, Execution, QueueLink,
 * EngineWorkqueue; then what you came for.
 *
 * <h2>Who protects a field</h2> Every field that changes, or its type, carries one of
 * <ul>
 * <li>{@code @GuardedBy}: read and written under that lock of the same object; Error
 * Prone checks it;</li>
 * <li>{@code @PoolLocked}: the same for the lock of the pool, wherever the field is (the
 * kernel's L);</li>
 * <li>{@code @PoolWritten}: written under the pool's lock by the worker that it belongs
 * to, which reads it without (the kernel's K);</li>
 * <li>{@code @Confined}: one thread at a time may touch it; the text says which one, and
 * what hands it over;</li>
 * <li>{@code @Racy}: read without a lock; the text says who writes and why that is
 * right.</li>
 * </ul>
 *
 * <h2>Locks</h2> Taken from the top down, never the other way; siblings never together.
 * <pre>
 *   registry of the engine          which queues there are
 *   gate of a queue                 who may queue
 *   config of a queue               limits
 *     lock of a pool                inbox, worklist, workers, links
 *       lock of a PendingLimit      callers that wait for room
 *   lock of the timers              wheel; armed items
 *   lock of a rescuer               pools that call it
 *   lock of the Transit             who waits for requests under way
 * </pre> No lock is held while a handler, a listener, a thread factory or a key's
 * {@code equals} is called, nor is a section of
 * {@link io.github.workqueue.engine.Transit} open. In a section the locks of pools,
 * PendingLimits and timers may be taken; whoever waits for sections holds no lock.
 *
 * <h2>Arguments about several threads</h2> Each has one place: who comes for an item that
 * waits, {@link io.github.workqueue.engine.PoolProgress}; who may write an item,
 * {@link io.github.workqueue.engine.WorkState}; what a flush or a closed gate may rely
 * on, {@link io.github.workqueue.engine.Transit}.
 *
 * <h2>Differences from the kernel</h2>
 * <ul>
 * <li>Nobody tells a JVM library that a thread sleeps, so producers and a monitor look;
 * see {@link io.github.workqueue.engine.SleepMonitor}.</li>
 * <li>Producers push without a lock; the accounting of {@code max_active} and of flush
 * colours happens when the inbox is emptied.</li>
 * <li>Colours are objects, as many as needed; see
 * {@link io.github.workqueue.engine.FlushColors}.</li>
 * <li>Barriers hang on the instance they wait for; see
 * {@link io.github.workqueue.engine.Flush}.</li>
 * <li>Who flushes waits first for requests that are under way in other threads; see
 * {@link io.github.workqueue.engine.Transit}.</li>
 * <li>A worker that cannot make a spare worker works all the same; the kernel's keeps
 * trying.</li>
 * <li>All unbound queues of one priority share one pool: a JVM does not see caches or
 * NUMA nodes, so {@code max_active} is exact and {@code min_active} always met.</li>
 * <li>Refused requests throw, self-deadlocks throw, an unbalanced enable throws; the
 * kernel warns.</li>
 * </ul>
 */
@NullMarked
package io.github.workqueue.engine;

import org.jspecify.annotations.NullMarked;
