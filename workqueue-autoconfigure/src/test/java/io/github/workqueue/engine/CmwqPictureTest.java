package io.github.workqueue.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.workqueue.engine.CmwqRun.Interval;
import io.github.workqueue.engine.CmwqRun.Setup;
import io.github.workqueue.engine.CmwqRun.Wait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Draws the picture of the README from a run.
 */
class CmwqPictureTest {

	private static final Path DRAWN = Path.of("target", "cmwq.svg");

	private static final Path COMMITTED = Path.of("..", ".github", "cmwq.svg");

	@Test
	void theCommittedPictureHasTheRowsOfARun() throws Exception {
		Map<Setup, List<Interval>> runs = new EnumMap<>(Setup.class);
		for (Setup setup : Setup.values()) {
			runs.put(setup, shortestOfFive(setup));
		}
		String picture = CmwqPicture.draw(runs);
		Files.createDirectories(DRAWN.getParent());
		Files.writeString(DRAWN, picture);
		assertThat(CmwqPicture.rows(picture)).hasSize(16).startsWith("original: one thread", "w0", "w1", "w2");
		assertThat(CmwqPicture.rows(Files.readString(COMMITTED)))
			.as("rows of .github/cmwq.svg; copy target/cmwq.svg there if they are to differ")
			.isEqualTo(CmwqPicture.rows(picture));
	}

	/** The one that other programs on the machine have disturbed least. */
	private static List<Interval> shortestOfFive(Setup setup) throws Exception {
		List<Interval> shortest = CmwqRun.of(setup, Wait.SOCKET_READ);
		for (int i = 1; i < 5; i++) {
			List<Interval> run = CmwqRun.of(setup, Wait.SOCKET_READ);
			shortest = (CmwqRun.makespan(run) < CmwqRun.makespan(shortest)) ? run : shortest;
		}
		return shortest;
	}

}
