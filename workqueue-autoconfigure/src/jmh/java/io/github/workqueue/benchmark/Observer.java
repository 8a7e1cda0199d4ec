package io.github.workqueue.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Who watches executions. */
public enum Observer {

	/** Nobody. */
	NONE {

		@Override
		Observed observe(Runnable body) {
			return engine(body, WorkListener.NONE);
		}

	},

	/** Somebody who does nothing: what the engine itself does for a listener. */
	LISTENER {

		@Override
		Observed observe(Runnable body) {
			return engine(body, new WorkListener() {
			});
		}

	},

	/** The meters in a Prometheus registry. */
	METERS {

		@Override
		Observed observe(Runnable body) {
			LateListener listener = new LateListener();
			EngineObserved observed = engine(body, listener);
			WorkqueueMetrics metrics = new WorkqueueMetrics(observed.engine());
			listener.target = metrics;
			metrics.bindTo(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
			return observed;
		}

	},

	/** The peer: a thread pool, not watched. */
	POOL_NONE {

		@Override
		Observed observe(Runnable body) {
			return pool(body, Executors.newFixedThreadPool(1));
		}

	},

	/** The peer: a thread pool with Micrometer's meters. */
	POOL_METERS {

		@Override
		Observed observe(Runnable body) {
			return pool(body, ExecutorServiceMetrics.monitor(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
					Executors.newFixedThreadPool(1), "pool"));
		}

	};

	abstract Observed observe(Runnable body);

	private static EngineObserved engine(Runnable body, WorkListener listener) {
		WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).listener(listener).build());
		return new EngineObserved(engine, engine.initWork("body", (work) -> body.run()));
	}

	private static Observed pool(Runnable body, ExecutorService pool) {
		return new Observed() {

			@Override
			public void submit() {
				pool.execute(body);
			}

			@Override
			public void close() {
				pool.shutdownNow();
			}

		};
	}

	/** Somebody who runs a body. */
	interface Observed extends AutoCloseable {

		void submit();

		@Override
		void close();

	}

	/** The engine. */
	private record EngineObserved(WorkqueueEngine engine, WorkItem item) implements Observed {

		@Override
		public void submit() {
			this.item.schedule();
		}

		@Override
		public void close() {
			this.engine.close();
		}

	}

}
