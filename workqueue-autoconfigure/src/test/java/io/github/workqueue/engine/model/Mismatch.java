package io.github.workqueue.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where an engine did other than the model.
 *
 * @param program the program
 * @param story the calls that were made, with what they answered
 * @param difference what was wrong after the last one
 */
record Mismatch(Program program, List<String> story, String difference) {

	@Override
	public String toString() {
		return this.program + "\n" + this.story.stream().map((line) -> "    " + line).collect(Collectors.joining("\n"))
				+ "\n  " + this.difference;
	}

}
