// Works: those that run, those of one queue, timers, failures, and the past of one work.

const STATE_NAMES = { running: "running", blocked: "blocked", hog: "hogging a CPU" };

const runningTable = makeTable(element("running"), [
	{ title: "Work", update: (cell, one) => updateLink(cell, one.work, workLink(one.work), one.description !== one.work ? one.description : undefined) },
	{ title: "For", class: "number", update: (cell, one) => setText(cell, duration(seconds(one.for))) },
	{ title: "State", plain: true, update: (cell, one) => updateBadge(cell, one.stall ? "stuck" : one.is,
		one.stall ? `stuck for ${duration(seconds(one.stall.lasted))}` : STATE_NAMES[one.is]) },
	{ title: "Queue", update: (cell, one) => updateLink(cell, one.workqueue, queueLink(one.workqueue)) },
	{ title: "Worker", class: "worker", plain: true, update: (cell, one) => setText(cell, one.worker) },
	{ title: "", class: "action", plain: true, update: updateStackButton }
], "Nothing runs.", 20);

/** What runs, the longest first; with the stall that it causes, if it does. */
function running() {
	answer.running ??= answer.pools.flatMap((pool) => pool.busy.map((one) => {
		const stall = answer.recent.stalls.find((stall) => stall.pool === pool.id && stall.worker === one.worker);
		return { ...one, stall, is: stall ? "stuck" : stateOf(one), age: seconds(one.for) };
	})).sort((one, other) => other.age - one.age);
	return answer.running;
}

function renderRunning() {
	element("running").hidden = !settings.workerpools;
	const works = running().filter((one) => concernsView(one) && textMatches([one.work, one.workqueue, one.worker, one.description])
		&& (!filter.state || filter.state === one.is || (filter.state === stateOf(one))));
	fillTable(runningTable, works, (one) => `${one.worker} ${one.work}`);
}

// What waits on one queue. Works without keys are folded by name.

const worksTable = makeTable(element("works"), [
	{ title: "Work", update: (cell, one) => updateLink(cell, one.work, workLink(one.work), one.key) },
	{ title: "Number", class: "number", update: (cell, one) => setText(cell, count(one.number)) },
	{ title: "State", plain: true, update: (cell, one) => updateBadge(cell, one.state.toLowerCase(), one.state.toLowerCase()) },
	{ title: "Oldest or next", class: "number", plain: true, update: (cell, one) => setText(cell, one.dueIn
		? `due in ${duration(seconds(one.dueIn))}` : `waits for ${duration(seconds(one.for))}`) },
	{ title: "", class: "action", plain: true, update: (cell, one) => updateDeeds(cell, one, [["cancel", "Cancel"]]) }
], "Nothing waits on this queue.", 20);

const cancelShown = element("works").appendChild(make("button", { type: "button", class: "more", onclick: () =>
	askWorks("cancel", cancelShown.groups) }));

function renderWorks() {
	element("works").hidden = view.kind !== "queue" || !answer.works;
	if (element("works").hidden) {
		return;
	}
	const waiting = answer.works.filter((one) => one.state !== "RUNNING" && textMatches([one.work, one.key, view.name])
		&& (!filter.state || filter.state === one.state.toLowerCase()));
	const folded = new Map();
	for (const one of waiting) {
		const key = `${one.state} ${one.work} ${one.key ?? ""}`;
		folded.has(key) ? folded.get(key).number++ : folded.set(key, { ...one, workqueue: view.name, number: 1, id: key });
	}
	fillTable(worksTable, [...folded.values()], (one) => one.id);
	cancelShown.groups = [...folded.values()];
	cancelShown.hidden = !mayWrite || folded.size < 2;
	setText(cancelShown, `Cancel all ${count(waiting.length)} of this list`);
	const queue = answer.queues.find((one) => one.name === view.name);
	const hidden = (queue?.pending ?? 0) + (queue?.delayed ?? 0) + (queue?.parked ?? 0) + (queue?.running ?? 0) - answer.works.length;
	setText(element("works-title"), hidden > 0 ? `On this queue: the oldest, and ${count(hidden)} more` : "On this queue");
}

const timerTable = makeTable(element("timers"), [
	{ title: "Work", update: (cell, one) => updateLink(cell, one.work, workLink(one.work), one.key) },
	{ title: "Due in", class: "number", update: (cell, one) => setText(cell, duration(seconds(one.dueIn))) },
	{ title: "Queue", update: (cell, one) => updateLink(cell, one.workqueue, queueLink(one.workqueue)) },
	{ title: "", class: "action", plain: true, update: (cell, one) => updateDeeds(cell, one, [["flush", "Run now"], ["cancel", "Cancel"]]) }
], "No timer is armed.", 8);

function renderTimers() {
	const timers = answer.recent.timers.filter((one) => concernsView(one) && textMatches([one.work, one.workqueue, one.key])
		&& ["", "delayed"].includes(filter.state));
	fillTable(timerTable, timers.map((one, i) => ({ ...one, i })), (one) => one.i);
}

const failureTable = makeTable(element("failures"), [
	{ title: "Work", update: (cell, one) => updateLink(cell, one.work, workLink(one.work), one.key) },
	{ title: "Error", plain: true, update: updateError },
	{ title: "Attempt", class: "number", update: (cell, one) => setText(cell, one.attempt ?? "–") },
	{ title: "Ago", class: "number", update: (cell, one) => setText(cell, duration(seconds(one.ago))) }
], "Nothing has failed.", 8);

function updateError(cell, one) {
	cell.type ??= cell.appendChild(make("span", { class: "bad" }));
	cell.small ??= cell.appendChild(make("small"));
	setText(cell.type, simpleName(one.error));
	setAttribute(cell.type, "title", one.error);
	const next = one.nextIn ? `next attempt in ${duration(seconds(one.nextIn))}` : undefined;
	setText(cell.small, [one.message, next].filter(Boolean).join(" · "));
}

function renderFailures() {
	const failures = answer.recent.failures.filter((one) => concernsView(one) && textMatches([one.work, one.workqueue, one.key, one.error])
		&& ["", "failed"].includes(filter.state));
	fillTable(failureTable, failures.map((one, i) => ({ ...one, i })), (one) => one.i);
}

const executionTable = makeTable(element("executions"), [
	{ title: "Ended", update: (cell, one) => setText(cell, `${duration(seconds(one.ago))} ago`) },
	{ title: "Ran", class: "number", update: (cell, one) => setText(cell, duration(seconds(one.ran))) },
	{ title: "", plain: true, class: "wide", update: updateBar },
	{ title: "Waited", class: "number", update: (cell, one) => setText(cell, duration(seconds(one.waited))) },
	{ title: "Outcome", plain: true, update: (cell, one) => {
		setText(cell, one.error ? simpleName(one.error) : "completed");
		cell.classList.toggle("bad", Boolean(one.error));
	} },
	{ title: "Queue", update: (cell, one) => updateLink(cell, one.workqueue, queueLink(one.workqueue)) },
	{ title: "Worker", class: "worker", plain: true, update: (cell, one) => setText(cell, one.worker) }
], "No execution has ended since the application started, or they are long ago.");

function updateBar(cell, one) {
	cell.bar ??= cell.appendChild(shape("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
		shape("rect", { height: 6, rx: 1 })));
	setAttribute(cell.bar, "class", one.error ? "bar bad" : "bar");
	setAttribute(cell.bar.firstChild, "width", Math.max(0.5, 100 * seconds(one.ran) / one.longest).toFixed(1));
}

/** The page of one work: what is known of it now, and its last executions. */
function renderWork() {
	element("executions").hidden = view.kind !== "work";
	if (view.kind !== "work") {
		return;
	}
	const executions = answer.recent.executions ?? [];
	const longest = Math.max(...executions.map((one) => seconds(one.ran)), 1e-9);
	fillTable(executionTable, executions.map((one, i) => ({ ...one, i, longest })), (one) => one.i);
	const timers = answer.recent.timers.filter(concernsView);
	const mean = executions.length && executions.reduce((sum, one) => sum + seconds(one.ran), 0) / executions.length;
	renderFacts(view.name, {
		"Running now": count(running().filter(concernsView).length),
		"Timers": count(timers.length),
		"Last executions": count(executions.length),
		"of these failed": count(executions.filter((one) => one.error).length),
		"Mean": executions.length ? duration(mean) : "",
		"Longest": executions.length ? duration(longest) : ""
	});
	renderWorkDeeds([...executions, ...running(), ...answer.recent.timers, ...answer.recent.failures]
		.filter((one) => one.work === undefined || one.work === view.name).map((one) => one.workqueue));
}

/** What may be done to a work, on the queue where it was seen last. */
function renderWorkDeeds(queues) {
	const deeds = element("deeds");
	const wanted = mayWrite && queues.length ? `work ${view.name} ${queues[0]}` : "";
	if (deeds.shows !== wanted) {
		deeds.shows = wanted;
		const group = { work: view.name, workqueue: queues[0] };
		deeds.replaceChildren(...(wanted ? [["flush", "Run what waits now"], ["cancel", "Cancel what waits"]] : [])
			.map(([verb, label]) => make("button", { type: "button", onclick: () => askWorks(verb, [group]) }, label)));
	}
}

function renderFacts(title, facts) {
	setText(element("about-title"), title);
	keep(element("facts"), Object.entries(facts).filter(([, value]) => value !== ""), ([name]) => name,
		([name]) => make("div", {}, make("dt", {}, name), make("dd")), (node, [, value]) => setText(node.lastChild, value));
}
