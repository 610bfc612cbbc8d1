// I know a device that fills in forms: it speaks OpenRosa 1.0 to a server and knows no cookie.
import crypto from 'node:crypto';

export const HEAD = { 'x-openrosa-version': '1.0' };

export class Device {
	constructor(server, path = '/or', lang = 'en') {
		this.base = server.origin + path;
		this.lang = lang;
	}

	async ask(to, { method = 'GET', body, headers = {} } = {}) {
		const url = to.startsWith('http') ? to : this.base + to;
		const answer = await fetch(url, { method, body, redirect: 'manual',
			headers: { ...HEAD, 'accept-language': this.lang, ...headers } });
		answer.whole = await answer.text();
		answer.said = /<message[^>]*>([^<]*)</.exec(answer.whole)?.[1] ?? '';
		return answer;
	}

	// incomplete: 'yes' where other parts follow.
	send(xml, files = {}, incomplete = '') {
		const body = new FormData();
		body.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'record.xml');
		for (const [name, bytes] of Object.entries(files)) body.append(name, new Blob([bytes]), name);
		if (incomplete) body.append('*isIncomplete*', incomplete);
		return this.ask('/submission', { method: 'POST', body });
	}
}

export const newId = () => `uuid:${crypto.randomUUID()}`;

// record(form, version, inside, id, of): what a device sends.
export const record = (form, version, inside, id = newId(), of = '') =>
	`<data id="${form}"${version ? ` version="${version}"` : ''} xmlns:orx="http://openrosa.org/xforms">${inside}`
	+ `<orx:meta><orx:instanceID>${id}</orx:instanceID>${of ? `<orx:deprecatedID>${of}</orx:deprecatedID>` : ''}</orx:meta></data>`;

export const incident = (title, id, more = '') => record('incident', 2,
	`<what><title>${title}</title><act>threat detention</act><date_from>2026-02-03</date_from><exact>day</exact>`
	+ `<country>KE</country><reprisal>no</reprisal></what><victim><role>journalist</role><sex>f</sex></victim>${more}`, id);

// The paths of the sample's devices, as the server printed them: of an account, of everybody.
export const keyPath = (server) => /(\/or\/k\/[0-9a-f]{64})/.exec(server.log)[1];

// flood(server, how): so many records from so many devices at once. Every third comes again, every fifth twice at the same
// moment, as devices do that did not hear the answer. Tells what is there afterwards.
export async function flood(server, { records, devices }) {
	const mark = crypto.randomUUID().slice(0, 8);
	const queue = [...Array(records).keys()].map((n) => ({ n, id: newId() }));
	const sent = [...queue];
	const times = [];
	let refused = 0;
	const one = async (device, { n, id }) => {
		const start = performance.now();
		const a = await device.send(incident(`Sample ${mark} ${n}`, id));
		times.push(performance.now() - start);
		if (a.status !== 201 && a.status !== 202) refused++;
	};
	const from = performance.now();
	await Promise.all([...Array(devices)].map(async (_, i) => {
		const device = new Device(server, i % 2 ? '/or' : keyPath(server));
		for (let next = queue.shift(); next; next = queue.shift()) {
			await Promise.all(next.n % 5 ? [one(device, next)] : [one(device, next), one(device, next)]);
			if (next.n % 3 === 0) await one(device, next);
		}
	}));
	const seconds = (performance.now() - from) / 1000;
	const { sql } = await import('./lib.mjs');
	const stored = Number(sql(server, `SELECT count(*) FROM record WHERE body LIKE '%Sample ${mark} %'`));
	const distinct = Number(sql(server, `SELECT count(DISTINCT body) FROM record WHERE body LIKE '%Sample ${mark} %'`));
	const known = new Set(sql(server, 'SELECT instance FROM openrosa_sent').split('\n'));
	times.sort((a, b) => a - b);
	return { records, requests: times.length, stored, lost: records - distinct + sent.filter(({ id }) => !known.has(id)).length,
		doubled: stored - distinct, refused, seconds, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] };
}
