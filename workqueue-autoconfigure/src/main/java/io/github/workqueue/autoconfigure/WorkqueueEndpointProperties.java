package io.github.workqueue.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the endpoint that shows the queues.
 */
@ConfigurationProperties("management.endpoint.workqueues")
public final class WorkqueueEndpointProperties {

	/**
	 * When to show the keys of keyed work.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles used to determine whether a user is authorized to be shown keys. When empty,
	 * all authenticated users are authorized.
	 */
	private final Set<String> roles = new HashSet<>();

	/**
	 * Returns when keys are shown.
	 * @return when they are
	 */
	public Show getShowValues() {
		return this.showValues;
	}

	/**
	 * Sets when keys are shown.
	 * @param showValues when they are
	 */
	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	/**
	 * Returns the roles that may see keys.
	 * @return the roles, modifiable
	 */
	public Set<String> getRoles() {
		return this.roles;
	}

}
