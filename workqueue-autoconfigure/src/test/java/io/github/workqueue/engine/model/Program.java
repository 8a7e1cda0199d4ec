package io.github.workqueue.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.workqueue.engine.model.Call.Action;

/**
 * A random program: queues, items and calls.
 *
 * @param seed what it was made from
 * @param queues the queues besides the system queue, which is number 0
 * @param items the items; the home of each is the number of a queue
 * @param calls what is done, one call after the other
 */
record Program(long seed, List<QueueDraft> queues, List<ItemDraft> items, List<Call> calls) {

	private static final int QUEUES = 3;

	private static final int ITEMS = 6;

	/** The queues most calls go to: alone, or two that share pools. */
	private static final int TURN = 3;

	/**
	 * An item of a program.
	 *
	 * @param type what may be asked of it
	 * @param home the number of its queue
	 * @param passing whether its handler ends by itself
	 */
	record ItemDraft(ModelItem.Type type, int home, boolean passing) {

		private static ItemDraft random(SplittableRandom random) {
			ModelItem.Type[] types = { ModelItem.Type.PLAIN, ModelItem.Type.DELAYED, ModelItem.Type.DELAYED,
					ModelItem.Type.KEY };
			return new ItemDraft(types[random.nextInt(types.length)], random.nextInt(QUEUES + 1),
					random.nextInt(4) == 0);
		}

	}

	static Program random(long seed, int length) {
		SplittableRandom random = new SplittableRandom(seed);
		List<QueueDraft> queues = IntStream.rangeClosed(1, QUEUES)
			.mapToObj((number) -> QueueDraft.random("queue-" + number, random))
			.toList();
		List<ItemDraft> items = IntStream.range(0, ITEMS).mapToObj((number) -> ItemDraft.random(random)).toList();
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			calls.add(call(i, items, random));
		}
		return new Program(seed, queues, items, List.copyOf(calls));
	}

	private static Call call(int position, List<ItemDraft> items, SplittableRandom random) {
		Action action = action(random);
		int item = random.nextInt(ITEMS);
		boolean own = random.nextInt(TURN) > 0;
		int queue = own ? items.get(item).home() : random.nextInt(QUEUES + 1);
		boolean outside = switch (action) {
			case END, FAIL, RETRY, ADVANCE, INTERRUPT -> true;
			default -> random.nextInt(5) > 0;
		};
		int actor = outside ? -1 : random.nextInt(ITEMS);
		boolean none = random.nextInt(4) == 0 && action != Action.ADVANCE;
		Duration delay = none ? Duration.ZERO : delay(action, position, random);
		Duration limit = random.nextBoolean()
				? Duration.ofMillis(1 + random.nextInt(8)).plusNanos(offset(position) + 10_000) : null;
		return new Call(action, actor, item, queue, number(action, random), delay, limit);
	}

	/** No two timers are due at the same time, because their order would be open. */
	private static Duration delay(Action action, int position, SplittableRandom random) {
		Duration whole = Duration.ofMillis(1 + random.nextInt(6));
		return (action == Action.ADVANCE) ? whole : whole.plusNanos(offset(position));
	}

	private static long offset(int position) {
		return (position + 1) * 20_000L;
	}

	private static int number(Action action, SplittableRandom random) {
		return switch (action) {
			case SET_MAX_ACTIVE, SET_MIN_ACTIVE -> (random.nextInt(8) == 0) ? 0 : 1 + random.nextInt(4);
			case INTERRUPT -> random.nextInt(4);
			default -> (random.nextInt(12) == 0) ? 2 : random.nextInt(2);
		};
	}

	private static Action action(SplittableRandom random) {
		int left = random
			.nextInt(IntStream.range(0, Action.values().length).map((i) -> Action.values()[i].weight()).sum());
		for (Action action : Action.values()) {
			left -= action.weight();
			if (left < 0) {
				return action;
			}
		}
		throw new AssertionError(left);
	}

	Program with(List<Call> some) {
		return new Program(this.seed, this.queues, this.items, List.copyOf(some));
	}

	@Override
	public String toString() {
		String drafts = this.queues.stream().map((draft) -> "  " + draft).collect(Collectors.joining("\n"));
		String works = IntStream.range(0, this.items.size())
			.mapToObj((i) -> "  item-" + i + " " + this.items.get(i))
			.collect(Collectors.joining("\n"));
		return "seed " + this.seed + "\n" + drafts + "\n" + works;
	}

}
