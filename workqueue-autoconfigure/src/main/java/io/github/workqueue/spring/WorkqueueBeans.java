package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.PropertyResolver;

/**
 * Defines a bean for every queue, every executor of a queue and every handler, before any
 * bean is made. All mistakes that definitions can show stop the start here, together.
 */
public final class WorkqueueBeans implements BeanFactoryPostProcessor {

	private final PropertyResolver properties;

	private final WorkqueueConfiguration configuration;

	private final Map<String, HandlerSpec> handlers = new LinkedHashMap<>();

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
		if (AotDetector.useGeneratedArtifacts()) {
			readGenerated(beanFactory, mistakes);
		}
		else {
			define(beanFactory, mistakes);
		}
	}

	private void define(ConfigurableListableBeanFactory beanFactory, List<Mistake> mistakes) {
		QueueBeans queueBeans = new QueueBeans(beanFactory, mistakes);
		queueBeans.define(this.configuration.queues());
		this.queues = queueBeans.allocated();
		List<HandlerDraft> drafts = new HandlerScan(beanFactory, this.properties, mistakes).all();
		HandlerNames names = new HandlerNames(beanFactory, drafts);
		names.check(mistakes);
		checkQueues(beanFactory, drafts, mistakes);
		stopAt(mistakes);
		remember(drafts);
		Set<String> aliases = names.freeAliases();
		HandlerBeans handlerBeans = new HandlerBeans(beanFactory);
		drafts.forEach((draft) -> handlerBeans.define(draft, aliases));
	}

	/**
	 * The definitions were made ahead of time; what they refer to is read again.
	 */
	private void readGenerated(ConfigurableListableBeanFactory beanFactory, List<Mistake> mistakes) {
		Map<String, WorkqueueSpec> own = new LinkedHashMap<>();
		for (ConfiguredQueue queue : this.configuration.queues()) {
			if (queue.spec() != null && beanFactory.containsBeanDefinition(queue.name()) && QueueFactory.BEAN_NAME
				.equals(beanFactory.getBeanDefinition(queue.name()).getFactoryBeanName())) {
				own.put(queue.name(), queue.spec());
			}
			mistakes.addAll(queue.mistakes());
		}
		this.queues = own;
		List<HandlerDraft> drafts = new HandlerScan(beanFactory, this.properties, mistakes).all();
		checkQueues(beanFactory, drafts, mistakes);
		stopAt(mistakes);
		remember(drafts);
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

	private static void stopAt(List<Mistake> mistakes) {
		if (!mistakes.isEmpty()) {
			throw new WorkqueueMistakesException(mistakes);
		}
	}

	private void remember(List<HandlerDraft> drafts) {
		for (HandlerDraft draft : drafts) {
			HandlerSpec spec = Objects.requireNonNull(draft.spec(), "a handler without mistakes has a specification");
			this.handlers.put(spec.name(), spec);
		}
		KeyTypes.warn(this.handlers.values());
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
	 * Returns the handlers by the name of their bean.
	 */
	Map<String, HandlerSpec> handlers() {
		return this.handlers;
	}

}
