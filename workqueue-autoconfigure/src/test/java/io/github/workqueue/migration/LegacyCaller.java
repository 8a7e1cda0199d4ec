package io.github.workqueue.migration;

import java.util.concurrent.Executor;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

@Component
class LegacyCaller {

	private final Executor exports;

	LegacyCaller(@Qualifier("exports") Executor exports) {
		this.exports = exports;
	}

	void run(Runnable task) {
		this.exports.execute(task);
	}

}
