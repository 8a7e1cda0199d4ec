// Pools as lanes, one strip per worker.

const MOST_STRIPS = 12;

function poolTitle(pool, workers) {
	const bh = workers.some((worker) => worker.includes(":bh"));
	const where = pool.unbound ? "Unbound" : `CPU ${pool.cpu}`;
	return where + (bh ? ", bottom half" : "") + (pool.nice < 0 ? ", high priority" : "");
}

function renderPools() {
	const section = element("pools");
	section.hidden = view.kind !== "all" || !answer.pools.length;
	if (section.hidden) {
		return;
	}
	const used = answer.pools.filter((pool) => pool.workers > 0 || pool.pending > 0);
	section.empty ??= section.appendChild(make("p", { class: "nothing" }));
	section.empty.hidden = used.length > 0;
	setText(section.empty, "No worker has been needed yet. They start with the first work.");
	section.querySelector(".legend").hidden = used.length === 0;
	setAttribute(element("dump"), "href", address("workerpools", "dump"));
	keep(section.querySelector(".lanes"), used, (pool) => pool.id, makeLane, updateLane);
	const rescuers = answer.rescuers.filter((one) => one.active).map((one) => `${one.worker} for ${one.workqueue}`);
	section.rescue ??= section.appendChild(make("p", { class: "bad" }));
	section.rescue.hidden = rescuers.length === 0;
	setText(section.rescue, `At work because threads cannot be made: ${rescuers.join(", ")}`);
}

function makeLane() {
	const heading = make("span");
	const figures = make("small");
	const list = make("ul");
	const rest = make("small", { class: "nothing" });
	return Object.assign(make("article", { class: "lane" }, make("h3", {}, heading, figures), list, rest), { heading, figures, list, rest });
}

function updateLane(lane, pool) {
	const looks = history.pools.get(pool.id)?.workers ?? new Map();
	const busy = new Map(pool.busy.map((one) => [one.worker, one]));
	const workers = [...looks.keys()].sort(byNumber);
	const shown = workers.slice(0, MOST_STRIPS);
	setText(lane.heading, poolTitle(pool, workers));
	setText(lane.figures, [plural(pool.workers, "worker"), `${count(pool.idle)} idle`, pool.pending && `${count(pool.pending)} pending`]
		.filter(Boolean).join(" · "));
	keep(lane.list, shown, (worker) => worker, makeStripRow, (row, worker) => updateStripRow(row, worker, looks.get(worker), busy.get(worker)));
	const quiet = pool.workers - shown.length;
	lane.rest.hidden = quiet <= 0;
	setText(lane.rest, shown.length ? `and ${plural(quiet, "more worker")}` : "idle for the whole minute");
}

const byNumber = (one, other) => one.localeCompare(other, "en", { numeric: true });

function makeStripRow(worker) {
	const strip = makeStrip();
	const link = make("a");
	const row = make("li", {}, make("span", { class: "worker", title: worker }, worker), strip, make("span", {}, link));
	return Object.assign(row, { strip, link });
}

function updateStripRow(row, worker, looks, busy) {
	drawStrip(row.strip, looks, now());
	const recent = looks.filter((look) => look.at > now() - WINDOW);
	const share = (state) => Math.round(100 * recent.filter((look) => look.state === state).length / recent.length);
	const parts = ["running", "blocked", "hog", "idle"].filter((state) => share(state) > 0).map((state) => `${state} ${share(state)}%`);
	setAttribute(row.strip, "aria-label", `${worker} in the last minute: ${parts.join(", ")}`);
	setText(row.link, busy ? `${busy.work} ${duration(seconds(busy.for))}` : "");
	setAttribute(row.link, "href", busy && workLink(busy.work));
	setAttribute(row.link, "title", busy?.work);
}
