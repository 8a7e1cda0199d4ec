// What the page has seen in the last minute. The endpoints tell of one moment only.

const WINDOW = 60;
const history = { queues: new Map(), pools: new Map(), id: undefined };

function forgetAll(id) {
	history.queues.clear();
	history.pools.clear();
	history.id = id;
}

function remember(answer, now) {
	if (answer.recent.id !== history.id) {
		forgetAll(answer.recent.id);
	}
	const waits = new Map(answer.recent.waits.map((queue) => [queue.name, queue]));
	rememberAll(history.queues, answer.queues, (queue) => queue.name, (known, queue) =>
		rememberQueue(known, queue, waits.get(queue.name), now));
	rememberAll(history.pools, answer.pools, (pool) => pool.id, (known, pool) => rememberPool(known, pool, now));
}

function rememberAll(map, items, keyOf, update) {
	const keys = new Set(items.map(keyOf));
	for (const key of map.keys()) {
		if (!keys.has(key)) {
			map.delete(key);
		}
	}
	items.forEach((item) => map.set(keyOf(item), update(map.get(keyOf(item)), item)));
}

/** Rate and mean waiting time since the look before, which a counter that has gone back ends. */
function rememberQueue(known, queue, wait, now) {
	const totals = { at: now, completed: queue.stats.completed, started: wait?.started ?? 0, waited: seconds(wait?.waited) };
	const before = known?.totals;
	if (!before || before.completed > totals.completed || before.started > totals.started) {
		return { totals, points: [] };
	}
	const points = known.points.filter((point) => point.at > now - WINDOW - 5);
	const begun = totals.started - before.started;
	points.push({
		at: now,
		rate: (totals.completed - before.completed) / Math.max(0.001, now - before.at),
		wait: begun > 0 ? (totals.waited - before.waited) / begun : undefined
	});
	return { totals, points };
}

/** A worker is known until it has been idle for the whole minute. */
function rememberPool(known = { workers: new Map() }, pool, now) {
	const states = new Map(pool.busy.map((one) => [one.worker, stateOf(one)]));
	states.forEach((state, worker) => known.workers.has(worker) || known.workers.set(worker, []));
	for (const [worker, looks] of known.workers) {
		looks.push({ at: now, state: states.get(worker) ?? "idle" });
		while (looks[0].at < now - WINDOW - 5) {
			looks.shift();
		}
		if (looks.every((look) => look.state === "idle" || look.at < now - WINDOW)) {
			known.workers.delete(worker);
		}
	}
	return known;
}

function stateOf(worker) {
	return { RUNNING: "running", BLOCKED: "blocked", CPU_INTENSIVE: "hog" }[worker.state] ?? "running";
}
