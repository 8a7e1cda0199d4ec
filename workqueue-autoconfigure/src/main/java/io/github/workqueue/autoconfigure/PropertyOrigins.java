package io.github.workqueue.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Says where a property comes from, for people.
 */
final class PropertyOrigins {

	private final Iterable<ConfigurationPropertySource> sources;

	PropertyOrigins(Environment environment) {
		this.sources = ConfigurationPropertySources.get(environment);
	}

	/**
	 * Returns the property's name with its value and origin where it is set.
	 */
	String describe(String name) {
		ConfigurationProperty property = find(name);
		return (property != null) ? describe(property) : "property '" + name + "'";
	}

	static String describe(ConfigurationProperty property) {
		Origin origin = Origin.from(property);
		return "property '" + property.getName() + "' = '" + property.getValue() + "'"
				+ ((origin != null) ? " (" + origin + ")" : "");
	}

	private @Nullable ConfigurationProperty find(String name) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
