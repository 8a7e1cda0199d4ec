package io.github.workqueue.autoconfigure;

import java.util.List;

import io.github.workqueue.spring.Mistake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.NestedExceptionUtils;

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
		this.mistakes.add(new Mistake(
				subject + " cannot be read as " + target.getType() + ": "
						+ NestedExceptionUtils.getMostSpecificCause(error).getMessage() + ".",
				"Correct the value of '" + name + "'."));
		return null;
	}

}
