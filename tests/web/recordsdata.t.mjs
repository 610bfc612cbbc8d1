#!/usr/bin/env node
// A list of records is taken away at exactly its filter, in three formats with equal figures, and only
// what its reader may take.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { Visitor, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const anybody = new Visitor(server, { lang: 'en' });
const lead = await signIn(server, 'organiser');
const reviewer = await signIn(server, 'moderator');
const stranger = await signIn(server, 'editor');

// Cells of a file as a spreadsheet reads it.
function table(text) {
	const rows = [[]];
	for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|$)/g)) {
		if (quoted === undefined && !plain && !end) break;
		rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === '\r\n') rows.push([]);
	}
	return rows.filter((r) => r.length);
}
const csv = async (visitor, at) => table((await visitor.ask(at)).whole);
const column = (rows, name) => rows.slice(1).map((r) => r[rows[0].indexOf(name)]);

// What would be calculated, more than a page, and an older definition's words.
const form = sql(server, `SELECT max(id) FROM record_form WHERE name = 'recommendation'`);
for (let i = 0; i < 120; i++) {
	const body = JSON.stringify({ symbol: `A/TEST/${i % 3}`, para: String(i), kind: i % 2 ? 'rec' : 'concern', words: i ? `Hold hearings ${i}` : '=1+1, "so"',
		country: i % 4 ? 'KE' : 'SN', body: '-Body', published: `2019-0${1 + i % 9}-11`, action: i % 5 ? undefined : [{ what: `Step ${i}`, office: 'House', progress: 'going' }, { what: '@then', office: 'House', progress: 'none' }] });
	sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
		VALUES ('d${String(i).padStart(15, '0')}', 'recommendation', ${form}, 1998, ${i}, 'T-${i}', '${i % 7 ? 'received' : 'planned'}', 'fr', ${Date.parse(`2019-0${1 + i % 9}-11`) / 1000}, 1, '${body}', 0, 0, 0)`);
}
const incident = JSON.stringify({ title: 'Kept overnight', act: ['detention', 'threat'], date_from: '2019-03-04', exact: 'day', country: 'KE', place: '-1.2921 36.8219', reprisal: 'no',
	victim: [{ role: ['defender'], sex: 'f', persons: 2 }, { role: ['journalist', 'unionist'] }] });
sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
	SELECT 'i000000000000001', 'incident', max(id), 1998, 1, 'INC-1', 'verified', 'en', ${Date.parse('2019-03-04') / 1000}, 1, '${incident}', 0, 0, 0 FROM record_form WHERE name = 'incident'`);
await server.kill();
execFileSync(process.env.BARAZA_BIN ?? 'build/src/baraza', ['reindex'], { env: server.env });
const again = await serve({ dir: server.dir, command: 'serve' });
for (const v of [anybody, lead, reviewer, stranger]) v.server = again;
const words = server.log;
for (const [v, name] of [[lead, 'organiser'], [reviewer, 'moderator'], [stranger, 'editor']]) Object.assign(v, { jar: (await signIn(again, name, { words })).jar });

// How many records the list says there are, read through to its end.
async function listed(query) {
	const refs = [];
	let next = `/records/recommendation?${query}`;
	while (next) {
		await anybody.get(next);
		refs.push(...[...anybody.page.matchAll(/<a href="\/record\/(\w+)"/g)].map((m) => m[1]));
		next = /href="([^"]*after=[^"]*)"/.exec(anybody.page)?.[1].replace(/&amp;/g, '&');
	}
	return refs;
}

for (const [name, query] of [['all', ''], ['a country', 'f-country=KE'], ['a stage and a kind', 'state=planned&f-kind=concern'],
	['a word', 'q=hearings'], ['a word in a country', 'q=hearings&f-country=SN'], ['half a year', 'from=2019-02-01&to=2019-06-30'], ['nothing', 'f-country=KE&f-symbol=A/NONE']]) {
	await test(`the files hold what the list shows: ${name}`, async () => {
		const on = await listed(query);
		const uids = (rows) => column(rows, 'record.url').map((u) => u.split('/').at(-1));
		const rows = await csv(anybody, `/records/recommendation/data/records.csv?${query}`);
		is(uids(rows).join(), on.join(), 'CSV, in the same order');
		const json = JSON.parse((await anybody.ask(`/records/recommendation/data/records.json?${query}`)).whole);
		is(json.records.map((r) => r['record.url'].split('/').at(-1)).join(), on.join(), 'JSON');
		is(json.records.map((r) => r['record.state']).join(), column(rows, 'record.state').join(), 'stages');
		const steps = await csv(anybody, `/records/recommendation/data/action.csv?${query}`);
		is(steps.length - 1, json.records.reduce((n, r) => n + r.action.length, 0), 'steps');
	});
}

await test('the page lists the files with their filter, and what each column is', async () => {
	await anybody.get('/records/recommendation?f-country=KE&q=hold');
	await anybody.get(/href="([^"]*\/data\?[^"]*)"/.exec(anybody.page)[1].replace(/&amp;/g, '&'));
	has(anybody.page, '/records/recommendation/data/records.hxl.csv?q=hold&amp;f-country=KE');
	has(anybody.page, '/records/recommendation/data/records.xlsx?q=hold&amp;f-country=KE');
	has(anybody.page, '<code>position.label</code>');
	has(anybody.page, '<code>#country+code+v_iso2</code>');
	has(anybody.page, 'Supported in part');
});

await test('a formula is words, a label is the reader’s, a step names its record', async () => {
	const rows = await csv(anybody, '/records/recommendation/data/records.csv?f-symbol=A/TEST/0');
	has(column(rows, 'words').join('|'), '\'=1+1, "so"');
	ok(column(rows, 'body').every((b) => b === "'-Body"), 'a dash in front too');
	has(column(rows, 'country.label').join(), 'Kenya');
	const russian = new Visitor(again, { lang: 'ru' });
	has(column(await csv(russian, '/records/recommendation/data/records.csv?f-country=KE'), 'country.label').join(), 'Кения');
	const steps = await csv(anybody, '/records/recommendation/data/action.csv?f-country=SN&q=hearings');
	is(steps[0].slice(0, 3).join(), 'record.ref,record.url,record.row');
	has(column(steps, 'what').join(), "'@then");
});

await test('the second row holds HXL tags, each a tag or nothing', async () => {
	const rows = await csv(anybody, '/records/recommendation/data/records.hxl.csv?f-country=KE');
	is(rows[1].length, rows[0].length, 'one a column');
	for (const tag of rows[1]) ok(!tag || /^#[A-Za-z][_0-9A-Za-z]*(\+[A-Za-z][_0-9A-Za-z]*)*$/.test(tag), tag);
	is(rows[1][rows[0].indexOf('country')], '#country+code+v_iso2');
	is(rows[1][rows[0].indexOf('country.label')], '#country+name+i_en');
});

await test('a workbook has a sheet for each table', async () => {
	const answer = await fetch(`${again.origin}/records/recommendation/data/records.xlsx?f-country=KE`);
	is(answer.status, 200, 'status');
	const file = `${again.dir}/x.xlsx`;
	fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
	const inside = (name) => execFileSync('python3', ['-c', `import sys, zipfile; sys.stdout.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())`, file, name], { encoding: 'utf8' });
	has(inside('xl/workbook.xml'), 'name="records"');
	has(inside('xl/workbook.xml'), 'name="action"');
	const rows = (await csv(anybody, '/records/recommendation/data/records.csv?f-country=KE')).length;
	is((inside('xl/worksheets/sheet1.xml').match(/<row /g) ?? []).length, rows, 'as many rows as the CSV');
	const steps = (await csv(anybody, '/records/recommendation/data/action.csv?f-country=KE')).length;
	is((inside('xl/worksheets/sheet2.xml').match(/<row /g) ?? []).length, steps, 'and steps');
});

await test('only who may take copies takes any, and it is written down', async () => {
	for (const file of ['records.csv', 'records.xlsx', 'records.json', 'victim.csv']) {
		is((await anybody.ask(`/records/incident/data/${file}`)).status, 404, 'not public');
		is((await stranger.ask(`/records/incident/data/${file}`)).status, 403, 'staff without a role');
		is((await reviewer.ask(`/records/incident/data/${file}`)).status, 403, 'reads, takes nothing');
	}
	ok(!(await reviewer.get('/records/incident')).whole.includes('incident/data'), 'no link');
	const before = Number(sql(again, 'SELECT count(*) FROM audit_line WHERE what = 503'));
	const rows = await csv(lead, '/records/incident/data/records.csv?from=2019-03-04&to=2019-03-04');
	is(column(rows, 'act').join(), 'detention threat', 'the lead does');
	is(column(rows, 'act.label').join(), 'Arbitrary arrest or detention and Threats');
	is(column(await csv(lead, '/records/incident/data/victim.csv?from=2019-03-04&to=2019-03-04'), 'persons').join(), '2,', 'rows of a repeat');
	ok(!rows[0].includes('story') && !rows[0].includes('place'), 'nothing sealed, no place');
	ok(!(await csv(lead, '/records/incident/data/victim.csv'))[0].includes('alias'), 'no names');
	is(Number(sql(again, 'SELECT count(*) FROM audit_line WHERE what = 503')), before + 3, 'three lines in the log');
	await anybody.ask('/records/recommendation/data/records.csv');
	is(Number(sql(again, 'SELECT count(*) FROM audit_line WHERE what = 503')), before + 3, 'what is public leaves none');
});

await test('what is public of a day is its month, in words and in files', async () => {
	const rows = await csv(anybody, '/records/incident_public/data/records.csv');
	ok(rows.length > 1, 'there are some');
	for (const day of column(rows, 'date_from')) ok(/^\d{4}-\d\d$/.test(day), day);
	await anybody.get('/records/incident_public');
	ok(!/>\s*1 \w+ 20\d\d/.test(anybody.page), 'no first of a month in the list');
	ok(/>\s*(January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d/.test(anybody.page), 'but a month');
});

await test('other files are not there', async () => {
	for (const file of ['x.csv', 'records', 'hxl.csv', '.csv', 'records.hxl.json', 'action.xlsx', '%2e%2e'])
		is((await anybody.ask(`/records/recommendation/data/${file}`)).status, 404, file);
	is((await anybody.ask('/records/nothing/data')).status, 404, 'no such form');
	is((await anybody.ask('/records/nothing/data/records.csv')).status, 404, 'no such form');
});

await again.stop();
done();
