package io.github.workqueue.spring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Gives handlers their names: notes those that are taken, and finds the aliases that are
 * free.
 */
final class HandlerNames {

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<HandlerCandidate> candidates;

	HandlerNames(ConfigurableListableBeanFactory beanFactory, List<HandlerCandidate> candidates) {
		this.beanFactory = beanFactory;
		this.candidates = candidates;
	}

	void check(List<Mistake> mistakes) {
		BeanDefinitionView definitions = new BeanDefinitionView(this.beanFactory);
		byName().forEach((name, claimants) -> {
			List<String> owners = new ArrayList<>();
			claimants.forEach((claimant) -> owners.add("handler " + claimant.where()));
			if (this.beanFactory.containsLocalBean(name)) {
				owners.add(definitions.describe(name));
			}
			if (owners.size() > 1) {
				mistakes
					.add(new Mistake("The name '" + name + "' is claimed by " + String.join(" and by ", owners) + ".",
							action(claimants)));
			}
		});
	}

	private static String action(List<HandlerCandidate> claimants) {
		boolean overloads = claimants.size() > 1
				&& claimants.stream().allMatch((candidate) -> candidate.alias() != null);
		return overloads ? "Give overloaded handlers explicit names, as in @Work(name = \"...\")."
				: "Give the handler another name, as in @Work(name = \"...\"), or rename the other bean.";
	}

	private Map<String, List<HandlerCandidate>> byName() {
		Map<String, List<HandlerCandidate>> byName = new LinkedHashMap<>();
		for (HandlerCandidate candidate : this.candidates) {
			if (candidate.name() != null) {
				byName.computeIfAbsent(candidate.name(), (name) -> new ArrayList<>()).add(candidate);
			}
		}
		return byName;
	}

	/**
	 * Returns the aliases that only one handler claims and no bean has.
	 */
	Set<String> freeAliases() {
		Set<String> names = this.candidates.stream()
			.map((candidate) -> String.valueOf(candidate.name()))
			.collect(Collectors.toCollection(HashSet::new));
		Set<String> once = new LinkedHashSet<>();
		for (HandlerCandidate candidate : this.candidates) {
			String alias = candidate.alias();
			if (alias != null && !names.add(alias)) {
				once.remove(alias);
			}
			else if (alias != null && !this.beanFactory.containsBean(alias)) {
				once.add(alias);
			}
		}
		return once;
	}

}
