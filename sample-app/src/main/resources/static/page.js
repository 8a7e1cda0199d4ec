"use strict";

const PERIOD = 1000;
const LIMIT = 100;
const element = (id) => document.getElementById(id);

async function read(path) {
	let response;
	try {
		response = await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" });
	}
	catch (failure) {
		throw new Error("The application does not answer. Trying again …");
	}
	if (!response.ok) {
		throw new Error(`${path} answered ${response.status}.`);
	}
	return response.json();
}

function create(name, text, className) {
	const node = document.createElement(name);
	if (text !== undefined) {
		node.textContent = text;
	}
	if (className) {
		node.className = className;
	}
	return node;
}

const number = (value) => value.toLocaleString("en");
const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

// Results

let asked = 0;
let shown = "";

function showMessage(text, failed) {
	element("message").textContent = text;
	element("message").classList.toggle("failure", Boolean(failed));
}

function showNothing(text, failed) {
	showMessage(text, failed);
	element("results").replaceChildren();
	element("count").textContent = "";
	shown = "";
}

async function search() {
	const query = element("query").value.trim();
	const turn = ++asked;
	if (!query) {
		showNothing("Type a word. Then save a file of the directory, and see the result change.");
		return;
	}
	try {
		const result = await read(`search?limit=${LIMIT}&q=${encodeURIComponent(query)}`);
		if (turn === asked) {
			showResult(result);
		}
	}
	catch (failure) {
		if (turn === asked) {
			showNothing(failure.message, true);
		}
	}
}

function showResult(result) {
	if (result.total === 0) {
		showNothing(`No line has “${result.query}”.`);
		return;
	}
	const state = JSON.stringify(result);
	if (state === shown) {
		return;
	}
	shown = state;
	showMessage("");
	const best = result.hits.length < result.total ? `, the best ${result.hits.length} are shown` : "";
	element("count").textContent = plural(result.total, "line") + best;
	const words = result.query.match(/[\p{L}\p{M}\p{Nd}_]+/gu) ?? [];
	element("results").replaceChildren(...byFile(result.hits).map(([path, hits]) => file(path, hits, words)));
}

function byFile(hits) {
	const files = new Map();
	for (const hit of hits) {
		files.set(hit.path, [...(files.get(hit.path) ?? []), hit]);
	}
	return [...files];
}

function file(path, hits, words) {
	const node = create("article", undefined, "file");
	node.append(breakable(path), ...hits.map((hit) => line(hit, words)));
	return node;
}

function breakable(path) {
	const node = create("h3");
	path.split(/(?<=\/)/).forEach((name) => node.append(name, create("wbr")));
	return node;
}

function line(hit, words) {
	const node = create("div", undefined, "hit");
	const score = create("span", hit.score.toFixed(2), "number");
	score.title = "score";
	node.append(create("span", hit.line, "number"), marked(hit.snippet, words), score);
	return node;
}

function marked(text, words) {
	const node = create("code");
	const any = new RegExp(`(${[...words].sort((a, b) => b.length - a.length).join("|")})`, "giu");
	text.split(any).forEach((part, i) => node.append(i % 2 ? create("mark", part) : part));
	return node;
}

// Queues

let previous = new Map();

async function showQueues() {
	const message = element("queues-message");
	try {
		const { workqueues } = await read("actuator/workqueues");
		const all = element("unused").checked;
		const rows = workqueues.filter((queue) => all || isUsed(queue)).sort(ownFirst).map(row);
		element("queues").tBodies[0].replaceChildren(...rows);
		previous = new Map(workqueues.map((queue) => [queue.name, queue.stats.completed]));
		message.hidden = true;
	}
	catch (failure) {
		message.textContent = failure.message;
		message.hidden = false;
	}
}

const isUsed = (queue) => queue.stats.adds + queue.delayed > 0;

const isSystem = (queue) => queue.name.startsWith("system_");
const ownFirst = (a, b) => isSystem(a) - isSystem(b);

function row(queue) {
	const rate = queue.stats.completed - (previous.get(queue.name) ?? queue.stats.completed);
	const node = create("tr", undefined, queue.pending + queue.running + rate > 0 ? "busy" : "");
	const name = create("th", queue.name);
	name.scope = "row";
	const kind = queue.ordered ? "ordered" : queue.flags.join(", ").toLowerCase();
	name.append(create("small", queue.state === "ACTIVE" ? kind : `${kind} · ${queue.state}`));
	const values = [queue.pending, queue.running, queue.delayed, queue.stats.completed, rate, queue.stats.coalesced];
	node.dataset.queue = queue.name;
	node.append(name, ...values.map((value) => cell(value)), cell(queue.stats.failed, "failed"));
	return node;
}

function cell(value, className) {
	return create("td", number(value), value === 0 ? "zero" : className);
}

async function showWorkers() {
	try {
		const { pools } = await read("actuator/workerpools");
		const workers = pools.reduce((sum, pool) => sum + pool.workers, 0);
		const idle = pools.reduce((sum, pool) => sum + pool.idle, 0);
		const busy = pools.flatMap((pool) => pool.busy).map((worker) => `${worker.worker} runs ${worker.work}`);
		element("workers").textContent = `${plural(workers, "worker")}, ${number(idle)} idle`
			+ (busy.length ? `: ${busy.join(", ")}` : "");
	}
	catch (failure) {
		element("workers").textContent = failure.message;
	}
}

// Status

async function showStatus() {
	try {
		const { root, directories, lines, catalogue, events } = await read("status");
		const skipped = Object.values(catalogue.skipped).reduce((sum, count) => sum + count, 0);
		element("status").textContent = `${root} · ${plural(catalogue.files, "file")}, ${plural(lines, "line")} · `
			+ `${number(skipped)} skipped · ${plural(directories, "directory", "directories")} watched · `
			+ `${plural(events.watched, "event")} since the start`;
	}
	catch (failure) {
		element("status").textContent = failure.message;
	}
}

async function tick() {
	if (!document.hidden) {
		await Promise.all([search(), showQueues(), showWorkers(), showStatus()]);
	}
	setTimeout(tick, PERIOD);
}

element("query").addEventListener("input", search);
element("unused").addEventListener("change", showQueues);
element("form").addEventListener("submit", (event) => {
	event.preventDefault();
	search();
});
element("query").value = new URLSearchParams(location.search).get("q") ?? "";
tick();
