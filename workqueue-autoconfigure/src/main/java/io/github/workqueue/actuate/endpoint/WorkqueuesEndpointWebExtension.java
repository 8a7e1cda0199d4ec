package io.github.workqueue.actuate.endpoint;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of the {@link WorkqueuesEndpoint}:
 * who may see keys, and which status says what is wrong. A refused request has a body
 * with a {@code message} and has changed nothing.
 */
@EndpointWebExtension(endpoint = WorkqueuesEndpoint.class)
public final class WorkqueuesEndpointWebExtension {

	private static final int STATUS_FORBIDDEN = 403;

	private final WorkqueuesEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Makes the extension.
	 * @param delegate the endpoint
	 * @param showValues who sees keys
	 * @param roles the roles that are authorized to; none for every authenticated user
	 */
	public WorkqueuesEndpointWebExtension(WorkqueuesEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * Describes a queue, with the keys of its works if the caller may see them.
	 * @param securityContext the caller
	 * @param name the queue's name or an alias
	 * @return the queue, or null if there is none of that name, which becomes 404
	 */
	@ReadOperation
	public @Nullable Map<String, Object> workqueue(SecurityContext securityContext, @Selector String name) {
		return this.delegate.describe(name, this.showValues.isShown(securityContext, this.roles));
	}

	/**
	 * Freezes or thaws the freezable queues.
	 * @param frozen true or false
	 * @return 204, or 400 for anything else
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> freeze(@Nullable Object frozen) {
		return respond(() -> {
			this.delegate.freeze(RequestValue.truth("frozen", frozen));
			return null;
		});
	}

	/**
	 * Changes the limits of a queue, or cancels or flushes one of its works.
	 * @param securityContext the caller
	 * @param name the queue's name or an alias
	 * @param maxActive the new upper limit, or null to leave it
	 * @param minActive the new lower limit, or null to leave it
	 * @param cancel the name of the work to cancel, or null
	 * @param flush the name of the work to flush, or null
	 * @param key the text of the key that is meant, or null for all
	 * @return 204 after a change of limits, 200 with the number of works that were
	 * cancelled or are run now, 400 for a bad value or none, 403 for a queue without the
	 * SYSFS flag or a key that the caller may not see, 404 for an unknown queue or if no
	 * such work waits
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> change(SecurityContext securityContext, @Selector String name,
			@Nullable Object maxActive, @Nullable Object minActive, @Nullable String cancel, @Nullable String flush,
			@Nullable String key) {
		WorkChange change = new WorkChange(cancel, flush, key);
		return respond(() -> {
			LimitsChange limits = new LimitsChange(RequestValue.wholeNumber("maxActive", maxActive),
					RequestValue.wholeNumber("minActive", minActive));
			Map<String, Object> result = this.delegate.change(name, limits, change,
					this.showValues.isShown(securityContext, this.roles));
			return change.isAskedFor() ? result : null;
		});
	}

	private static WebEndpointResponse<Map<String, Object>> respond(Supplier<@Nullable Map<String, Object>> change) {
		try {
			Map<String, Object> result = change.get();
			return (result != null) ? new WebEndpointResponse<>(result)
					: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
		}
		catch (NoSuchElementException ex) {
			return refuse(WebEndpointResponse.STATUS_NOT_FOUND, ex);
		}
		catch (ReadOnlyWorkqueueException | HiddenKeysException ex) {
			return refuse(STATUS_FORBIDDEN, ex);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return refuse(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
	}

	private static WebEndpointResponse<Map<String, Object>> refuse(int status, RuntimeException reason) {
		return new WebEndpointResponse<>(new Fields().add("message", reason.getMessage()).toMap(), status);
	}

}
