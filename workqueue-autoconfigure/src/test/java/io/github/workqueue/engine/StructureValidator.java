package io.github.workqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks an engine and checks that its counters add up: whatever a test did, the books
 * must balance afterwards.
 */
final class StructureValidator {

	private StructureValidator() {
	}

	static void validate(WorkqueueEngine engine) {
		for (WorkerPool pool : engine.pools()) {
			pool.lock.lock();
			try {
				assertThat(pool.progress.isKept()).as("items of %s wait and the pool is watched", pool).isTrue();
				pool.drainInbox();
				validate(pool);
				for (EngineWorkqueue queue : engine.queues()) {
					if (queue.isServedBy(pool)) {
						validate(queue.linkIn(pool));
					}
				}
			}
			finally {
				pool.lock.unlock();
			}
		}
	}

	private static void validate(WorkerPool pool) {
		int idle = 0;
		int counted = 0;
		for (Worker worker : pool.workers) {
			assertThat(worker.idle && worker.isBusy()).as("%s is idle and busy", worker).isFalse();
			assertThat(worker.idle && !worker.scheduled.isEmpty()).as("%s idles before its followers", worker)
				.isFalse();
			idle += worker.idle ? 1 : 0;
			counted += isCounted(worker) ? 1 : 0;
		}
		assertThat(pool.idle.size()).as("idle workers of %s", pool).isEqualTo(idle);
		assertThat(pool.concurrency.running()).as("nr_running of %s", pool).isEqualTo(pool.managed ? counted : 0);
		assertThat(pool.concurrency.isKept()).as("who is counted and who sleeps in %s", pool).isTrue();
		assertThat(pool.creation.count()).as("workers of %s", pool)
			.isEqualTo(pool.workers.stream().filter((worker) -> !worker.rescuer).count());
	}

	private static boolean isCounted(Worker worker) {
		return !worker.prep && !worker.hog && worker.sleep == Worker.Sleep.NONE && !worker.rescuer;
	}

	private static void validate(QueueLink link) {
		int active = count(link.pool.worklist, link);
		for (Worker worker : link.pool.workers) {
			active += count(worker.scheduled, link) + ((worker.currentLink() == link) ? 1 : 0);
		}
		String name = link.queue.name() + " in " + link.pool;
		assertThat(link.active()).as("active items of %s", name).isEqualTo(active);
		assertThat(link.inFlight()).as("coloured items of %s", name).isEqualTo(active + link.inactive().size());
		boolean room = link.active() < link.queue.limit();
		assertThat(room && link.hasInactive()).as("%s lets items wait with a slot free", name).isFalse();
	}

	private static int count(WorkList list, QueueLink link) {
		int count = 0;
		for (EngineWorkItem item : list) {
			count += (item.link() == link) ? 1 : 0;
		}
		return count;
	}

}
