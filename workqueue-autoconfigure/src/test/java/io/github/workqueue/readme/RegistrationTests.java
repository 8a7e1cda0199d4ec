package io.github.workqueue.readme;

import io.github.workqueue.autoconfigure.WorkqueueAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's work without annotations runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class RegistrationTests {

	@Test
	void workOfAConfigurerRuns(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkqueueAutoConfiguration.class))
			.withUserConfiguration(Registration.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("swept");
	}

}
