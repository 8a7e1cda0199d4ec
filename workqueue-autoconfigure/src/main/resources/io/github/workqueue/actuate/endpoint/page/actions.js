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
	if (!await confirmed(question.title, question.effect, question.label)) {
		return;
	}
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
	pollNow();
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
