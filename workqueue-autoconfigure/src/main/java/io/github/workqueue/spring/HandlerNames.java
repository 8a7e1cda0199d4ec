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

	private final List<HandlerDraft> drafts;

	HandlerNames(ConfigurableListableBeanFactory beanFactory, List<HandlerDraft> drafts) {
		this.beanFactory = beanFactory;
		this.drafts = drafts;
	}

	void check(List<Mistake> mistakes) {
		BeanPlaces places = new BeanPlaces(this.beanFactory);
		byName().forEach((name, claimants) -> {
			List<String> owners = new ArrayList<>();
			claimants.forEach((claimant) -> owners.add("handler " + claimant.where()));
			if (this.beanFactory.containsLocalBean(name)) {
				owners.add(places.describe(name));
			}
			if (owners.size() > 1) {
				mistakes
					.add(new Mistake("The name '" + name + "' is claimed by " + String.join(" and by ", owners) + ".",
							action(claimants)));
			}
		});
	}

	private static String action(List<HandlerDraft> claimants) {
		boolean overloads = claimants.size() > 1 && claimants.stream().allMatch((draft) -> draft.alias() != null);
		return overloads ? "Give overloaded handlers explicit names, as in @Work(name = \"...\")."
				: "Give the handler another name, as in @Work(name = \"...\"), or rename the other bean.";
	}

	private Map<String, List<HandlerDraft>> byName() {
		Map<String, List<HandlerDraft>> byName = new LinkedHashMap<>();
		for (HandlerDraft draft : this.drafts) {
			if (draft.name() != null) {
				byName.computeIfAbsent(draft.name(), (name) -> new ArrayList<>()).add(draft);
			}
		}
		return byName;
	}

	/**
	 * Returns the aliases that only one handler claims and no bean has.
	 */
	Set<String> freeAliases() {
		Set<String> names = this.drafts.stream()
			.map((draft) -> String.valueOf(draft.name()))
			.collect(Collectors.toCollection(HashSet::new));
		Set<String> once = new LinkedHashSet<>();
		for (HandlerDraft draft : this.drafts) {
			String alias = draft.alias();
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
