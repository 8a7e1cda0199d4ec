package io.github.workqueue.autoconfigure;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if some configured queue is durable.
 */
class OnDurableQueueCondition extends SpringBootCondition {

	private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Durable queue");
		return isAnyDurable(context.getEnvironment())
				? ConditionOutcome.match(message.because("'durable' is true for some queue"))
				: ConditionOutcome.noMatch(message.because("no queue has 'durable' set to true"));
	}

	/** Mistakes are none of this condition's matter: they stop the start elsewhere. */
	private static boolean isAnyDurable(Environment environment) {
		Bindable<Map<String, Map<String, String>>> type = Bindable
			.of(ResolvableType.forClassWithGenerics(Map.class, ResolvableType.forClass(String.class),
					ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));
		return Binder.get(environment)
			.bind("workqueue.queues", type)
			.orElse(Map.of())
			.values()
			.stream()
			.anyMatch((queue) -> isTrue(queue.get("durable")));
	}

	/** As a boolean property is read. */
	private static boolean isTrue(@Nullable String value) {
		return value != null && TRUE.contains(value.trim().toLowerCase(Locale.ROOT));
	}

}
