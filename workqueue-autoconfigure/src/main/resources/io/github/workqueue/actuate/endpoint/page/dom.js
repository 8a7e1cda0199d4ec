// Elements. Whatever comes from the application gets in as text and as attribute values, never as markup.

const element = (id) => document.getElementById(id);

function make(name, properties = {}, ...children) {
	return fill(document.createElement(name), properties, children);
}

function shape(name, properties = {}, ...children) {
	return fill(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);
}

function fill(node, properties, children) {
	for (const [name, value] of Object.entries(properties)) {
		if (name.startsWith("on")) {
			node.addEventListener(name.slice(2), value);
		}
		else {
			setAttribute(node, name, value);
		}
	}
	node.append(...children);
	return node;
}

/** Sets an attribute if it differs; false and undefined remove it. */
function setAttribute(node, name, value) {
	if (value === undefined || value === null || value === false) {
		node.removeAttribute(name);
	}
	else if (node.getAttribute(name) !== String(value)) {
		node.setAttribute(name, value === true ? "" : value);
	}
}

function setText(node, text) {
	const wanted = String(text);
	if (node.textContent !== wanted) {
		node.textContent = wanted;
	}
}

/** Gives a container one child per item. Children are kept by their keys, so focus and selection stay. */
function keep(container, items, keyOf, create, update) {
	container.kept ??= new Map();
	const keyed = new Map(items.map((item) => [keyOf(item), item]));
	for (const [key, node] of container.kept) {
		if (!keyed.has(key)) {
			node.remove();
			container.kept.delete(key);
		}
	}
	let place = container.firstElementChild;
	for (const [key, item] of keyed) {
		let node = container.kept.get(key);
		if (!node) {
			node = create(item);
			container.kept.set(key, node);
		}
		update(node, item);
		if (node === place) {
			place = place.nextElementSibling;
		}
		else {
			container.insertBefore(node, place);
		}
	}
}

/** Tells those who do not see the page. */
function say(text) {
	setText(element("said"), text);
}
