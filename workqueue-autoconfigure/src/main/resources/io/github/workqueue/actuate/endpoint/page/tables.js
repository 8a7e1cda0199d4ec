// Tables that are filled anew with each answer, and keep their rows.

/** Rows that are shown until more are asked for. */
const FIRST_ROWS = 100;

/**
 * Makes a table at the end of a section. A column has a title and a class, and update(cell, item). Roles are written
 * out because narrow screens lay rows out as blocks.
 */
function makeTable(section, columns, nothing, first = FIRST_ROWS) {
	const head = make("tr", { role: "row" }, ...columns.map((column) =>
		make("th", { role: "columnheader", scope: "col", class: column.class }, column.title)));
	const body = make("tbody", { role: "rowgroup" });
	const table = make("table", { role: "table", "aria-labelledby": section.getAttribute("aria-labelledby") },
		make("thead", { role: "rowgroup" }, head), body);
	const empty = make("p", { class: "nothing" });
	const more = make("button", { type: "button", class: "more", onclick: () => {
		body.all = true;
		render();
	} });
	section.append(table, empty, more);
	return Object.assign(body, { section, table, empty, more, columns, nothing, first });
}

function fillTable(body, items, keyOf, rowClass = () => undefined) {
	const shown = body.all ? items : items.slice(0, body.first);
	body.table.hidden = items.length === 0;
	body.empty.hidden = items.length > 0;
	setText(body.empty, filtering() ? "Nothing matches the filter." : body.nothing);
	body.more.hidden = shown.length === items.length;
	setText(body.more, `Show ${count(items.length - shown.length)} more`);
	keep(body, withStacks(shown, keyOf), (item) => item.key, (item) => item.stackOf ? makeStackRow(body) : makeRow(body), (row, item) => {
		if (item.stackOf) {
			updateStackRow(row, item.stackOf);
			return;
		}
		setAttribute(row, "class", rowClass(item.item));
		row.cells.forEach((cell, i) => body.columns[i].update(cell, item.item));
	});
}

function makeRow(body) {
	const cells = body.columns.map((column, i) => make(i === 0 ? "th" : "td", {
		role: i === 0 ? "rowheader" : "cell", scope: i === 0 ? "row" : undefined, class: column.class,
		"data-label": i === 0 || column.plain ? undefined : column.title
	}));
	const row = make("tr", { role: "row" }, ...cells);
	Object.defineProperty(row, "cells", { value: cells });
	return row;
}

// A stack opens below the row of its worker.

const openStacks = new Set();

const stackKey = (item) => `${item.worker} ${item.work}`;

function withStacks(items, keyOf) {
	return items.flatMap((item) => {
		const key = keyOf(item);
		const row = { key, item };
		return item.stack && openStacks.has(stackKey(item)) ? [row, { key: `${key} stack`, stackOf: item }] : [row];
	});
}

function makeStackRow(body) {
	const text = make("pre", { tabindex: "0" });
	const row = make("tr", { role: "row", class: "stack" }, make("td", { role: "cell", colspan: body.columns.length }, text));
	return Object.assign(row, { text });
}

function updateStackRow(row, item) {
	setAttribute(row.text, "aria-label", `Stack of ${item.worker}`);
	const frames = item.stack.map((frame) => frame.replace(/^[\w.@-]+\/+/, ""));
	setText(row.text, frames.join("\n") || "No stack: the thread was between two works.");
}

function updateStackButton(cell, item) {
	cell.button ??= cell.appendChild(make("button", { type: "button", class: "plain", onclick: () => {
		const key = stackKey(cell.item);
		openStacks.delete(key) || openStacks.add(key);
		render();
	} }, "Stack"));
	cell.item = item;
	setAttribute(cell.button, "aria-expanded", openStacks.has(stackKey(item)));
	setAttribute(cell.button, "aria-label", `Stack of ${item.worker}`);
}

// Cells

function updateLink(cell, text, href, small) {
	cell.link ??= cell.appendChild(make("a"));
	cell.small ??= cell.appendChild(make("small"));
	setText(cell.link, text);
	setAttribute(cell.link, "href", href);
	setText(cell.small, small ?? "");
	cell.small.hidden = !small;
}

function updateNumber(cell, value, text = count(value)) {
	setText(cell, text);
	cell.classList.toggle("zero", value === 0);
}

function updateBadge(cell, state, text) {
	cell.badge ??= cell.appendChild(make("span"));
	setText(cell.badge, text);
	setAttribute(cell.badge, "class", `badge ${state}`);
}
