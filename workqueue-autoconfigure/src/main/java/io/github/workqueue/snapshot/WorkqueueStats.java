package io.github.workqueue.snapshot;

import java.time.Duration;

/**
 * Totals of a queue since its creation; none ever decreases.
 *
 * @param adds enqueues, by request, due timer or retry
 * @param coalesced requests refused because the item was pending
 * @param started executions begun
 * @param completed executions ended, failed ones included
 * @param failed executions that threw
 * @param retries requeues after a failure
 * @param cpuTime CPU time of the executions, sampled
 * @param cpuIntensive executions that were marked as CPU hogs
 * @param cmWakeup workers started because one of this queue slept or hogged
 * @param repatriated workers brought back to their CPUs; always 0 on a JVM
 * @param mayday calls for the rescuer
 * @param rescued executions by the rescuer
 */
public record WorkqueueStats(long adds, long coalesced, long started, long completed, long failed, long retries,
		Duration cpuTime, long cpuIntensive, long cmWakeup, long repatriated, long mayday, long rescued) {
}
