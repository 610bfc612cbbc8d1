#!/usr/bin/env node
// Two large files that others made, brought in as people bring them in: the map, the trend, the table,
// the list, the files and what programs are given show the same figures.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, binary, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const shared = path.resolve('../shared/data');
if (!fs.existsSync(`${shared}/incidents/all-locations-v2.json`)) {
	console.log('1..0 # skipped: no ../shared');
	process.exit(0);
}
const file = `${shared}/incidents/all-locations-v2.json`;
const rows = JSON.parse(fs.readFileSync(file)).data;
// What its tags mean here; the others are left out.
const ACTS = { arrest: 'detention', beat: 'attack', shoot: 'attack', 'tear-gas': 'attack', spray: 'attack', shove: 'attack', strike: 'attack', 'pepper-spray': 'attack', baton: 'attack',
	'rubber-bullet': 'attack', 'less-lethal': 'attack', projectile: 'attack', kettle: 'assembly', gun: 'threat', threaten: 'threat', 'abuse-of-power': 'smear', search: 'raid' };
const tags = [...new Set(rows.flatMap((r) => r.tags))];
const acts = (r) => new Set(r.tags.map((t) => ACTS[t]).filter(Boolean));
const day = (s) => /^\d{4}-\d\d-\d\d$/.test(s) && new Date(s).toISOString().startsWith(s);
const fits = (most) => rows.filter((r) => r.name && [...r.name].length <= most && day(r.date) && acts(r).size);

let server = await serve({ env: { BARAZA_RATES: 'no' } });
const words = server.log;
const lead = await signIn(server, 'organiser');
const anybody = new Visitor(server, { lang: 'en' });
const number = (form, where = '') => Number(sql(server, `SELECT count(*) FROM record WHERE name = '${form}' AND is_sample = 0 ${where}`));
async function wait() {
	for (let i = 0; i < 900; i++) {
		await lead.get(lead.at);
		if (!lead.page.includes('Look again')) return;
		await new Promise((r) => setTimeout(r, 200));
	}
	throw new Error('it does not end');
}

await test('incidents come in through the browser', async () => {
	await lead.get('/records/incident/import');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(lead.page)[1]);
	body.set('file', new Blob([fs.readFileSync(file)]), 'incidents.json');
	is((await lead.get('/records/incident/import', { method: 'POST', body })).status, 200, 'taken');
	const column = (name) => new RegExp(`<bdi>${name.replace(/[[\]]/g, '\\$&')}</bdi>[^]*?name="c(\\d+)"`).exec(lead.page)[1];
	await lead.send('/columns', { [`c${column('name')}`]: 'title', [`c${column('date')}`]: 'date_from', [`c${column('tags[]')}`]: 'act', [`k${column('id')}`]: '1',
		'v-exact': 'day', 'v-country': 'US', 'v-reprisal': 'unknown' });
	for (let turn = 0; turn < 20; turn++) {
		await wait();
		const asked = [...lead.page.matchAll(/name="x(\d+)" value="([^"]+)"/g)];
		if (!asked.length) break;
		await lead.send('/words', Object.fromEntries(asked.map(([, k, word]) => (ACTS[word] ? [`w${k}`, ACTS[word]] : [`o${k}`, '1']))));
	}
	await lead.send('/in"');
	await wait();
	is(number('incident'), fits(120).length, 'all that has a day, an act and a short title');
});

const stop = async () => {
	server.child.kill('SIGTERM');
	await new Promise((r) => server.child.on('exit', r));
};
function run(form, name, ...more) {
	return execFileSync(binary, ['import', 'records', form, name, '--skip', ...more], { env: server.env, encoding: 'utf8', maxBuffer: 1 << 26 });
}
const upr = fs.readdirSync(`${shared}/upr`).filter((n) => /^\d/.test(n)).sort();
let recommendations = 0;
await test('and by command, as what is public; recommendations as well', async () => {
	await stop();
	const before = number('incident_public');
	const said = run('incident_public', file, ...['name=title', 'date=date_from', 'tags[]=act', '=US=country', '=unknown=reprisal', 'id=,key'].flatMap((c) => ['--column', c]),
		...tags.flatMap((t) => ['--word', `act:${t}=${ACTS[t] ?? ''}`]));
	has(said, `${fits(200).length} records are new`);
	is(number('incident_public') - before, fits(200).length, 'each');
	for (const name of upr.slice(0, 1)) run('recommendation', `${shared}/upr/${name}`, '--word', 'position:Accepted=supported', '--word', 'position:Noted=noted');
	recommendations = number('recommendation');
	ok(recommendations > 3000, `${recommendations} recommendations`);
	server = await serve({ dir: server.dir, command: 'serve', env: { BARAZA_RATES: 'no' } });
	anybody.server = server;
	ok(words);
});

const json = async (at) => JSON.parse((await anybody.ask(at)).whole);
const table = async (at) => (await anybody.ask(at)).whole.replace(/^\uFEFF/, '').trim().split(/\r?\n/).slice(2).map((l) => l.split(',').map((c) => c.replace(/^"|"$/g, '')));
const last = (row) => Number(row.at(-1));

await test('map, trend, table, list, file and what programs are given: equal figures', async () => {
	const shown = (where) => Number(sql(server, `SELECT count(*) FROM record WHERE name = 'incident_public' AND state = 'shown' AND body LIKE '%"date_from":"2020-%' ${where}`));
	const [all, us] = [shown(''), shown(`AND body LIKE '%"country":"US"%'`)];
	ok(us >= fits(200).filter((r) => r.date.startsWith('2020')).length && us > 1000, `${us} in that year`);
	const countries = await table('/incidents/countries.csv?year=2020');
	is(countries.reduce((n, r) => n + last(r), 0), all, 'the table of countries');
	is(last(countries.find((r) => r[0] === 'US')), us, 'as on the map');
	const months = await table('/incidents/months.csv?year=2020&f-country=US');
	is(months.reduce((n, r) => n + last(r), 0), us, 'the trend');
	const YEAR = 'f-country=US&from=2020-01-01&to=2020-12-31';
	const counts = await json(`/api/v1/records/incident_public/counts?${YEAR}`);
	is(counts.total, us, 'counts for programs');
	is(counts.values.country.find((v) => v.value === 'US').records, us, 'and by country');
	is((await json(`/records/incident_public/data/records.json?${YEAR}`)).records.length, us, 'the file');
	let n = 0;
	for (let at = `/api/v1/records/incident_public?${YEAR}`; at;) {
		const page = await json(at.replace(/^https?:\/\/[^/]+/, ''));
		n += page.records.length;
		at = page.next;
	}
	is(n, us, 'page after page');
	has((await anybody.get('/incidents?year=2020&f-country=US')).whole, us.toLocaleString('en'), 'the page');
	has((await anybody.get(`/records/incident_public?${YEAR}`)).whole, us.toLocaleString('en'), 'the list');
});

await test('and of recommendations', async () => {
	const all = Number(sql(server, `SELECT count(*) FROM record WHERE name = 'recommendation'`));
	is((await json('/api/v1/records/recommendation/counts')).total, all, 'counts');
	has((await anybody.get('/records/recommendation')).whole, all.toLocaleString('en'), 'the list');
	const noted = Number(sql(server, `SELECT count(*) FROM record WHERE name = 'recommendation' AND body LIKE '%"position":"noted"%'`));
	is((await json('/api/v1/records/recommendation/counts')).values.position.find((v) => v.value === 'noted').records, noted, 'noted');
});

done();
process.exit(process.exitCode ?? 0);
