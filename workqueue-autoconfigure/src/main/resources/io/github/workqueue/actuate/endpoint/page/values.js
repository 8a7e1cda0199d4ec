// Values as the endpoints write them, and as people read them.

const ISO_DURATION = /^(-)?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/;

/** The seconds of an ISO-8601 duration. */
function seconds(text) {
	const [, minus, days = 0, hours = 0, minutes = 0, rest = 0] = ISO_DURATION.exec(text ?? "") ?? [];
	const sum = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
	return minus ? -sum : sum;
}

function duration(value) {
	if (value < 0.001) {
		return `${(value * 1000).toFixed(value < 0.00001 ? 0 : 2)} ms`;
	}
	if (value < 1) {
		return `${(value * 1000).toPrecision(value < 0.01 ? 2 : 3).replace(/\.0+$/, "")} ms`;
	}
	if (value < 60) {
		return `${value.toFixed(value < 10 ? 1 : 0)} s`;
	}
	const whole = Math.floor(value);
	if (whole < 3600) {
		return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	}
	const hours = Math.floor(whole / 3600);
	return (hours < 48) ? `${hours} h ${Math.floor(whole / 60) % 60} min` : `${Math.floor(hours / 24)} days`;
}

/** A figure that the database keeps is unknown while that does not answer. */
const count = (value) => value === undefined ? "?" : value.toLocaleString("en");
const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;
const perSecond = (value) => `${value >= 10 ? count(Math.round(value)) : Number(value.toFixed(1))}/s`;
const simpleName = (type) => type.slice(Math.max(type.lastIndexOf("."), type.lastIndexOf("$")) + 1);
const queueLink = (name) => `#queue/${encodeURIComponent(name)}`;
const workLink = (name) => `#work/${encodeURIComponent(name)}`;
