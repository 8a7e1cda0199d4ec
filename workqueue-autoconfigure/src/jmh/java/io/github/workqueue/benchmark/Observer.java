package io.github.workqueue.benchmark;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.workqueue.WorkItem;
import io.github.workqueue.WorkListener;
import io.github.workqueue.actuate.endpoint.RecentExecutions;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import io.github.workqueue.metrics.WorkqueueMetrics;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jdk.jfr.Recording;

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

	/** What the live page keeps while it is exposed. */
	PAGE {

		@Override
		Observed observe(Runnable body) {
			return engine(body, new RecentExecutions());
		}

	},

	/** A recording of the Flight Recorder that leaves our events as they are. */
	RECORDING {

		@Override
		Observed observe(Runnable body) {
			return recorded(engine(body, WorkListener.NONE), new Recording());
		}

	},

	/** A recording of each request, activation and execution. */
	FULL_RECORDING {

		@Override
		Observed observe(Runnable body) {
			Recording recording = new Recording();
			recording.enable("workqueue.QueueWork");
			recording.enable("workqueue.ActivateWork");
			recording.enable("workqueue.ExecuteWork").withThreshold(Duration.ZERO);
			return recorded(engine(body, WorkListener.NONE), recording);
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

	/** So much of a recording is kept on disk. */
	private static final long MAX_RECORDED = 32 << 20;

	abstract Observed observe(Runnable body);

	private static EngineObserved engine(Runnable body, WorkListener listener) {
		WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).listener(listener).build());
		return new EngineObserved(engine, engine.initWork("body", (work) -> body.run()));
	}

	private static Observed recorded(Observed observed, Recording recording) {
		recording.setMaxSize(MAX_RECORDED);
		recording.start();
		return new Observed() {

			@Override
			public void submit() {
				observed.submit();
			}

			@Override
			public void close() {
				recording.close();
				observed.close();
			}

		};
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
