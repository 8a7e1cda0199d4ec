package io.github.workqueue.readme;

import java.time.Duration;

import io.github.workqueue.DelayedWorkItem;
import io.github.workqueue.test.AutoConfigureWorkqueues;
import io.github.workqueue.test.AutoConfigureWorkqueues.Mode;
import io.github.workqueue.test.WorkqueueTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static io.github.workqueue.test.WorkqueueAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureWorkqueues(mode = Mode.STEPPED)
class CommitTests {

	@Autowired
	private WorkqueueTester tester;

	@Autowired
	private DelayedWorkItem commit;

	@Test
	void commitsOnceWhenTheRequestsHaveCeased() {
		this.commit.schedule();
		this.tester.advance(Duration.ofMillis(199));
		this.commit.schedule();
		this.tester.advance(Duration.ofMillis(199));
		assertThat(this.commit).isPending();
		this.tester.advance(Duration.ofMillis(1));
		assertThat(this.tester.runPending()).isEqualTo(1);
	}

}
