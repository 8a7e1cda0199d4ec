package io.github.workqueue.durable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys as text: equal for equal keys, and for no others.
 */
class WorkIdTests {

	private final CanonicalJson json = new CanonicalJson();

	@Test
	void propertiesAndEntriesAreSorted() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("z", 1);
		map.put("a", new Pair(2, "x"));
		assertThat(this.json.write("mail", map)).isEqualTo("{\"a\":{\"left\":\"x\",\"right\":2},\"z\":1}");
	}

	@Test
	void noClassIsNamed() {
		assertThat(this.json.write("mail", new Pair(1, "a"))).doesNotContain("Pair");
	}

	@Test
	void isReadAsWhatItWas() {
		Pair pair = new Pair(1, "ä\"\\");
		assertThat(this.json.read("mail", this.json.write("mail", pair), Pair.class)).isEqualTo(pair);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"right\":\"no number\"}", "[", "null" })
	void whatIsNoKeyIsRefusedWithTheNameOfTheWork(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.json.read("mail", text, Pair.class))
			.withMessageContaining("mail");
	}

	@Test
	void whatCannotBeWrittenIsRefusedWithTheNameOfTheWork() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.json.write("mail", new Object()))
			.withMessageContaining("mail");
	}

	@Test
	void noTwoIdsHaveTheSameText() {
		List<WorkId> ids = List.of(new WorkId("a", null), new WorkId("a", "1"), new WorkId("a\",1", null),
				new WorkId("a]", null), new WorkId("a", "[1]"), new WorkId("a\\", null));
		assertThat(ids).extracting(WorkId::text).doesNotHaveDuplicates();
		assertThat(ids).allSatisfy((id) -> assertThat(WorkId.of(id.work(), id.text())).isEqualTo(id));
	}

	@Test
	void aKeyHasAtMostFiveHundredCharacters() {
		assertThat(new WorkId("mail", "1".repeat(500)).text()).hasSize(509);
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkId("mail", "1".repeat(501)))
			.withMessageContaining("'mail'")
			.withMessageContaining("501");
	}

	@Test
	void aNameMustFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkId("m".repeat(720), null))
			.withMessageContaining("too long");
	}

	record Pair(int right, String left) {
	}

}
