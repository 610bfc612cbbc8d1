#!/usr/bin/env node
// Files that others exported become records: shown before anything happens, all words explained by a
// person, the same file twice changes nothing, and all of it can be taken back.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { Visitor, baraza, binary, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

let server = await serve();
const words = server.log;
const editor = await signIn(server, 'editor');
const lead = await signIn(server, 'organiser');
const anybody = new Visitor(server, { lang: 'en' });

async function send(visitor, form, name, bytes, csrf) {
	await visitor.get(`/records/${form}/import`);
	const body = new FormData();
	body.set('csrf', csrf ?? /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	body.set('file', new Blob([bytes]), name);
	return visitor.get(`/records/${form}/import`, { method: 'POST', body });
}
// Looks again until the work is over.
async function wait(visitor) {
	for (let i = 0; i < 600; i++) {
		await visitor.get(visitor.at);
		if (!visitor.page.includes('Look again')) return;
		await new Promise((r) => setTimeout(r, 100));
	}
	throw new Error('it does not end');
}
const counts = (page) => Object.fromEntries([...page.matchAll(/>([^<>(]+) \((\d+)\)<\/a>/g)].map((m) => [m[1], Number(m[2])]));
const records = (where = '') => Number(sql(server, `SELECT count(*) FROM record WHERE name = 'recommendation' AND is_sample = 0 ${where}`));

// As UPR Info writes it: lines end in CR alone, letters of an old Macintosh, entities of web pages.
const HEAD = 'To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session';
const mac = (text) => Buffer.from([...text].map((c) => (c === 'ô' ? 0x99 : c === 'é' ? 0x8e : c.charCodeAt(0))));
const upr = (rows) => mac([HEAD, ...rows].join('\r'));
const ROWS = [
	'"Côte d\'Ivoire",Africa,AU,"Hold open hearings &amp; publish them",Kenya,Africa,AU,Accepted,5,"Freedom of the press,Justice",6',
	'Russian Federation,EEG,CIS,"=Register associations within ""a month""",Peru,GRULAC,OAS,Noted,4,Freedom of association,5',
	'Freedonia,Asia,ASEAN,Protect those who speak,Ghana,Africa,AU,Accepted,4,Human rights defenders,5',
	'Senegal,Africa,AU,Stop attacks on reporters,Chile,GRULAC,OAS,Accepted,5,Freedom of the press,99',
	'Russian Federation,EEG,CIS,"=Register associations within ""a month""",Peru,GRULAC,OAS,Noted,4,Freedom of association,5',
];

await test('only staff who may make records bring files in', async () => {
	is((await anybody.ask('/records/recommendation/import')).status, 303, 'to the sign-in');
	is((await editor.ask('/records/incident_public/import')).status, 403, 'what is made by derivation alone');
	is((await editor.ask('/records/nothing/import')).status, 404, 'no such form');
	await editor.get('/records/recommendation');
	has(editor.page, '/records/recommendation/import');
});

await test('what is no file is told', async () => {
	for (const [name, bytes] of [['none.csv', ''], ['x.csv', 'a,"b\nc'], ['x.json', '{"a":1}'], ['x.json', '[{"a":1}'], ['x.json', '[{"a":1,"a":2}]']]) {
		const answer = await send(editor, 'recommendation', name, bytes);
		const isLate = answer.status === 200; // only the first row was looked at
		if (isLate) await editor.send('/drop').catch(() => {});
		ok(answer.status === 422 || isLate, `${name} ${bytes}: ${answer.status}`);
	}
	is((await send(editor, 'recommendation', 'x.csv', 'a,b\n1,2\n', 'x')).status, 422, 'a stale token');
	is((await anybody.ask('/records/recommendation/import', { method: 'POST', body: new URLSearchParams({ csrf: 'x', file: 'y'.repeat(200000) }) })).status, 413, 'much from nobody');
});

let page = '';
await test('columns are known by the definition, and shown with examples', async () => {
	await send(editor, 'recommendation', 'upr.csv', upr(ROWS));
	page = editor.at;
	has(editor.page, '<bdi>upr.csv</bdi>');
	has(editor.page, 'Côte d&#39;Ivoire');
	has(editor.page, '<option value="themes" selected>');
	has(editor.page, 'value="Universal Periodic Review"');
	is((await lead.ask(page)).status, 404, 'not another’s');
	await editor.send('/columns', { k0: '', k3: '', k4: '', k10: '' });
	is(editor.at, `${page}/columns`, 'something must tell records apart');
	has(editor.page, 'tells records apart');
});

await test('nothing happens before it is shown; words are asked about, not guessed', async () => {
	await editor.get(page);
	await editor.send('/columns');
	await wait(editor);
	is(records(), 0, 'no record yet');
	has(editor.page, 'Nothing has happened yet');
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ New: 1, Refused: 2, 'Waiting for a word': 2 }));
	has(editor.page, '<bdi>Freedonia</bdi>');
	has(editor.page, '<bdi>Accepted</bdi>');
	has(editor.page, 'is no such day or number: <bdi>99</bdi>');
	has(editor.page, 'This is the same record as line <bdi>3</bdi>');
	const at = (word) => new RegExp(`name="x(\\d+)" value="${word}"`).exec(editor.page)[1];
	await editor.send('/words', { [`w${at('Accepted')}`]: 'supported', [`w${at('Freedonia')}`]: 'Nowhere' });
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ New: 2, Refused: 2, 'Waiting for a word': 1 }));
	await editor.send('/words', { w0: 'Slovakia' });
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ New: 3, Refused: 2 }));
});

await test('it is brought in, and found', async () => {
	await editor.send('/in"');
	await wait(editor);
	has(editor.page, '3 records were brought in');
	is(records(), 3, 'records');
	await anybody.get('/records/recommendation?f-themes=Justice');
	has(anybody.page, 'Hold open hearings &amp; publish them');
	await anybody.get('/records/recommendation?f-country=SK');
	has(anybody.page, '1 record');
	const file = await anybody.ask('/records/recommendation/data/records.csv?f-country=RU');
	has(file.whole, `"'=Register associations within ""a month"""`);
	has(file.whole, '"2009-05-04"');
	await anybody.get(/href="(\/record\/\w+)"/.exec((await anybody.get('/records/recommendation?f-country=RU')).whole)[1]);
	ok(anybody.page.includes('=Register associations'), 'the record');
});

await test('the same file twice changes nothing; one that says something else shows what', async () => {
	await send(editor, 'recommendation', 'again.csv', upr(ROWS));
	await editor.send('/columns');
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ 'Here already': 3, Refused: 2 }));
	ok(!editor.page.includes('/in"'), 'nothing to bring in');
	is((await editor.ask(`${editor.at}/in`, { method: 'POST', body: new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(editor.page)[1] }) })).status, 409, 'nor by force');
	await editor.send('/drop');
	await send(editor, 'recommendation', 'other.csv', upr([ROWS[0].replace('Accepted', 'Noted')]));
	await editor.send('/columns');
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ Refused: 1 }), 'staff may make recommendations, not change them');
	has(editor.page, 'You may not change this');
	sql(server, `INSERT INTO record_grant (name, role, account) SELECT 'recommendation', 'reviewer', id FROM account WHERE name = 'editor'`);
	await editor.send('/rename');
	await editor.send('/columns');
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ Changed: 1 }));
	await editor.send('/in"');
	await wait(editor);
	is(records(`AND body LIKE '%"position":"noted"%'`), 2, 'changed');
	const uid = /href="\/record\/(\w+)"/.exec(editor.page)[1];
	await editor.get(`/record/${uid}`);
	has(editor.page, 'The chain holds');
	ok(/Changed[^]{0,40}Position of the State/.test(editor.page), 'in the log');
});

await test('a change is taken back, and then the whole file, but for what was touched', async () => {
	await editor.get('/records/recommendation/import');
	await editor.get(/href="(\/import\/\w+)"><bdi>other.csv/.exec(editor.page)[1]);
	await editor.send('/back');
	await wait(editor);
	is(records(`AND body LIKE '%"position":"noted"%'`), 1, 'as it was');
	const uid = sql(server, `SELECT uid FROM record WHERE name = 'recommendation' AND is_sample = 0 AND body LIKE '%"RU"%'`);
	await editor.get(`/record/${uid}`);
	await editor.send('/say', { said: 'Which ministry?', note: '1' });
	await editor.get(page);
	await editor.send('/back');
	await wait(editor);
	has(editor.page, '2 records stay');
	is(records(), 2, 'what was changed, and what has a note');
	is(sql(server, 'SELECT count(*) FROM record_gone'), '1', 'a trace of the other');
	is(sql(server, `SELECT count(*) FROM record_cell WHERE record NOT IN (SELECT id FROM record)`), '0', 'no cells');
	is((await anybody.get('/records/recommendation?f-country=SK')).whole.includes('Nothing fits'), true, 'not found any more');
});

await test('a file from the universal index, all or nothing, goes on after a kill', async () => {
	const all = Array.from({ length: 700 }, (_, i) => ({ AnnotationId: `a-${i}`, Symbol: `CEDAW/C/ALB/CO/${i % 9}`, Text: `<p>Make sure ${i} &amp; more&nbsp;so</p>`, AnnotationType: '- Recommendations', Body: '- CEDAW',
		Countries: ['- Albania'], Themes: ['- Justice', '- Press'], AffectedPersons: ['- Women'], Sdgs: ['5.1 End discrimination', '16.10 Access'], PublicationDate: '2016-07-25T00:00:00', UprPositions: [], UprRecommendingCountry: [] }));
	await send(editor, 'recommendation', 'uhri.json', JSON.stringify(all));
	await editor.send('/columns', { whole: '1' });
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ 'Waiting for a word': 700 }));
	await editor.send('/words', { w0: 'rec' });
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ New: 700 }));
	const before = records();
	await editor.send('/in"');
	await new Promise((r) => setTimeout(r, 150));
	server.kill();
	await new Promise((r) => setTimeout(r, 300));
	const at = editor.at;
	const half = records() - before;
	server = await serve({ dir: server.dir, command: 'serve' });
	for (const [v, name] of [[editor, 'editor'], [lead, 'organiser']]) Object.assign(v, { server, jar: (await signIn(server, name, { words })).jar });
	anybody.server = server;
	await editor.get(at);
	await wait(editor);
	has(editor.page, '700 records were brought in');
	ok(half < 700, `${half} before the kill`);
	is(records() - before, 700, 'each once');
	is(sql(server, `SELECT count(DISTINCT key) FROM record_source WHERE name = 'recommendation'`), String(702), 'sources');
	await anybody.get('/records/recommendation?f-sdgs=16.10');
	has(anybody.page.replace(/\s+/g, ' ').slice(2000), '700 records');
	has(anybody.page, 'Make sure 699 &amp; more so');
});

await test('incidents with lists within lists; what is sealed is no column’s', async () => {
	const file = { updated: 'x', data: [{ id: 'nm-1', name: 'Reporter held', date: '2020-06-01', links: [{ url: 'https://a.example' }, { url: 'https://b.example' }], tags: ['arrest', 'shove'] },
		{ id: 'nm-2', name: 'A title that is far too long '.repeat(9), date: '2020-06-31', tags: [] }] };
	await send(lead, 'incident', 'places.json', JSON.stringify(file));
	has(lead.page, 'links[].url');
	ok(!lead.page.includes('value="story"') && !lead.page.includes('value="link"'), 'no sealed question');
	const column = (name) => new RegExp(`<bdi>${name.replace(/[[\]]/g, '\\$&')}</bdi>[^]*?name="c(\\d+)"`).exec(lead.page)[1];
	await lead.send('/columns', { [`c${column('name')}`]: 'title', [`c${column('date')}`]: 'date_from', [`c${column('tags[]')}`]: 'act', [`k${column('id')}`]: '1',
		'v-exact': 'day', 'v-country': 'US', 'v-reprisal': 'unknown' });
	await wait(lead);
	is(JSON.stringify(counts(lead.page)), JSON.stringify({ Refused: 1, 'Waiting for a word': 1 }));
	const at = (word) => new RegExp(`name="x(\\d+)" value="${word}"`).exec(lead.page)[1];
	await lead.send('/words', { [`w${at('arrest')}`]: 'detention', [`o${at('shove')}`]: '1' });
	await wait(lead);
	await lead.send('/in"');
	await wait(lead);
	has(lead.page, '1 record was brought in');
	is(sql(server, `SELECT state FROM record WHERE name = 'incident' AND body LIKE '%Reporter held%'`), 'draft', 'it begins as one');
});

await test('a file of ours comes back as it went', async () => {
	const own = await anybody.ask('/records/recommendation/data/records.hxl.csv?f-country=RU');
	await send(editor, 'recommendation', 'own.csv', own.whole);
	has(editor.page, '<option value="published" selected>');
	await editor.send('/columns');
	await wait(editor);
	is(JSON.stringify(counts(editor.page)), JSON.stringify({ New: 1 }));
});

await test('fields may be parted by semicolons, and refused rows come back as a file', async () => {
	const bytes = upr(ROWS).toString('latin1').split('\r');
	const cells = 'To;Text;From;Response;Action;Issue;Session';
	await send(editor, 'recommendation', 'parted.csv', `${cells}\nSenegal;"Hear; and answer";Chile;Accepted;5;Justice;6\nSenegal;=Late one;Chile;Accepted;5;Justice;99\n`);
	ok(bytes.length > 1, 'the other file');
	has(editor.page, 'Hear; and answer', 'cells');
	for (const [field, column] of [['country', 'To'], ['words', 'Text'], ['session', 'Session']])
		ok(editor.page.includes(column), `${field}: ${column}`);
	const names = [...editor.page.matchAll(/<select[^>]*name="(\w+)"/g)].map(([, n]) => n);
	ok(names.length > 3, 'columns to be named');
	await editor.send('/columns');
	await wait(editor);
	const n = counts(editor.page);
	if (!n.Refused) return ok(false, `nothing is refused: ${JSON.stringify(n)}`);
	has(editor.page, '/refused"', 'linked');
	const uid = /\/import\/(\w+)/.exec(editor.at)[1];
	const file = await editor.ask(`/import/${uid}/refused`);
	is(file.headers.get('content-type').split(';')[0], 'text/csv', 'type');
	const [head, ...rows] = file.whole.trim().split('\r\n');
	is(head, '"Line","Reason","To","Text","From","Response","Action","Issue","Session"', 'columns as they came');
	is(rows.length, n.Refused, 'rows');
	has(rows.join('\n'), '"\'=Late one"', 'harmless for a spreadsheet');
	has(rows.join('\n'), '"99"', 'as it came');
	is((await anybody.ask(`/import/${uid}/refused`)).status, 303, 'to the sign-in');
	is((await lead.ask(`/import/${uid}/refused`)).status, 404, 'not another person’s');
});

await test('the command line does the same, all of it or nothing', async () => {
	await server.kill();
	await new Promise((r) => setTimeout(r, 300));
	const file = `${server.dir}/upr.csv`;
	fs.writeFileSync(file, upr([...ROWS, ROWS[3].replace(',99', ',7').replace('Senegal', 'Ghana')]));
	const run = (...more) => {
		try {
			return execFileSync(binary, ['import', 'records', 'recommendation', file, ...more], { env: server.env, encoding: 'utf8', stdio: 'pipe' });
		} catch (e) {
			return `${e.stdout}${e.stderr}`;
		}
	};
	const before = records();
	has(run(), 'line 5: published is no such answer 99');
	is(records(), before, 'nothing');
	has(run('--skip'), '2 records are new, 0 changed, 2 were there already; 2 rows');
	is(records(), before + 2, 'what was not there');
	has(run('--skip'), '0 records are new, 0 changed, 4 were there already; 2 rows were left out');
	has(baraza(server, ['reindex']), 'records');
});

done();
process.exit(process.exitCode ?? 0);
