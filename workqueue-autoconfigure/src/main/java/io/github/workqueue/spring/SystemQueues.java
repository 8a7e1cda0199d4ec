package io.github.workqueue.spring;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queues that every engine has, each with its alias or an empty text.
 */
final class SystemQueues {

	static final String DEFAULT = "system_wq";

	private static final Map<String, String> ALIASES = aliases();

	private SystemQueues() {
	}

	private static Map<String, String> aliases() {
		Map<String, String> aliases = new LinkedHashMap<>();
		aliases.put(DEFAULT, "system_percpu_wq");
		aliases.put("system_highpri_wq", "");
		aliases.put("system_long_wq", "");
		aliases.put("system_unbound_wq", "system_dfl_wq");
		aliases.put("system_dfl_long_wq", "");
		aliases.put("system_freezable_wq", "");
		aliases.put("system_power_efficient_wq", "");
		aliases.put("system_freezable_power_efficient_wq", "");
		aliases.put("system_bh_wq", "");
		aliases.put("system_bh_highpri_wq", "");
		return aliases;
	}

	static Map<String, String> all() {
		return ALIASES;
	}

	static boolean isName(String name) {
		return ALIASES.containsKey(name) || (!name.isEmpty() && ALIASES.containsValue(name));
	}

}
