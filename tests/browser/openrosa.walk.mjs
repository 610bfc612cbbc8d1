// The engine of ODK's own Web Forms (@getodk/xforms-engine) loads every form that a device gets here, fills it in, in a
// browser without our server, and what it sends is taken as it is: a check of our forms by code that others wrote.
import fs from 'node:fs';
import { Device, keyPath } from '../web/openrosa.mjs';
import { serve, sql } from '../web/lib.mjs';
import { png } from '../web/picture.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';
import { browser } from './lib.mjs';

const engine = fs.readFileSync(new URL('node_modules/@getodk/xforms-engine/dist/index.js', import.meta.url), 'utf8');
const server = await serve({ env: { BARAZA_RATES: 'no' } });
const device = new Device(server, keyPath(server));
const b = await browser();
const page = await b.newPage();
await page.route('**/*', (route) => (route.request().url() === 'https://engine.test/engine.js'
	? route.fulfill({ contentType: 'text/javascript', body: engine })
	: route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>engine</title>' })));
await page.goto('https://engine.test/');

// Fills a form in the page: every question that is asked, two rows of each repeat, a file where one is asked for. What a person would see is
// handed back: languages, labels, what the engine complains about, and the record.
const picture = [...png(40, 30)];
const fill = (xml, { rows = 2, answers = {} } = {}) => page.evaluate(async ({ xml, rows, answers, picture }) => {
	const { loadForm } = await import('https://engine.test/engine.js');
	const form = await loadForm(xml);
	if (form.status === 'failure') return { error: String(form.error?.message ?? form.error) };
	const { root } = form.createInstance();
	const labels = [];
	const sample = (node) => {
		const name = node.currentState.reference.split('/').pop();
		if (name in answers) return answers[name];
		switch (node.valueType) {
		case 'int': return 3n;
		case 'decimal': return 1.5;
		case 'date': return '2026-03-04';
		case 'geopoint': return { latitude: 46.2, longitude: 6.1, altitude: 0, accuracy: 0 };
		default: return `Sample ${name}`;
		}
	};
	const walk = (node) => {
		const state = node.currentState;
		if (!state.relevant) return;
		if (state.label) labels.push(state.label.asString);
		if (node.nodeType === 'repeat-range:uncontrolled')
			while (node.currentState.children.length < rows) node.addInstances();
		else if (node.nodeType === 'select' && !state.readonly)
			node.selectValue(answers[state.reference.split('/').pop()] ?? state.valueOptions[0].value);
		else if (node.nodeType === 'upload')
			node.setValue(node.nodeOptions.media.type === 'image'
				? new File([new Uint8Array(picture)], 'sample.png', { type: 'image/png' })
				: new File(['Sample words in a file.\n'], 'sample.txt', { type: 'text/plain' }));
		else if (node.nodeType === 'input' && !state.readonly)
			node.setValue(sample(node));
		for (const child of node.currentState.children ?? []) walk(child);
	};
	walk(root);
	walk(root); // what an answer brought to be asked
	const languages = root.languages.map((l) => l.language ?? '');
	const arabic = root.languages.find((l) => l.language.includes('(ar)'));
	root.setLanguage(arabic);
	const first = root.currentState.children.find((c) => c.currentState.label)?.currentState.label.asString;
	const payload = await root.prepareInstancePayload();
	return { status: payload.status, languages, labels, first,
		violations: (payload.violations ?? []).map((v) => `${v.reference}: ${v.violation?.condition} ${v.violation?.message?.asString ?? ''}`),
		record: await payload.data[0].get('xml_submission_file').text(),
		files: Object.fromEntries(await Promise.all([...payload.data[0].entries()].filter(([name]) => name !== 'xml_submission_file')
			.map(async ([name, file]) => [name, [...new Uint8Array(await file.arrayBuffer())]]))) };
}, { xml, rows, answers, picture });

const list = (await device.ask('/formList')).whole;
const forms = [...list.matchAll(/<formID>(\w+)<.*?<downloadUrl>([^<]+)</g)].map(([, id, url]) => ({ id, url }));
const text = {};
// What these ask for is no words of any kind.
const FITS = {
	communication: { symbol: 'TUN 4/2026' },
	indicator_source: { code: 'sample.1', link: 'https://example.org/' },
	rating: { incident: 'PUB-2026-1' },
};

await test('there is something to load', () => ok(forms.length >= 11, `${forms.length} forms`));

for (const { id, url } of forms)
	await test(`${id}: loaded, filled in and taken`, async () => {
		text[id] = (await device.ask(url)).whole;
		const got = await fill(text[id], { answers: FITS[id] });
		is(got.error, undefined, 'the engine loads it');
		is(got.violations.join('; '), '', 'nothing is at fault');
		is(got.status, 'ready');
		is(got.languages.length, 6);
		ok(got.labels.every((l) => l.length), 'everything has a label');
		has(got.first, /[\u0600-\u06ff]/, 'in Arabic, too');
		const before = Number(sql(server, `SELECT count(*) FROM record WHERE name = '${id}'`));
		const files = Object.fromEntries(Object.entries(got.files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
		const names = Object.keys(files);
		is(names.length, text[id].split('<upload ').length - 1, 'a file for each question that asks for one');
		const a = await device.send(got.record, files);
		is(a.status, 201, `${a.said}\n${got.record}`);
		is((await device.send(got.record, files)).status, 202, 'once');
		for (const name of names) has(sql(server, `SELECT body FROM record WHERE name = '${id}' ORDER BY id DESC LIMIT 1`), name);
		is(Number(sql(server, `SELECT count(*) FROM record WHERE name = '${id}'`)), before + 1);
	});

await test('a record that the engine made comes in parts, too', async () => {
	const got = await fill(text.resource);
	const files = Object.entries(got.files).map(([name, bytes]) => [name, Buffer.from(bytes)]);
	is(files.length, 2);
	const before = Number(sql(server, `SELECT count(*) FROM record WHERE name = 'resource'`));
	is((await device.send(got.record, Object.fromEntries(files.slice(0, 1)), 'yes')).status, 202);
	is((await device.send(got.record, {})).status, 400, 'one is missing');
	is((await device.send(got.record, Object.fromEntries(files.slice(1)))).status, 201);
	is(Number(sql(server, `SELECT count(*) FROM record WHERE name = 'resource'`)), before + 1);
});

await test('what does not fit is seen by the engine as by the house', async () => {
	for (const [id, answers, where] of [
		['meeting', { next: '2026-01-01' }, '/data/came/next'],
		['meeting', { people: 0n }, '/data/side[1]/people'],
		['meeting', { held: '2999-01-01' }, '/data/what/held'],
		['meeting', { name: 'x'.repeat(300) }, '/data/side[1]/name'],
		['incident', { title: 'x'.repeat(121) }, '/data/what/title'],
	]) {
		const got = await fill(text[id], { answers });
		is(got.status, 'pending', where);
		has(got.violations.join('; '), where);
		is((await device.send(got.record)).status, 400, where);
	}
});

await b.close();
await server.stop();
done();
