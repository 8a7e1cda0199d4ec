// Asks, keeps what was answered, and shows it.

const PERIOD = 1000;
const LONGEST_WAIT = 15_000;
const filter = { text: "", state: "" };
const live = { timer: undefined, failures: 0, paused: false, asking: false, again: false, connected: false, stalled: "" };

let answer = { queues: [], pools: [], rescuers: [], works: undefined, refused: new Map(),
	recent: { stalls: [], waits: [], timers: [], failures: [] } };
let view = { kind: "all" };

const now = () => answer.at ?? performance.now() / 1000;
const filtering = () => Boolean(filter.text || filter.state);

function textMatches(texts) {
	return !filter.text || texts.some((text) => text?.toLowerCase().includes(filter.text));
}

function concernsView(one) {
	return view.kind === "all" || one[view.kind === "queue" ? "workqueue" : "work"] === view.name;
}

// Asking

/** Reads an endpoint; undefined if it is not exposed, or refuses, which then is said. */
async function read(refused, endpoint, path) {
	if (!settings[endpoint]) {
		return undefined;
	}
	const response = await fetch(path, { headers: { Accept: "application/json" }, cache: "no-store" });
	if (response.ok) {
		return response.json();
	}
	if (response.status >= 500) {
		throw new Error(`${path} answered ${response.status}`);
	}
	if (response.status !== 404) {
		refused.set(endpoint, response.status);
	}
	return undefined;
}

async function ask() {
	const refused = new Map();
	const past = view.kind === "work" ? `?work=${encodeURIComponent(view.name)}` : "";
	const [queues, pools, recent, details] = await Promise.all([
		read(refused, "workqueues", address("workqueues")),
		read(refused, "workerpools", address("workerpools")),
		read(refused, "workqueueui", address("workqueueui", "recent") + past),
		view.kind === "queue" ? read(refused, "workqueues", address("workqueues", view.name)) : undefined
	]);
	if (!recent) {
		throw new Error(`the page's own endpoint answered ${refused.get("workqueueui") ?? 404}`);
	}
	return { at: performance.now() / 1000, cpus: queues?.cpus, frozen: queues?.frozen, queues: queues?.workqueues ?? [],
		pools: pools?.pools ?? [], rescuers: pools?.rescuers ?? [], works: details?.works, recent, refused };
}

async function poll() {
	clearTimeout(live.timer);
	if (live.asking) {
		live.again = true;
		return;
	}
	live.asking = true;
	const began = performance.now();
	try {
		answer = await ask();
		live.failures = 0;
		live.connected = true;
		remember(answer, answer.at);
	}
	catch (failure) {
		live.failures++;
		live.connected = false;
	}
	live.asking = false;
	render();
	pollIn(waitAfter(performance.now() - began));
}

/** A slow application is asked less often, one that does not answer ever less. */
function waitAfter(took) {
	if (live.again) {
		live.again = false;
		return 0;
	}
	return live.failures ? Math.min(LONGEST_WAIT, PERIOD * 2 ** (live.failures - 1)) : Math.max(PERIOD - took, took);
}

function pollIn(wait) {
	clearTimeout(live.timer);
	if (!document.hidden && !live.paused) {
		live.timer = setTimeout(poll, wait);
	}
}

function pollNow() {
	if (!document.hidden) {
		poll();
	}
}

// Showing

function render() {
	document.body.classList.toggle("stale", !live.connected);
	renderConnection();
	renderNotices();
	if (!answer.at) {
		return;
	}
	renderSummary();
	renderPlace();
	renderQueues();
	renderPools();
	renderRunning();
	renderWorks();
	renderWork();
	renderTimers();
	renderFailures();
}

function renderConnection() {
	const node = element("connection");
	const text = live.connected ? (live.paused ? "Paused" : "Live") : (live.failures ? "No answer, trying again" : "Connecting");
	if (node.textContent !== text && live.failures) {
		say("The application does not answer.");
	}
	setText(node, text);
	setAttribute(node, "class", `connection ${live.failures ? "lost" : live.connected && !live.paused ? "live" : ""}`.trim());
}

function renderSummary() {
	const sum = (field) => answer.queues.reduce((total, queue) => total + (queue[field] ?? 0), 0);
	const stuck = answer.recent.stalls.length;
	const figures = settings.workqueues && answer.cpus !== undefined ? [
		["CPUs", answer.cpus], ["queues", answer.queues.length], ["running", sum("running")], ["pending", sum("pending")],
		["delayed", sum("delayed")]
	] : [["running", running().length]];
	const alarms = [...(stuck ? [["stuck", stuck]] : []), ...(answer.frozen ? [["", "frozen"]] : [])];
	keep(element("summary"), [...figures, ...alarms], ([name]) => name,
		([name]) => make("div", { class: name === "stuck" ? "alarm" : undefined }, make("dt", {}, name), make("dd")),
		(node, [, value]) => setText(node.lastChild, typeof value === "number" ? count(value) : value));
	const freeze = element("freeze");
	freeze.hidden = !mayWrite || answer.frozen === undefined;
	setText(freeze, answer.frozen ? "Thaw" : "Freeze");
	document.title = stuck ? `(${stuck} stuck) Workqueues` : "Workqueues";
}

function renderNotices() {
	const notices = [...stallNotices(), ...missingNotices()];
	if (performance.now() < result.until) {
		notices.unshift({ key: "result", failed: result.failed, parts: [result.text] });
	}
	keep(element("notices"), notices, (notice) => notice.key + JSON.stringify(notice.parts.map((part) => part.href ?? part.code ?? "")),
		() => make("p"), (node, notice) => {
			setAttribute(node, "class", notice.failed ? "notice failure" : "notice");
			const parts = notice.parts.map((part) => typeof part === "string" ? part : part.href ?? part.code).join("\n");
			if (node.shows !== parts) {
				node.shows = parts;
				node.replaceChildren(...notice.parts.map((part) => part.href ? make("a", { href: part.href }, part.text)
					: part.code ? make("code", {}, part.code) : part));
			}
		});
	announceStalls();
}

function stallNotices() {
	return answer.recent.stalls.map((stall) => ({
		key: `stall ${stall.pool}`, failed: true, parts: [
			stall.waiting ?? "A work", ` has been waiting for ${duration(seconds(stall.lasted))}: ${stall.reason}. `,
			...(stall.worker ? [{ text: stall.work, href: workLink(stall.work) }, ` holds ${stall.worker}.`] : [])
		]
	}));
}

function announceStalls() {
	const stalled = answer.recent.stalls.map((stall) => `${stall.work} ${stall.pool}`).join();
	if (stalled && stalled !== live.stalled) {
		say(`Stuck: ${answer.recent.stalls.map((stall) => stall.work).join(", ")}`);
	}
	live.stalled = stalled;
}

/** Which endpoint the page has to do without, and what to do about it. */
function missingNotices() {
	const shows = { workqueues: "queues and their limits", workerpools: "worker pools and what runs" };
	return Object.entries(shows).flatMap(([endpoint, what]) => {
		if (!settings[endpoint]) {
			return [{ key: endpoint, parts: [`The endpoint ${endpoint} is not exposed, so ${what} cannot be shown here. Add it to `,
				{ code: "management.endpoints.web.exposure.include" }, ", and look whether ",
				{ code: `management.endpoint.${endpoint}.access` }, " forbids it."] }];
		}
		const status = answer.refused.get(endpoint);
		return status ? [{ key: endpoint, parts: [`The endpoint ${endpoint} answered ${status}, so ${what} cannot be shown to you.`] }] : [];
	});
}

function renderPlace() {
	const queue = view.kind === "queue" ? answer.queues.find((one) => one.name === view.name || one.aliases.includes(view.name)) : undefined;
	element("place").hidden = element("about").hidden = view.kind === "all";
	if (view.kind === "queue") {
		queue ? renderQueueHead(queue) : renderFacts(view.name, { State: "no such queue" });
	}
}

function decoded(name) {
	try {
		return decodeURIComponent(name);
	}
	catch (failure) {
		return name;
	}
}

/** Where the address says: everything, #queue/NAME, or #work/NAME. */
function go() {
	const [, kind, name] = /^#(queue|work)\/(.+)$/.exec(location.hash) ?? [];
	view = kind ? { kind, name: decoded(name) } : { kind: "all" };
	answer = { ...answer, works: undefined, recent: { ...answer.recent, executions: undefined } };
	element("place").replaceChildren(make("a", { href: "#/" }, "← Everything"));
	render();
	window.scrollTo(0, 0);
	pollNow();
}

element("text").addEventListener("input", (event) => {
	filter.text = event.target.value.trim().toLowerCase();
	render();
});
element("state").addEventListener("change", (event) => {
	filter.state = event.target.value;
	render();
});
element("filter").addEventListener("submit", (event) => event.preventDefault());
element("freeze").addEventListener("click", askFreeze);
element("pause").addEventListener("click", () => {
	live.paused = !live.paused;
	setAttribute(element("pause"), "aria-pressed", live.paused);
	setText(element("pause"), live.paused ? "Go on" : "Pause");
	render();
	pollIn(0);
});
document.querySelector(".skip").addEventListener("click", (event) => {
	event.preventDefault();
	element("main").focus();
});
document.addEventListener("visibilitychange", () => pollIn(0));
window.addEventListener("hashchange", go);
go();
