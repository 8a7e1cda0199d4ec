package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.workqueue.Workqueue;
import io.github.workqueue.WorkqueueSpec;
import io.github.workqueue.Workqueues;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.PropertyResolver;

/**
 * Defines a bean for every queue, every executor of a queue and every handler, before any
 * bean is made. All mistakes that definitions can show stop the start here, together.
 */
@Internal
public final class WorkqueueBeans implements BeanFactoryPostProcessor {

	private static final String ENGINE = "workqueues";

	private final PropertyResolver properties;

	private final WorkqueueConfiguration configuration;

	private final ObjectProvider<WorkqueueSpecCustomizer> customizers;

	private List<HandlerSpec> handlers = List.of();

	private Map<String, WorkqueueSpec> queues = Map.of();

	private Supplier<DurableBackend> backend = () -> {
		throw new IllegalStateException("the beans are not defined yet");
	};

	/**
	 * Creates the post-processor.
	 * @param properties what placeholders stand for
	 * @param configuration the configured queues
	 * @param customizers what changes these queues
	 */
	public WorkqueueBeans(PropertyResolver properties, WorkqueueConfiguration configuration,
			ObjectProvider<WorkqueueSpecCustomizer> customizers) {
		this.properties = properties;
		this.configuration = configuration;
		this.customizers = customizers;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		List<Mistake> mistakes = new ArrayList<>(this.configuration.mistakes());
		this.backend = () -> beanFactory.getBean(DurableBackend.class);
		aliasOfEngine(beanFactory);
		QueueBeans queueBeans = new QueueBeans(beanFactory, mistakes);
		queueBeans.define(this.configuration.queues());
		this.queues = queueBeans.allocated();
		List<HandlerCandidate> candidates = new HandlerScan(beanFactory, this.properties, mistakes).all();
		HandlerNames names = new HandlerNames(beanFactory, candidates);
		names.check(mistakes);
		checkQueues(beanFactory, candidates, mistakes);
		new DurableCheck(this.configuration.queues(), beanFactory, mistakes).check();
		if (!mistakes.isEmpty()) {
			throw new WorkqueueMistakesException(mistakes);
		}
		Set<String> aliases = names.freeAliases();
		HandlerBeans handlerBeans = new HandlerBeans(beanFactory, this::isDurable);
		candidates.forEach((candidate) -> handlerBeans.define(candidate, aliases));
		this.handlers = candidates.stream().map(HandlerCandidate::spec).filter(Objects::nonNull).toList();
		KeyTypes.warn(this.handlers);
	}

	/** An engine of the user has the usual name as well. */
	private static void aliasOfEngine(ConfigurableListableBeanFactory beanFactory) {
		String[] names = beanFactory.getBeanNamesForType(Workqueues.class, true, false);
		if (names.length == 1 && !beanFactory.containsBean(ENGINE)) {
			beanFactory.registerAlias(names[0], ENGINE);
		}
	}

	private void checkQueues(ConfigurableListableBeanFactory beanFactory, List<HandlerCandidate> candidates,
			List<Mistake> mistakes) {
		BeanDefinitionView definitions = new BeanDefinitionView(beanFactory);
		for (HandlerCandidate candidate : candidates) {
			String queue = candidate.queue();
			if (queue != null && !definitions.isQueue(queue)) {
				List<String> known = definitions.queueNames();
				mistakes.add(new Mistake("Handler " + candidate.where() + " names the queue '" + queue + "'"
						+ candidate.queueOrigin() + ", which does not exist"
						+ Suggestion.of(queue, known).map((name) -> "; did you mean '" + name + "'?").orElse("."),
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
		this.queues.forEach((name, spec) -> allocate(workqueues, spec));
	}

	/**
	 * Tells whether a queue is allocated as the configuration says.
	 * @param name its name
	 * @return false if there is none, or if a bean of the user takes its place
	 */
	public boolean isConfigured(String name) {
		return this.queues.containsKey(name);
	}

	/** Tells whether the works of a queue are stored. */
	private boolean isDurable(String name) {
		return isConfigured(name) && this.configuration.queues()
			.stream()
			.anyMatch((queue) -> queue.durable() && queue.name().equals(name));
	}

	/**
	 * Returns the queue of a name, allocating it if it is configured and does not exist
	 * yet.
	 */
	Workqueue queue(Workqueues workqueues, String name) {
		WorkqueueSpec spec = this.queues.get(name);
		return (spec != null) ? allocate(workqueues, spec) : workqueues.get(name);
	}

	private Workqueue allocate(Workqueues workqueues, WorkqueueSpec spec) {
		return workqueues.find(spec.name()).orElseGet(() -> workqueues.alloc(customize(spec)));
	}

	private WorkqueueSpec customize(WorkqueueSpec configured) {
		WorkqueueSpec spec = configured;
		for (WorkqueueSpecCustomizer customizer : this.customizers.orderedStream().toList()) {
			spec = customizer.customize(spec);
			if (!spec.name().equals(configured.name())) {
				throw new IllegalStateException(
						"The customizer " + customizer.getClass().getName() + " made workqueue '" + spec.name()
								+ "' of '" + configured.name() + "'. Let it return a spec of the same name.");
			}
		}
		return isDurable(spec.name()) ? spec.facade((queue) -> new DurableWorkqueue(queue, this.backend)) : spec;
	}

	/**
	 * Returns the handlers.
	 */
	List<HandlerSpec> handlers() {
		return this.handlers;
	}

}
