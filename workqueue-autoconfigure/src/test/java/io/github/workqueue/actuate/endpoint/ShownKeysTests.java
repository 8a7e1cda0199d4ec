package io.github.workqueue.actuate.endpoint;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.KeyedWork;
import io.github.workqueue.engine.EngineSettings;
import io.github.workqueue.engine.WorkqueueEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who sees keys, by {@code show-values} and {@code roles}, and what sanitizing functions
 * leave of them: the same on the endpoint and for the page.
 */
class ShownKeysTests {

	private final WorkqueueEngine engine = WorkqueueEngine.start(EngineSettings.builder().cpus(1).build());

	@BeforeEach
	void arm() {
		KeyedWork<Object> bill = this.engine.initKeyedWork("bill", this.engine.get("system_wq"), (key) -> {
		});
		bill.schedule("ann", Duration.ofHours(1));
	}

	@AfterEach
	void close() {
		this.engine.close();
	}

	@ParameterizedTest
	@CsvSource({ "NEVER, true, true, false", "WHEN_AUTHORIZED, false, false, false",
			"WHEN_AUTHORIZED, true, false, false", "WHEN_AUTHORIZED, true, true, true", "ALWAYS, false, false, true" })
	void keysAreForThoseWhoMaySeeThem(Show show, boolean known, boolean inRole, boolean shown) {
		SecurityContext caller = new Caller(known, inRole);
		assertThat(keys(show, caller, List.of())).allMatch((key) -> "ann".equals(key) == shown).hasSize(2);
	}

	@Test
	void whatIsSanitizedIsNotShown() {
		SanitizingFunction hide = (data) -> data.getKey().equals("bill") ? data.withSanitizedValue() : data;
		assertThat(keys(Show.ALWAYS, SecurityContext.NONE, List.of(hide))).containsOnly("******");
	}

	@Test
	void aKeyThatCannotTellWhatItIsHidesNothingElse() {
		DelayedWorkItem other = this.engine.initDelayedWork("other", (work) -> {
		});
		other.schedule(Duration.ofHours(2));
		Object broken = new Object() {
			@Override
			public String toString() {
				throw new IllegalStateException("no name");
			}
		};
		this.engine.initKeyedWork("broken", this.engine.get("system_wq"), (key) -> {
		}).schedule(broken, Duration.ofHours(1));
		assertThat(keys(Show.ALWAYS, SecurityContext.NONE, List.of())).hasSize(6)
			.contains("ann")
			.anyMatch((key) -> key != null && key.contains("no name"));
	}

	/** The keys of all works, as the endpoint shows them and as the page gets them. */
	private List<@Nullable String> keys(Show show, SecurityContext caller, List<SanitizingFunction> functions) {
		Set<String> roles = Set.of("operator");
		WorkqueuesEndpoint endpoint = new WorkqueuesEndpoint(this.engine, this.engine, new KnownWorks(Stream::empty),
				show, functions);
		Map<String, Object> queue = new WorkqueuesEndpointWebExtension(endpoint, show, roles).workqueue(caller,
				"system_wq");
		WorkqueueUiEndpoint page = new WorkqueueUiEndpoint(
				new StaticListableBeanFactory().getBeanProvider(WebEndpointsSupplier.class), this.engine,
				new RecentExecutions(), show, roles, functions);
		Map<String, Object> recent = page.recent(caller, "recent", null);
		return Stream.concat(keys(queue, "works"), keys(recent, "timers")).toList();
	}

	@SuppressWarnings("unchecked")
	private static Stream<@Nullable String> keys(@Nullable Map<String, Object> answer, String list) {
		assertThat(answer).isNotNull();
		List<Map<String, @Nullable String>> works = (List<Map<String, @Nullable String>>) answer.get(list);
		return works.stream().map((work) -> work.get("key"));
	}

	private record Caller(boolean known, boolean inRole) implements SecurityContext {

		@Override
		public @Nullable Principal getPrincipal() {
			return this.known ? () -> "user" : null;
		}

		@Override
		public boolean isUserInRole(String role) {
			return this.inRole && role.equals("operator");
		}

	}

}
