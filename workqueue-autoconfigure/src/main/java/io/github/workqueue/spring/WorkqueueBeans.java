package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.PropertyResolver;

/**
 * Defines a bean for every queue, every executor of a queue and every handler, before any
 * bean is made. All mistakes that definitions can show stop the start here, together.
 */
public final class WorkqueueBeans implements BeanFactoryPostProcessor {

	private static final String ENGINE = "workqueues";

	private final PropertyResolver properties;

	private final WorkqueueConfiguration configuration;

	private List<HandlerSpec> handlers = List.of();

	private Map<String, WorkqueueSpec> queues = Map.of();

	/**
	 * Creates the post-processor.
	 * @param properties what placeholders stand for
	 * @param configuration the configured queues
	 */
	public WorkqueueBeans(PropertyResolver properties, WorkqueueConfiguration configuration) {
		this.properties = properties;
		this.configuration = configuration;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		List<Mistake> mistakes = new ArrayList<>(this.configuration.mistakes());
		aliasOfEngine(beanFactory);
		QueueBeans queueBeans = new QueueBeans(beanFactory, mistakes);
		queueBeans.define(this.configuration.queues());
		this.queues = queueBeans.allocated();
		List<HandlerDraft> drafts = new HandlerScan(beanFactory, this.properties, mistakes).all();
		HandlerNames names = new HandlerNames(beanFactory, drafts);
		names.check(mistakes);
		checkQueues(beanFactory, drafts, mistakes);
		if (!mistakes.isEmpty()) {
			throw new WorkqueueMistakesException(mistakes);
		}
		Set<String> aliases = names.freeAliases();
		HandlerBeans handlerBeans = new HandlerBeans(beanFactory);
		drafts.forEach((draft) -> handlerBeans.define(draft, aliases));
		this.handlers = drafts.stream().map(HandlerDraft::spec).filter(Objects::nonNull).toList();
		KeyTypes.warn(this.handlers);
	}

	/** An engine of the user has the usual name as well. */
	private static void aliasOfEngine(ConfigurableListableBeanFactory beanFactory) {
		String[] names = beanFactory.getBeanNamesForType(Workqueues.class, true, false);
		if (names.length == 1 && !beanFactory.containsBean(ENGINE)) {
			beanFactory.registerAlias(names[0], ENGINE);
		}
	}

	private void checkQueues(ConfigurableListableBeanFactory beanFactory, List<HandlerDraft> drafts,
			List<Mistake> mistakes) {
		BeanPlaces places = new BeanPlaces(beanFactory);
		for (HandlerDraft draft : drafts) {
			String queue = draft.queue();
			if (queue != null && !places.isQueue(queue)) {
				List<String> known = places.queueNames();
				mistakes.add(new Mistake(
						"Handler " + draft.where() + " names the queue '" + queue + "', which does not exist"
								+ Suggestion.of(queue, known)
									.map((name) -> "; did you mean '" + name + "'?")
									.orElse("."),
						"Use one of the known queues (" + String.join(", ", known)
								+ "), or configure it as workqueue.queues." + queue + "."));
			}
		}
	}

	/**
	 * Allocates the configured queues that do not exist yet.
	 * @param workqueues where to allocate them
	 */
	public void allocate(Workqueues workqueues) {
		this.queues.forEach((name, spec) -> {
			if (workqueues.find(name).isEmpty()) {
				workqueues.alloc(spec);
			}
		});
	}

	/**
	 * Returns the configured queues that no bean of the user replaces, by name.
	 */
	Map<String, WorkqueueSpec> queues() {
		return this.queues;
	}

	/**
	 * Returns the handlers.
	 */
	List<HandlerSpec> handlers() {
		return this.handlers;
	}

}
