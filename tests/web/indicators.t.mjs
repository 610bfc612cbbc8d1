#!/usr/bin/env node
// Values of indicators come from a file that is looked through first; the same file twice changes nothing;
// they stand beside incidents, name who publishes them, and leave with the columns of SDMX and tags of HXL.
import { LANGS, Visitor, serve, signIn, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const sql = (text) => ask(server, text);
const v = new Visitor(server, { lang: 'en' });
const lead = await signIn(server, 'organiser');
const other = await signIn(server, 'translator');
const uidOf = (ref) => sql(`SELECT uid FROM record WHERE name = 'indicator_source' AND ref = '${ref}'`);
const open = uidOf('open-meetings'), own = uidOf('own-institution');
const count = (uid = open) => Number(sql(`SELECT count(*) FROM monitor_value v JOIN record r ON r.id = v.source WHERE r.uid = '${uid}'`));
const kpi = (page) => [...page.matchAll(/<li><b>([\d,]+)<\/b>/g)].map(([, n]) => Number(n));

async function send(visitor, uid, name, bytes, csrf) {
	await visitor.get(`/indicators/${uid}/bring`);
	const body = new FormData();
	body.set('csrf', csrf ?? /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	body.set('file', new Blob([bytes]), name);
	return visitor.get(`/indicators/${uid}/bring`, { method: 'POST', body });
}

await test('everybody sees which there are, whose they are, and that samples are samples', async () => {
	for (const lang of LANGS) is((await new Visitor(server, { lang }).get('/indicators')).status, 200, lang);
	await v.get('/indicators');
	has(v.page, `href="/indicators/${open}"`, 'linked');
	has(v.page, 'Sample Institute for Open Meetings', 'who publishes it');
	has(v.page, 'tag smp', 'marked as sample');
	await v.get(`/indicators/${open}`);
	has(v.page, '49.5', 'value');
	has(v.page, 'points of 100', 'unit');
	has(v.page, 'https://institute.example/open', 'source');
	has((await new Visitor(server, { lang: 'fr' }).get(`/indicators/${open}`)).whole, '49,5', 'as French writes it');
	for (const bad of ['0123456789abcdef', 'x%27'])
		is((await v.get(`/indicators/${bad}`)).status, 404, bad);
	is((await v.get(`/indicators/${sql("SELECT uid FROM record WHERE name = 'barrier' AND state = 'shown' LIMIT 1")}`)).status, 404, 'no indicator');
});

await test('they stand beside incidents: on a country’s page and in the picture of a country', async () => {
	for (const page of ['/country/KE', '/incidents?f-country=KE']) {
		await v.get(page);
		has(v.page, `href="/indicators/${open}"`, page);
		has(v.page, 'not worked out from our incidents', page);
	}
	ok(!(await v.get('/incidents')).whole.includes(`/indicators/${open}`), 'the world has no value');
	has((await v.get('/countries')).whole, 'href="/country/BW"', 'a country that only an indicator names');
});

await test('only who may change an indicator brings values in', async () => {
	is((await v.ask(`/indicators/${open}/bring`)).status, 303, 'to the sign-in');
	is((await other.ask(`/indicators/${open}/bring`)).status, 403, 'not theirs');
	has((await lead.get(`/indicators/${open}`)).whole, `/indicators/${open}/bring`, 'linked for them');
	ok(!(await v.get(`/indicators/${open}`)).whole.includes('/bring'), 'and for nobody else');
});

const FILE = 'country;year;value;note;extra\nKenya;2025;49.5;;x\nCôte d\'Ivoire;2025;12;"first; of its kind";x\nSN;2025;62.75;;x\nFreedonia;2025;1;;x\n'
	+ 'PE;soon;1;;x\nPE;2020;many;;x\nNP;2019;1;;x\nNP;2019;2;;x\nNP;2018;3;;x\nNepal;2018;3;;x\n';
await test('a file is looked through row by row before anything is kept', async () => {
	const before = count();
	await send(lead, open, 'values.csv', FILE);
	ok(/\/indicators\/sheet\/[0-9a-f]{16}$/.test(lead.at), lead.at);
	is(kpi(lead.page).join(), '3,1,2,4', 'new, changed, the same, refused');
	has(lead.page, 'Freedonia', 'the word');
	has(lead.page, 'No country that we know', 'why');
	has(lead.page, 'Not a year', 'why');
	has(lead.page, 'Not a number such as 62.5', 'why');
	has(lead.page, 'An earlier line has another value', 'why');
	has(lead.page, '<bdi>extra</bdi>', 'a column that is not used');
	is(count(), before, 'nothing is kept');
	const at = lead.at;
	is((await other.ask(at)).status, 404, 'not another person’s');
	for (const lang of LANGS) is((await lead.get(at, { headers: { 'accept-language': lang } })).status, 200, lang);
	await lead.get(at);
	await lead.send(at, { do: 'bring' });
	has(lead.page, 'role="status"', 'said');
	is(count(), before + 3, 'kept');
	is(sql(`SELECT val, note, is_sample FROM monitor_value WHERE country = 'CI'`), '12|first; of its kind|1', 'as it came');
	is(sql("SELECT count(*) FROM monitor_sheet"), '0', 'the file is gone');
	has((await lead.get(`/record/${open}`)).whole, '3 new values, 1 changed, from values.csv.', 'in the log');
	is((await lead.ask(at)).status, 404, 'once');
});

await test('the same file twice changes nothing', async () => {
	const before = count(), log = sql('SELECT count(*) FROM record_entry');
	await send(lead, open, 'values.csv', FILE);
	is(kpi(lead.page).join(), '0,0,6,4', 'all there');
	ok(!lead.page.includes('value="bring"'), 'nothing to bring in');
	await lead.send('/indicators/sheet', { do: 'drop' });
	is(count(), before, 'values');
	is(sql('SELECT count(*) FROM record_entry'), log, 'log');
});

await test('names of SDMX and HXL are known; a grade is a word; another indicator’s row is refused', async () => {
	await send(lead, own, 'sdmx.csv', 'FREQ,INDICATOR,GEO,TIME_PERIOD,OBS_VALUE\n,#indicator+code,#country+code,#date+year,#indicator+value+num\nA,own-institution,UG,2024,B\nA,open-meetings,UG,2023,B\n');
	is(kpi(lead.page).join(), '1,0,0,1', 'new, changed, the same, refused');
	has(lead.page, 'Another indicator', 'why');
	await lead.send('/indicators/sheet', { do: 'bring' });
	is(sql("SELECT val FROM monitor_value WHERE country = 'UG' AND val = 'B'"), 'B', 'kept');
});

await test('what is no file is told in every language, and nothing is kept', async () => {
	const before = count();
	for (const [name, bytes] of [['none.csv', ''], ['x.csv', 'country,year\nKE,2025\n'], ['x.csv', 'country,year,value\nKE,2025,"1\n'],
		['x.csv', `country,year,value\n${'KE,2025,1\n'.repeat(20001)}`], ['x.csv', Buffer.concat([Buffer.from('country,year,value\n'), Buffer.alloc(1 << 20, 65)])],
		['x.csv', Buffer.from([0, 1, 2, 3])]])
		is((await send(lead, open, name, bytes)).status, 422, `${name} ${String(bytes).slice(0, 30)}`);
	is((await send(lead, open, 'x.csv', 'country,year,value\nKE,2025,1\n', 'x')).status, 422, 'a stale token');
	is(count(), before, 'values');
	is(sql('SELECT count(*) FROM monitor_sheet'), '0', 'no file is kept');
});

await test('a formula and a sign stay what they are, in and out', async () => {
	await send(lead, own, 'x.csv', 'country,year,value,note\nLS,2024,"=1+1","<b>"\n');
	has(lead.page, '=1+1', 'shown');
	await lead.send('/indicators/sheet', { do: 'bring' });
	const csv = (await v.ask(`/indicators/${own}/data`)).whole;
	has(csv, '"\'=1+1"', 'harmless for a spreadsheet');
	ok(!(await v.get(`/indicators/${own}`)).whole.includes('<b>'), 'no markup');
});

await test('open data: the columns of SDMX, a row of tags on wish, exactly the values', async () => {
	const [head, ...rows] = (await v.ask('/indicators/data')).whole.trim().split('\r\n');
	is(head, 'FREQ,INDICATOR,GEO,SEX,AGE,URBANIZATION,INCOME,EDUCATION,OCCUPATION,COMPOSITE_BREAKDOWN,DISABILITY,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,REPORTING_TYPE,NATURE,DATA_SOURCE,OBS_STATUS,OBS_COMMENT', 'columns');
	is(rows.length, count(open) + count(own), 'rows');
	has(rows.find((r) => r.includes(',KE,') && r.includes(',2025,49.5,')), '"Sample Institute for Open Meetings"', 'source');
	ok(rows.every((r) => r.endsWith('"') && /"sample/.test(r)), 'marked as sample');
	const tagged = (await v.ask(`/indicators/${open}/data?hxl`)).whole.trim().split('\r\n');
	has(tagged[1], '#indicator+value+num', 'tags');
	is(tagged[1].split(',').length, head.split(',').length, 'one for each column');
	is(tagged.length, count(open) + 2, 'rows of one');
});

await test('what is withdrawn is on no page and in no file, and comes back with its values', async () => {
	const before = count();
	await lead.get(`/record/${open}`);
	await lead.send(`/record/${open}/move`, { move: 'end', words: 'why' });
	is((await v.get(`/indicators/${open}`)).status, 404, 'page');
	ok(!(await v.get('/country/KE')).whole.includes(`/indicators/${open}`), 'country');
	ok(!(await v.ask('/indicators/data')).whole.includes('open-meetings'), 'file');
	await lead.get(`/record/${open}`);
	await lead.send(`/record/${open}/move`, { move: 'reopen', words: 'why' });
	is(count(), before, 'values');
});

await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
