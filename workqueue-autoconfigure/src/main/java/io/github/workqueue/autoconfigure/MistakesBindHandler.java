package io.github.workqueue.autoconfigure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.workqueue.spring.Mistake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Notes what cannot be bound and goes on with the rest.
 */
final class MistakesBindHandler extends AbstractBindHandler {

	private final List<Mistake> mistakes;

	MistakesBindHandler(List<Mistake> mistakes) {
		this.mistakes = mistakes;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		ConfigurationProperty property = context.getConfigurationProperty();
		String subject = (property != null) ? PropertyOrigins.describe(property) : "property '" + name + "'";
		this.mistakes.add(new Mistake(subject + " " + problem(target.getType(), error) + ".",
				"Correct the value of '" + name + "'."));
		return null;
	}

	private static String problem(ResolvableType type, Exception error) {
		Object[] constants = type.resolve(Object.class).getEnumConstants();
		if (constants != null) {
			return "is none of "
					+ Stream.of(constants).map(MistakesBindHandler::written).collect(Collectors.joining(", "));
		}
		return "cannot be read as " + ClassUtils.getShortName(type.resolve(Object.class)) + ": "
				+ NestedExceptionUtils.getMostSpecificCause(error).getMessage();
	}

	/** As it is written in a file. */
	private static String written(Object constant) {
		return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
