package io.github.workqueue.autoconfigure;

import java.time.DayOfWeek;
import java.util.Map;

import io.github.workqueue.KeyedWork;
import io.github.workqueue.Workqueues;
import io.github.workqueue.annotation.Work;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a key may be, and where handlers may stand.
 */
class KeyTypeTests {

	private final ApplicationContextRunner runner = WorkqueueRunner.transactional()
		.withUserConfiguration(Handlers.class, Injected.class);

	@Test
	void recordsAreEqualByTheirComponents() {
		this.runner.run((context) -> assertMerged(context, "ofRecord", new Point(1, 2), new Point(1, 2)));
	}

	@Test
	void constantsOfAnEnumWithBodiesAreKeys() {
		this.runner.run((context) -> assertMerged(context, "ofEnum", Shape.ROUND, Shape.valueOf("ROUND")));
	}

	@Test
	void genericTypesAreKeysAndAreInjectedByTheirType() {
		this.runner.run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.entries).isSameAs(context.getBean("ofGeneric"));
			assertThat(injected.days).isSameAs(context.getBean("ofDay"));
			assertMerged(context, "ofGeneric", Map.entry("a", 1), Map.entry("a", 1));
		});
	}

	@Test
	void handlersStandInLiteConfigurationsAndAreTransactional() {
		this.runner.withUserConfiguration(Lite.class).run((context) -> {
			WorkqueueRunner.<String>keyed(context, "lite").schedule("a");
			WorkqueueRunner.<String>keyed(context, "lite").flush("a");
			WorkqueueRunner.<DayOfWeek>keyed(context, "ofDay").schedule(DayOfWeek.MONDAY);
			context.getBean(Calls.class).awaitExactly("lite a", "MONDAY in a transaction");
		});
	}

	private static void assertMerged(ApplicationContext context, String work, Object key, Object same)
			throws InterruptedException {
		KeyedWork<Object> keyed = WorkqueueRunner.keyed(context, work);
		context.getBean(Workqueues.class).freeze();
		assertThat(keyed.schedule(key)).isTrue();
		assertThat(keyed.schedule(same)).isFalse();
		assertThat(keyed.isPending(same)).isTrue();
		assertThat(keyed.size()).isEqualTo(1);
		context.getBean(Workqueues.class).thaw();
		context.getBean(Calls.class).awaitExactly(key);
		keyed.flush(same);
		assertThat(keyed.size()).isZero();
	}

	record Point(int x, int y) {
	}

	enum Shape {

		ROUND {
			@Override
			int corners() {
				return 0;
			}
		},

		SQUARE {
			@Override
			int corners() {
				return 4;
			}
		};

		abstract int corners();

	}

	static class Handlers {

		private final Calls calls;

		Handlers(Calls calls) {
			this.calls = calls;
		}

		@Work(name = "ofRecord", queue = "system_freezable_wq")
		void ofRecord(Point key) {
			this.calls.add(key);
		}

		@Work(name = "ofEnum", queue = "system_freezable_wq")
		void ofEnum(Shape key) {
			this.calls.add(key);
		}

		@Work(name = "ofGeneric", queue = "system_freezable_wq")
		void ofGeneric(Map.Entry<String, Integer> key) {
			this.calls.add(key);
		}

		@Work(name = "ofDay")
		@Transactional
		void ofDay(DayOfWeek key) {
			this.calls.add(key + (TransactionSynchronizationManager.isActualTransactionActive() ? " in a transaction"
					: " without a transaction"));
		}

	}

	static class Injected {

		@Autowired
		private KeyedWork<Map.Entry<String, Integer>> entries;

		@Autowired
		private KeyedWork<DayOfWeek> days;

	}

	@Configuration(proxyBeanMethods = false)
	static class Lite {

		@Bean
		Object unrelated() {
			return "bean";
		}

		@Autowired
		private Calls calls;

		@Work(name = "lite")
		void lite(String key) {
			this.calls.add("lite " + key);
		}

	}

}
