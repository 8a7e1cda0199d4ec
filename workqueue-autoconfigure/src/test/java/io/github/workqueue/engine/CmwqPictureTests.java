package io.github.workqueue.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.workqueue.engine.RealScenario.Setup;
import io.github.workqueue.engine.RealScenario.Track;
import io.github.workqueue.engine.RealScenario.Wait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Draws the README's picture from a real run into {@code target/cmwq.svg}; the committed
 * one must be such a picture.
 */
class CmwqPictureTests {

	private static final Pattern TIMES = Pattern.compile("-?\\d+(\\.\\d+)?");

	@Test
	void thePictureIsOneOfARealRun() throws Exception {
		Map<Setup, List<Track>> runs = new EnumMap<>(Setup.class);
		for (Setup setup : Setup.values()) {
			runs.put(setup, new RealScenario(Wait.SOCKET_READ).run(setup));
		}
		String drawn = new CmwqPicture().draw(runs);
		Path target = Files.createDirectories(Path.of("target"));
		Files.writeString(target.resolve("cmwq.svg"), drawn);
		String committed = Files.readString(Path.of("..", ".github", "cmwq.svg"));
		assertThat(shape(committed)).as("the shape of .github/cmwq.svg; copy target/cmwq.svg there")
			.isEqualTo(shape(drawn));
	}

	/** The picture without its figures. */
	private static String shape(String svg) {
		return TIMES.matcher(svg).replaceAll("#");
	}

}
