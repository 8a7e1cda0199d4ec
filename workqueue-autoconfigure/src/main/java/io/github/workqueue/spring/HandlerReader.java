package io.github.workqueue.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.PropertyResolver;

/**
 * Reads one handler and notes every mistake in it.
 */
final class HandlerReader {

	private final PropertyResolver properties;

	private final List<Mistake> mistakes;

	private final String beanName;

	private final Class<?> beanType;

	private final Method method;

	private final AnnotatedMethod annotated;

	private final HandlerAttributes attributes;

	private final String where;

	HandlerReader(PropertyResolver properties, List<Mistake> mistakes, String beanName, Class<?> beanType,
			AnnotatedMethod annotated) {
		this.properties = properties;
		this.mistakes = mistakes;
		this.beanName = beanName;
		this.beanType = beanType;
		this.method = annotated.method();
		this.annotated = annotated;
		this.attributes = HandlerAttributes.of(annotated);
		this.where = HandlerSpec.describe(beanName, beanType, this.method);
	}

	HandlerCandidate read(boolean singleton) {
		int before = this.mistakes.size();
		checkPlace(singleton);
		ResolvableType keyType = keyType();
		String explicit = read("name", this.attributes.name(), HandlerReader::name);
		String queue = read("queue", this.attributes.queue(), Function.identity());
		HandlerSpec spec = spec(nameOf(explicit), queue, keyType);
		return new HandlerCandidate(this.where, (explicit != null) ? nameOf(explicit) : null,
				(explicit == null || explicit.isEmpty()) ? this.method.getName() : null, queue,
				origin(this.attributes.queue()), (this.mistakes.size() == before) ? spec : null);
	}

	private String nameOf(@Nullable String explicit) {
		return (explicit != null && !explicit.isEmpty()) ? explicit : this.beanName + "." + this.method.getName();
	}

	private @Nullable HandlerSpec spec(String name, @Nullable String queue, @Nullable ResolvableType keyType) {
		HandlerAttributes attributes = this.attributes;
		String delayText = attributes.delay();
		Duration delay = (delayText != null) ? read("delay", delayText, HandlerReader::duration) : null;
		Duration maxWait = maxWait();
		Integer maxAttempts = read("maxAttempts", attributes.maxAttempts(), HandlerReader::count);
		Backoff backoff = read("backoff", attributes.backoff(), Backoff::parse);
		KeyExpression key = key(keyType);
		checkCounts();
		if (queue == null || maxAttempts == null || backoff == null) {
			return null;
		}
		return new HandlerSpec(name, this.beanName, this.beanType, this.method, keyType, queue, delay,
				attributes.debounce(), maxWait, maxAttempts, backoff, attributes.enqueue(), key, attributes.batchSize(),
				attributes.onStartup());
	}

	private void checkPlace(boolean singleton) {
		if (this.annotated.work() != null && this.annotated.delayedWork() != null) {
			mistake("carries both @Work and @DelayedWork", "Keep one of the two annotations.");
		}
		if (this.annotated.onInterface()) {
			mistake("is annotated on an interface", "Put the annotation on the method of the class.");
		}
		if (Modifier.isStatic(this.method.getModifiers())) {
			mistake("is static", "Make it an instance method.");
		}
		if (!singleton) {
			mistake("belongs to a bean that is not a singleton", "Move the handler to a singleton bean.");
		}
		if (this.method.getReturnType() != void.class) {
			mistake("returns " + this.method.getReturnType().getName() + ", which nobody would receive",
					"Make it return void.");
		}
	}

	private @Nullable ResolvableType keyType() {
		if (this.method.getParameterCount() > 1) {
			mistake("has " + this.method.getParameterCount() + " parameters",
					"Leave it one parameter, the item or the key, or none; a record can hold several values.");
			return null;
		}
		HandlerShape shape = HandlerShape.of(this.method, this.beanType);
		if (shape.isDelayedItem() && this.annotated.delayedWork() == null) {
			mistake("takes a DelayedWorkItem, but @Work makes a WorkItem",
					"Change the parameter to WorkItem, or the annotation to @DelayedWork.");
		}
		if (this.attributes.batchSize() > 0 && !shape.isItem()) {
			return batchType(shape);
		}
		return shape.keyType();
	}

	private @Nullable ResolvableType batchType(HandlerShape shape) {
		ResolvableType elementType = shape.elementType();
		if (elementType == null) {
			mistakeOfBatchSize();
		}
		return elementType;
	}

	private void mistakeOfBatchSize() {
		mistake("has batchSize = " + this.attributes.batchSize() + " without a parameter of type List",
				"Make its parameter a List of the keys, or remove batchSize.");
	}

	/** Whether nothing was given, be it by a property. */
	private boolean isLeftOut(String text) {
		return this.properties.resolvePlaceholders(text).isEmpty();
	}

	private @Nullable Duration maxWait() {
		String text = this.attributes.maxWait();
		if (isLeftOut(text)) {
			return null;
		}
		if (!this.attributes.debounce()) {
			mistake("has maxWait = '" + text + "' without debounce", "Add debounce = true, or remove maxWait.");
		}
		return read("maxWait", text, HandlerReader::duration);
	}

	private @Nullable KeyExpression key(@Nullable ResolvableType keyType) {
		String text = this.attributes.key();
		if (isLeftOut(text)) {
			return null;
		}
		if (keyType == null) {
			mistake("has key = '" + text + "' without an argument to compute it from",
					"Give it a parameter, or remove the key.");
		}
		return read("key", text, (expression) -> KeyExpression.parse(expression, parameterName()));
	}

	private @Nullable String parameterName() {
		@Nullable String @Nullable [] names = new DefaultParameterNameDiscoverer().getParameterNames(this.method);
		return (names != null && names.length == 1) ? names[0] : null;
	}

	private void checkCounts() {
		boolean item = HandlerShape.of(this.method, this.beanType).isItem();
		if (this.attributes.batchSize() < 0) {
			mistake("has batchSize = " + this.attributes.batchSize(), "Use a number above 0, or remove batchSize.");
		}
		else if (this.attributes.batchSize() > 0 && item) {
			mistakeOfBatchSize();
		}
		if (this.attributes.onStartup() && !item) {
			mistake("has onStartup, but nobody could say which key to queue",
					"Remove onStartup, or queue the keys from a handler without a key that has it.");
		}
	}

	private <T> @Nullable T read(String attribute, String text, Function<String, T> parser) {
		String resolved = text;
		try {
			resolved = this.properties.resolveRequiredPlaceholders(text);
		}
		catch (IllegalArgumentException ex) {
			mistake("has " + attribute + " = '" + text + "': " + ex.getMessage(),
					"Define the property, or give a default as in ${name:default}.");
			return null;
		}
		try {
			return parser.apply(resolved);
		}
		catch (IllegalArgumentException ex) {
			String written = origin(text);
			mistake("has " + attribute + " = '" + resolved + "'" + written + ": " + ex.getMessage(),
					"Correct " + (written.isEmpty() ? attribute : attribute + " or the property") + ".");
			return null;
		}
	}

	private String origin(String text) {
		return new PropertyPlaceholders(this.properties).describe(text);
	}

	private static String name(String text) {
		if (!text.isEmpty() && text.isBlank()) {
			throw new IllegalArgumentException("it is blank");
		}
		return text;
	}

	private static Duration duration(String text) {
		Duration duration = DurationStyle.detectAndParse(text);
		if (duration.isNegative()) {
			throw new IllegalArgumentException("it is negative");
		}
		return duration;
	}

	private static Integer count(String text) {
		try {
			int count = Integer.parseInt(text.trim());
			if (count >= 1) {
				return count;
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("it is not a whole number", ex);
		}
		throw new IllegalArgumentException("it is below 1, the first attempt");
	}

	private void mistake(String problem, String action) {
		this.mistakes.add(new Mistake("Handler " + this.where + " " + problem + ".", action));
	}

}
