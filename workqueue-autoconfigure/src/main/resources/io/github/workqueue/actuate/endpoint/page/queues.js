// Queues as rows.

/** The last minute as a line, and the mean of the last ten seconds in words. */
const trendCell = (className, field, write) => (cell, queue) => {
	cell.trend ??= cell.appendChild(makeTrend(className));
	const all = history.queues.get(queue.name)?.points ?? [];
	const points = all.filter((point) => point[field] !== undefined).map((point) => ({ at: point.at, value: point[field] }));
	const latest = points.filter((point) => point.at > now() - 10);
	const mean = latest.reduce((sum, point) => sum + point.value, 0) / latest.length;
	drawTrend(cell.trend, points, now(), latest.length ? write(mean) : "–");
};

const KINDS = ["PERCPU", "UNBOUND", "BH"];

const queueTable = makeTable(element("queues"), [
	{ title: "Queue", update: (cell, queue) => updateLink(cell, queue.name, queueLink(queue.name), queueKind(queue)) },
	{ title: "Running", class: "number", update: (cell, queue) => updateNumber(cell, queue.running) },
	{ title: "Pending", class: "number", update: (cell, queue) => updateNumber(cell, queue.pending) },
	{ title: "At the limit", class: "number", update: updateInactive },
	{ title: "Delayed", class: "number", update: (cell, queue) => updateNumber(cell, queue.delayed) },
	{ title: "Failed", class: "number", update: updateFailed },
	{ title: "Rate", class: "number wide", update: trendCell("rate", "rate", perSecond) },
	{ title: "Waiting time", class: "number wide", update: trendCell("wait", "wait", duration) }
], "No queue of the application's own, and nothing on the system queues.");

function queueKind(queue) {
	const state = queue.state === "ACTIVE" ? [] : [queue.state.toLowerCase()];
	const kind = queue.ordered ? ["ordered"] : flagNames(queue.flags);
	const limit = queue.maxActive > 0 && !queue.ordered ? [`max ${count(queue.maxActive)}`] : [];
	const stored = queue.durable ? ["durable"] : [];
	const parked = queue.parked > 0 ? [`${count(queue.parked)} parked`] : [];
	return [...state, ...stored, ...kind, ...limit, ...parked].join(" · ");
}

/** The kind first, then what is special. */
function flagNames(flags) {
	const kind = flags.filter((flag) => KINDS.includes(flag));
	const rest = flags.filter((flag) => !KINDS.includes(flag) && flag !== "SYSFS");
	return [...kind, ...rest].map((flag) => flag.toLowerCase().replaceAll("_", " "));
}

/** Waiting for max_active. */
function updateInactive(cell, queue) {
	updateNumber(cell, queue.inactive);
	setAttribute(cell, "title", queue.inactive > 0 ? `wait because max_active of ${queue.maxActive} is reached` : undefined);
}

function updateFailed(cell, queue) {
	updateNumber(cell, queue.stats.failed);
	cell.classList.toggle("bad", queue.stats.failed > 0);
}

/** Queues that every application has are shown while they do something, or when asked for. */
const stillSystem = element("queues").appendChild(make("button", { type: "button", class: "more", "aria-expanded": "false", onclick: () => {
	setAttribute(stillSystem, "aria-expanded", stillSystem.getAttribute("aria-expanded") === "false");
	render();
} }));

const isSystem = (queue) => queue.name.startsWith("system_");
const isStill = (queue) => queue.running + (queue.pending ?? 0) + (queue.delayed ?? 0) === 0;

function renderQueues() {
	const section = element("queues");
	section.hidden = view.kind !== "all" || !settings.workqueues;
	if (section.hidden) {
		return;
	}
	const all = [...answer.queues.filter((queue) => !isSystem(queue)), ...answer.queues.filter(isSystem)];
	const still = all.filter((queue) => isSystem(queue) && isStill(queue) && queue.stats.started === 0);
	const folded = !filtering() && stillSystem.getAttribute("aria-expanded") === "false";
	const queues = folded ? all.filter((queue) => !still.includes(queue)) : all.filter(queueMatches);
	stillSystem.hidden = filtering() || still.length === 0;
	setText(stillSystem, `${folded ? "Show" : "Hide"} ${plural(still.length, "unused system queue")}`);
	fillTable(queueTable, queues, (queue) => queue.name, (queue) => isStill(queue) ? "still" : undefined);
}

function queueMatches(queue) {
	const busy = running().filter((one) => one.workqueue === queue.name);
	const about = [queue.name, ...queue.aliases, ...busy.map((one) => one.work)];
	return textMatches(about) && {
		"": () => true,
		running: () => queue.running > 0,
		pending: () => queue.pending > 0,
		delayed: () => queue.delayed > 0,
		parked: () => queue.parked > 0,
		failed: () => queue.stats.failed > 0
	}[filter.state]?.() || (textMatches(about) && busy.some((one) => one.is === filter.state));
}

/** The head of the page of one queue. */
function renderQueueHead(queue) {
	renderFacts(queue.name, {
		Kind: queueKind(queue),
		Aliases: queue.aliases.join(", "),
		Running: queue.maxActive > 0 ? `${count(queue.running)}, at most ${count(queue.maxActive)}${queue.flags.includes("PERCPU") ? " per CPU" : ""}` : count(queue.running),
		Pending: count(queue.pending) + (queue.inactive > 0 ? `, ${count(queue.inactive)} of them at the limit` : ""),
		Delayed: count(queue.delayed),
		Parked: queue.durable ? count(queue.parked) : "",
		Added: count(queue.stats.adds),
		Merged: count(queue.stats.coalesced),
		Completed: count(queue.stats.completed),
		Failed: count(queue.stats.failed),
		Retries: count(queue.stats.retries),
		"CPU time": duration(seconds(queue.stats.cpuTime)),
		"CPU hogs": count(queue.stats.cpuIntensive),
		"Workers woken": count(queue.stats.cmWakeup),
		Rescued: count(queue.stats.rescued)
	});
	renderLimits(queue);
}

function renderLimits(queue) {
	const deeds = element("deeds");
	const changeable = mayWrite && queue.flags.includes("SYSFS") && !queue.ordered && queue.maxActive > 0;
	const wanted = changeable ? `limits ${queue.name}` : "";
	if (deeds.shows === wanted) {
		return;
	}
	deeds.shows = wanted;
	deeds.replaceChildren(...(changeable ? [makeLimitsForm(queue)] : []));
}

function makeLimitsForm(queue) {
	const input = (name, value) => make("input", { type: "number", name, min: 1, max: 2048, required: true, value });
	const most = input("maxActive", queue.maxActive);
	const least = queue.minActive !== undefined && input("minActive", queue.minActive);
	const form = make("form", {}, make("label", {}, "max_active", most), ...(least ? [make("label", {}, "min_active", least)] : []),
		make("button", {}, "Change limits"));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const latest = answer.queues.find((one) => one.name === queue.name) ?? queue;
		askLimits(latest, Number(most.value), least ? Number(least.value) : undefined);
	});
	return form;
}
