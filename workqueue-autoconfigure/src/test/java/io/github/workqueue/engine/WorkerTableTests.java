package io.github.workqueue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers by number, from 1 on. */
class WorkerTableTests {

	/** So many that the table must grow. */
	private static final int MANY = 20;

	@RegisterExtension
	final Engines engines = new Engines();

	private final WorkerTable table = new WorkerTable();

	@Test
	void findsAWorkerByItsNumberAndNobodyByAnyOther() {
		List<Execution> workers = workers();
		List<Integer> numbers = new ArrayList<>();
		for (Execution worker : workers) {
			numbers.add(this.table.add(worker));
			assertThat(this.table.get(numbers.size() + 1)).as("the next number").isNull();
		}
		assertThat(numbers).startsWith(1, 2).endsWith(MANY);
		assertThat(numbers).extracting(this.table::get).isEqualTo(workers);
		assertThat(this.table.get(0)).isNull();
		assertThat(this.table.get(1000)).isNull();
	}

	@Test
	void theNumberOfAWorkerThatHasEndedIsUsedAgain() {
		List<Execution> workers = workers();
		workers.forEach(this.table::add);
		this.table.remove(3);
		assertThat(this.table.get(3)).isNull();
		assertThat(this.table.add(workers.get(0))).isEqualTo(3);
		assertThat(this.table.get(3)).isSameAs(workers.get(0));
	}

	/** Workers whose threads are never started. */
	private List<Execution> workers() {
		WorkerPool pool = this.engines.start(1).pool(0);
		return IntStream.range(0, MANY).mapToObj((i) -> new Worker(pool, "worker-" + i, false).execution).toList();
	}

}
