package io.github.workqueue.actuate.endpoint;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;

/**
 * Tells the page where the endpoints are, as far as they are exposed, and whether it may
 * change anything there.
 */
final class PageLinks {

	private final ObjectProvider<WebEndpointsSupplier> endpoints;

	/** Takes a provider, since the endpoints are found by looking for this one, too. */
	PageLinks(ObjectProvider<WebEndpointsSupplier> endpoints) {
		this.endpoints = endpoints;
	}

	/** Returns paths below the base path, and {@code writable}. */
	Map<String, String> attributes() {
		Map<String, String> attributes = new TreeMap<>();
		exposed().filter((endpoint) -> isOurs(endpoint.getEndpointId()))
			.forEach((endpoint) -> add(attributes, endpoint));
		return attributes;
	}

	private Stream<ExposableWebEndpoint> exposed() {
		return this.endpoints.orderedStream().flatMap((supplier) -> supplier.getEndpoints().stream());
	}

	private static boolean isOurs(EndpointId id) {
		String name = id.toLowerCaseString();
		return name.equals(WorkqueueUiEndpoint.ID) || name.equals("workqueues") || name.equals("workerpools");
	}

	private static void add(Map<String, String> attributes, ExposableWebEndpoint endpoint) {
		attributes.put(endpoint.getEndpointId().toLowerCaseString(), endpoint.getRootPath());
		if (endpoint.getOperations().stream().anyMatch((one) -> one.getType() == OperationType.WRITE)) {
			attributes.put("writable", "true");
		}
	}

}
