// Changes: each is confirmed, with its effect in words.

const settings = document.documentElement.dataset;

/** Not inside of a foreign page, where somebody could be led to press a button unseen. */
const mayWrite = settings.writable === "true" && window.top === window.self;

const base = location.pathname.replace(/\/+$/, "").slice(0, -(settings.workqueueui ?? "workqueueui").length);

function address(endpoint, ...segments) {
	return base + [settings[endpoint], ...segments.map(encodeURIComponent)].join("/");
}

function confirmed(title, effect, label) {
	const dialog = element("confirm");
	setText(element("confirm-title"), title);
	setText(element("confirm-effect"), effect);
	setText(element("confirm-yes"), label);
	dialog.returnValue = "no";
	dialog.showModal();
	return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

/** The token of Spring Security, where it is in a cookie for scripts. */
function csrfHeader() {
	const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
	return token ? { "X-XSRF-TOKEN": decodeURIComponent(token[1]) } : {};
}

/** Makes a change that was confirmed, and says what came of it. */
async function change(question, path, body, done) {
	if (await confirmed(question.title, question.effect, question.label)) {
		await changeNow(path, body, done);
		pollNow();
	}
}

async function changeNow(path, body, done) {
	try {
		const response = await fetch(path, {
			method: "POST",
			headers: { "Content-Type": "application/json", Accept: "application/json", ...csrfHeader() },
			body: JSON.stringify(body)
		});
		if (response.ok) {
			showResult(done, false);
		}
		else {
			const { message } = await response.json().catch(() => ({}));
			showResult(message ?? `Nothing was changed: the application answered ${response.status}.`, true);
		}
	}
	catch (failure) {
		showResult("The application did not answer; whether anything was changed will be seen.", true);
	}
}

const result = { text: "", failed: false, until: 0 };

function showResult(text, failed) {
	Object.assign(result, { text, failed, until: performance.now() + (failed ? 20_000 : 6_000) });
	say(text);
	render();
}

function askFreeze() {
	const freezable = answer.queues.filter((queue) => queue.flags.includes("FREEZABLE"));
	const names = freezable.map((queue) => queue.name).join(", ");
	if (answer.frozen) {
		change({ title: "Thaw the freezable queues?", effect: `${names}: what waits there starts at once.`, label: "Thaw" },
			address("workqueues"), { frozen: false }, "Thawed.");
	}
	else {
		change({ title: "Freeze the freezable queues?", effect: `${names}: they go on accepting work but start none until `
			+ "they are thawed. What runs now runs to its end. Other queues are not touched.", label: "Freeze" },
			address("workqueues"), { frozen: true }, "Frozen.");
	}
}

function askLimits(queue, maxActive, minActive) {
	const body = {};
	const effects = [];
	if (maxActive !== queue.maxActive) {
		body.maxActive = maxActive;
		effects.push(`max_active ${queue.maxActive} becomes ${maxActive}`);
	}
	if (minActive !== undefined && minActive !== queue.minActive) {
		body.minActive = minActive;
		effects.push(`min_active ${queue.minActive} becomes ${minActive}`);
	}
	if (effects.length === 0) {
		showResult("Nothing to change: these are the limits.", false);
		return;
	}
	change({ title: `Change the limits of ${queue.name}?`, effect: `${effects.join(", ")}. What runs now runs to its end.`,
		label: "Change" }, address("workqueues", queue.name), body, `The limits of ${queue.name} were changed.`);
}

// Works. Groups are works of one queue, one name and, where keys are shown, one key.

const describeWork = (one) => one.key === undefined ? one.work : `${one.work} ${one.key}`;

function askWorks(verb, groups) {
	const number = groups.reduce((sum, group) => sum + (group.number ?? 1), 0);
	const named = groups.length === 1 ? describeWork(groups[0]) : plural(number, "waiting work");
	const where = [...new Set(groups.map((group) => group.workqueue))].join(", ");
	const question = (verb === "cancel") ? { title: `Cancel ${named}?`, label: "Cancel it",
		effect: `What waits of it on ${where} is removed and will not run, also a retry. What runs now runs to its end.` }
		: { title: `Run ${named} now?`, label: "Run now",
			effect: `What waits for its time on ${where} starts as soon as the queue allows, also a retry.` };
	return confirmed(question.title, groups.length > 1 ? `${question.effect} ${list(groups)}` : question.effect, question.label)
		.then((yes) => yes && changeWorks(verb, groups));
}

function list(groups) {
	const names = groups.slice(0, 8).map(describeWork).join(", ");
	return `These: ${names}${groups.length > 8 ? ` and ${groups.length - 8} more` : ""}.`;
}

async function changeWorks(verb, groups) {
	const done = (verb === "cancel") ? "Cancelled." : "Started, or on its way.";
	for (const { workqueue, work, key } of groups) {
		await changeNow(address("workqueues", workqueue), { [verb]: work, key }, done);
		if (result.failed) {
			break;
		}
	}
	pollNow();
}

/** Fills a cell with buttons for the works of its row. */
function updateDeeds(cell, group, verbs) {
	cell.group = group;
	cell.deeds ??= mayWrite && cell.append(...verbs.map(([verb, label]) => make("button", { type: "button", class: "plain",
		onclick: () => askWorks(verb, [cell.group]) }, label))) === undefined;
	[...cell.children].forEach((button, i) => setAttribute(button, "aria-label", `${verbs[i][1]}: ${describeWork(group)}`));
}
