package io.github.workqueue.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
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
		return (property != null) ? describe(name, property) : "property '" + name + "'";
	}

	static String describe(ConfigurationProperty property) {
		return describe(property.getName().toString(), property);
	}

	private static String describe(String name, ConfigurationProperty property) {
		return "property '" + name + "' = '" + property.getValue() + "'" + originOf(property);
	}

	/**
	 * Returns the name with the origin of the first property that begins with it.
	 */
	String describeGroup(String name) {
		ConfigurationPropertyName group = nameOf(name);
		for (ConfigurationPropertySource source : this.sources) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				ConfigurationPropertyName member = iterable.stream()
					.filter(group::isAncestorOf)
					.findFirst()
					.orElse(null);
				ConfigurationProperty property = (member != null) ? source.getConfigurationProperty(member) : null;
				if (property != null) {
					return "property '" + name + "'" + originOf(property);
				}
			}
		}
		return "property '" + name + "'";
	}

	private static String originOf(ConfigurationProperty property) {
		Origin origin = Origin.from(property);
		return (origin != null) ? " (" + origin + ")" : "";
	}

	private @Nullable ConfigurationProperty find(String name) {
		ConfigurationPropertyName propertyName = nameOf(name);
		for (ConfigurationPropertySource source : this.sources) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	private static ConfigurationPropertyName nameOf(String name) {
		return ConfigurationPropertyName.adapt(name, '.');
	}

}
