package io.github.workqueue.benchmark;

import java.util.concurrent.Semaphore;

/** P8: what tasks of a mixed load do. CPU time is per task; all tasks come at once. */
enum MixedLoad {

	CPU_ONLY("2 ms CPU", Effort.of(300, 50)) {

		@Override
		void step(Tools tools, int index) {
			tools.cpu().burn(2000);
		}

	},

	WAIT_IN_THE_MIDDLE("2 ms CPU, 10 ms wait, 2 ms CPU", Effort.of(150, 25)) {

		@Override
		void step(Tools tools, int index) throws InterruptedException {
			tools.cpu().burn(2000);
			Thread.sleep(10);
			tools.cpu().burn(2000);
		}

	},

	MOSTLY_WAIT("0.2 ms CPU, 50 ms wait", Effort.of(1000, 100)) {

		@Override
		void step(Tools tools, int index) throws InterruptedException {
			tools.cpu().burn(200);
			Thread.sleep(50);
		}

	},

	SHORT_AND_LONG("90 % 0.2 ms CPU; 10 % 10 ms CPU, 20 ms wait", Effort.of(400, 60)) {

		@Override
		void step(Tools tools, int index) throws InterruptedException {
			if (index % 10 != 5) {
				tools.cpu().burn(200);
			}
			else {
				tools.cpu().burn(10_000);
				Thread.sleep(20);
			}
		}

	},

	NESTED_WAITS("1 ms CPU, a wait for a task of 1 ms CPU and 10 ms wait, 1 ms CPU", Effort.of(40, 40)) {

		@Override
		void step(Tools tools, int index) throws InterruptedException {
			tools.cpu().burn(1000);
			tools.children()[index].run();
			tools.ends()[index].acquire();
			tools.cpu().burn(1000);
		}

		@Override
		void child(Tools tools, int index) throws InterruptedException {
			tools.cpu().burn(1000);
			Thread.sleep(10);
			tools.ends()[index].release();
		}

	};

	private final String title;

	private final int tasks;

	MixedLoad(String title, int tasks) {
		this.title = title;
		this.tasks = tasks;
	}

	String title() {
		return this.title;
	}

	int tasks() {
		return this.tasks;
	}

	abstract void step(Tools tools, int index) throws InterruptedException;

	void child(Tools tools, int index) throws InterruptedException {
	}

	/**
	 * What tasks use.
	 *
	 * @param cpu burns
	 * @param children each submits the child of one task
	 * @param ends each told by the child
	 */
	record Tools(Cpu cpu, Runnable[] children, Semaphore[] ends) {

	}

}
