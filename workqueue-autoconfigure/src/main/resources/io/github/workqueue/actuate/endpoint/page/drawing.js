// The two pictures: a strip of states, and a line. A chart library would be larger than the rest of the page.

const LONGEST_GAP = 5;
const STATES = { running: [0, 20], hog: [0, 20], blocked: [5, 10], idle: [9, 2] };

function makeStrip() {
	const strip = shape("svg", { class: "strip", viewBox: "0 0 600 20", preserveAspectRatio: "none", role: "img" },
		shape("rect", { class: "track", width: 600, height: 20 }));
	strip.paths = {};
	for (const state of Object.keys(STATES)) {
		strip.paths[state] = strip.appendChild(shape("path", { class: state }));
	}
	return strip;
}

/** Each look stands for the time since the one before; a longer pause stays empty. */
function drawStrip(strip, looks, now) {
	const drawn = { running: "", hog: "", blocked: "", idle: "" };
	const x = (at) => Math.max(0, (1 - (now - at) / WINDOW) * 600);
	for (let i = 0; i < looks.length; i++) {
		const { state } = looks[i];
		const from = (i > 0) ? Math.max(looks[i - 1].at, looks[i].at - LONGEST_GAP) : looks[i].at - 1;
		while (i + 1 < looks.length && looks[i + 1].state === state && looks[i + 1].at - looks[i].at < LONGEST_GAP) {
			i++;
		}
		const width = x(looks[i].at) - x(from);
		if (width > 0) {
			const [top, height] = STATES[state];
			drawn[state] += `M${x(from).toFixed(1)} ${top}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`;
		}
	}
	for (const [state, path] of Object.entries(drawn)) {
		setAttribute(strip.paths[state], "d", path);
	}
}

function makeTrend(className) {
	const area = shape("path", { class: "area" });
	const line = shape("path", { class: "line" });
	const text = make("span");
	const node = make("div", { class: `trend ${className}` },
		shape("svg", { viewBox: "0 0 120 30", preserveAspectRatio: "none", "aria-hidden": "true" }, area, line), text);
	return Object.assign(node, { area, line, text });
}

function drawTrend(trend, points, now, text) {
	setText(trend.text, text);
	setAttribute(trend.text, "class", points.some((point) => point.value > 0) ? undefined : "zero");
	const most = Math.max(...points.map((point) => point.value), 0);
	const x = (at) => ((1 - (now - at) / WINDOW) * 120).toFixed(1);
	const y = (value) => (28 - value / most * 25).toFixed(1);
	let line = "";
	let area = "";
	for (const run of most > 0 ? runs(points) : []) {
		const path = run.map((point) => `${x(point.at)} ${y(point.value)}`).join("L");
		line += `M${path}`;
		area += `M${x(run[0].at)} 30L${path}L${x(run.at(-1).at)} 30z`;
	}
	setAttribute(trend.line, "d", line);
	setAttribute(trend.area, "d", area);
}

/** The points between pauses. */
function runs(points) {
	const found = [];
	for (const point of points) {
		const run = found.at(-1);
		if (run && point.at - run.at(-1).at < LONGEST_GAP) {
			run.push(point);
		}
		else {
			found.push([point]);
		}
	}
	return found.filter((run) => run.length > 1);
}
