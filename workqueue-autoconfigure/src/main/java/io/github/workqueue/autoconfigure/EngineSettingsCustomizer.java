package io.github.workqueue.autoconfigure;

import io.github.workqueue.engine.EngineSettings;

/**
 * Changes the settings of the engine that is auto-configured. All beans of this type are
 * called in order, after the properties have been applied. <pre class="code">
 * &#064;Bean
 * EngineSettingsCustomizer twoCpus() {
 * 	return (settings) -&gt; settings.cpus(2);
 * }
 * </pre>
 */
@FunctionalInterface
public interface EngineSettingsCustomizer {

	/**
	 * Changes settings.
	 * @param settings the settings so far
	 */
	void customize(EngineSettings.Builder settings);

}
