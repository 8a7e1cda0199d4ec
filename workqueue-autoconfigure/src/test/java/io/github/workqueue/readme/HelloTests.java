package io.github.workqueue.readme;

import io.github.workqueue.WorkItem;
import io.github.workqueue.engine.WorkqueueEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's three lines of plain Java.
 */
@ExtendWith(OutputCaptureExtension.class)
class HelloTests {

	@Test
	void saysHelloBeforeTheEngineIsClosed(CapturedOutput output) {
		try (WorkqueueEngine engine = WorkqueueEngine.start()) {
			WorkItem hello = engine.initWork("hello", (work) -> System.out.println("Hello from " + work.name()));
			hello.schedule();
		}
		assertThat(output).contains("Hello from hello");
	}

}
