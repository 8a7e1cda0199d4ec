package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.core.env.PropertySource;

/**
 * Says for people what stood in the place of placeholders, and where that was written.
 */
final class PropertyPlaceholders {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}:]+)[:}]");

	private final PropertyResolver properties;

	PropertyPlaceholders(PropertyResolver properties) {
		this.properties = properties;
	}

	/**
	 * Returns what to add to a resolved text; nothing if it had no placeholders.
	 */
	String describe(String text) {
		List<String> names = PLACEHOLDER.matcher(text).results().map((found) -> name(found)).toList();
		if (names.isEmpty()) {
			return "";
		}
		List<String> places = new ArrayList<>();
		for (String name : names) {
			Origin origin = origin(name);
			if (origin != null) {
				places.add("'" + name + "' at " + origin);
			}
		}
		return " from '" + text + "'" + (places.isEmpty() ? "" : " (" + String.join(", ", places) + ")");
	}

	private static String name(MatchResult found) {
		return found.group(1).trim();
	}

	private @Nullable Origin origin(String name) {
		if (this.properties instanceof ConfigurableEnvironment environment) {
			for (PropertySource<?> source : environment.getPropertySources()) {
				if (source.containsProperty(name)) {
					return OriginLookup.getOrigin(source, name);
				}
			}
		}
		return null;
	}

}
