#!/usr/bin/env node
// A new version of a form is sent by one administrator and put in use by another one, without a restart;
// what is wrong about it is told with its line, and records that are there keep their version.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, baraza, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

let server = await serve();
const words = server.log;
const admin = await signIn(server, 'admin');
const lead = await signIn(server, 'organiser');
const anybody = new Visitor(server, { lang: 'en' });
const PASSWORD = 'four words not related';
baraza(server, ['user', 'add', 'Ada', 'admin'], `${PASSWORD}\n`);
const second = new Visitor(server, { lang: 'en' });
await second.get('/sign-in');
await second.send('action="/sign-in"', { name: 'Ada', password: PASSWORD });

async function send(visitor, files) {
	await visitor.get('/site/next');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	for (const [name, text] of Object.entries(files)) body.append('file', new Blob([text]), name);
	return visitor.get('/site/next', { method: 'POST', body });
}
const own = fs.readFileSync('forms/meeting.form.md', 'utf8');
const next = own.replace('| Meeting    | 1 ', '| Meeting    | 2 ').replace(/(\| intro \|)\n(.*)$/m, '$1 keep |\n$2 30d after shown |')
	.replace(/^(\|  \| text +\| subject .*)$/m, '$1\n|  | text | room | Which room? | | string-length(.) <= 40 | | | |');

await test('only administrators see it', async () => {
	is((await lead.ask('/site/next')).status, 403, 'not the lead');
	is((await anybody.ask('/site/next')).status, 303, 'nobody');
	await admin.get('/site/forms/meeting');
	const text = await admin.ask('/site/forms/meeting/text');
	is(text.whole, own, 'its text can be taken away');
});

await test('what is no form is refused by line, what is dangerous by reason', async () => {
	is((await send(admin, {})).status, 422, 'no file');
	is((await send(admin, { 'x.form.md': own.replace('| text ', '| barcode ') })).status, 422, 'not supported');
	ok(/the new version:\d+: type [^ ]*barcode[^ ]* is not supported/.test(admin.page), 'with its line');
	is((await send(admin, { 'x.form.md': own })).status, 422, 'the same version');
	has(admin.page, 'its version is not above the one in use');
	is((await send(admin, { 'x.form.md': next.replace(/^\|  \| shown .*$/m, '') })).status, 422, 'a state that is gone');
	is((await send(admin, { 'x.form.md': next.replace(/\| text +\| subject( .*)string-length\(.\) <= 200/, '| integer | subject$1. < 9').replace(/(integer \| subject .*)\| text  \|/, '$1| |') })).status, 422, 'another kind of answer');
	is((await send(admin, { 'x.form.md': 'x'.repeat(300000) })).status, 422, 'too long');
});

let at = '';
await test('a version waits for a second administrator, with what is different', async () => {
	await send(admin, { 'meeting.form.md': next, 'meeting.fr.po': 'msgctxt "survey.room.label"\nmsgid "Which room?"\nmsgstr "Quelle salle ?"\n' });
	at = admin.at;
	ok(/^\/site\/next\/\w+$/.test(at), at);
	has(admin.page, 'New question:');
	has(admin.page, 'Which room?');
	has(admin.page, 'Another administrator has to agree');
	ok(!admin.page.includes('/use"'), 'no button');
	const csrf = /name="csrf" value="([^"]+)"/.exec(admin.page)[1];
	is((await admin.ask(`${at}/use`, { method: 'POST', body: new URLSearchParams({ csrf }) })).status, 403, 'nor by force');
	is((await lead.ask(at)).status, 403, 'not for the lead');
	await admin.get(`${at}/what`);
	ok(/<fieldset disabled>[^]*q-room/.test(admin.page), 'the preview asks it');
	is((await admin.ask(`${at}/nothing`)).status, 404, 'no such page');
});

// Another house on the same PostgreSQL, with the same keys.
let other = null;
await test('another house on this database is open', async () => {
	if (!server.env.BARAZA_DB) return;
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
	for (const name of fs.readdirSync(server.dir)) if (/key$|shred/.test(name)) fs.copyFileSync(path.join(server.dir, name), path.join(dir, name));
	other = await serve({ dir, command: 'serve', env: { BARAZA_DB: server.env.BARAZA_DB } });
	const there = await signIn(other, 'organiser', { words });
	await there.get('/records/meeting/new');
	await there.send('/records/meeting/new');
	ok(!there.page.includes('q-room'), 'the version that comes with the program');
});

await test('it is used at once, translated, and older records keep their version', async () => {
	const old = sql(server, `SELECT uid FROM record WHERE name = 'meeting' AND state = 'shown' ORDER BY id LIMIT 1`);
	await lead.get('/records/meeting/new');
	await lead.send('/records/meeting/new');
	ok(!lead.page.includes('q-room'), 'not yet');
	await second.get(at);
	await second.send('/use"');
	is(second.at, '/site/forms/meeting', 'where it leads');
	has(second.page, 'version 2');
	await lead.get('/records/meeting/new');
	await lead.send('/records/meeting/new');
	has(lead.page, 'name="q-room"');
	const french = await signIn(server, 'organiser', { lang: 'fr', words });
	await french.get('/records/meeting/new');
	await french.send('/records/meeting/new');
	has(french.page, 'Quelle salle ?');
	await lead.get(`/record/${old}`);
	has(lead.page, 'version 1');
	is((await anybody.get('/records/meeting')).whole.includes(`/record/${old}`), true, 'still listed');
	has((await anybody.ask('/records/meeting/data/records.csv')).whole, 'room');
	is(sql(server, `SELECT count(*) FROM audit_line WHERE what IN (604, 605)`), '2', 'in the log');
});

await test('another house takes it over without a restart', async () => {
	if (!other) return;
	const there = await signIn(other, 'organiser', { words });
	for (let i = 0; i < 45 && !there.page.includes('q-room'); i++) {
		await new Promise((go) => setTimeout(go, 1000));
		await there.get('/records/meeting/new');
		await there.send('/records/meeting/new');
	}
	has(there.page, 'name="q-room"');
	await other.stop();
	fs.rmSync(other.dir, { recursive: true });
});

await test('a question has another name: what was answered is found, listed and brought in by both', async () => {
	const renamed = next.replace('| Meeting    | 2 ', '| Meeting    | 3 ').replace('| index | hxl            | constraint_message |', '| index | hxl            | constraint_message | was |')
		.replace('| select_one_from_file countries.csv | country | Country        |          |                           | facet | #country+code  |  |', '| select_one_from_file countries.csv | land | Country        |          |                           | facet | #country+code  |  | country |');
	const found = async (name) => ((await anybody.ask(`/records/meeting?f-${name}=KE`)).whole.match(/href="\/record\/\w+"/g) ?? []).length;
	const before = await found('country');
	ok(before > 0, 'some are found by it');
	is((await send(admin, { 'meeting.form.md': renamed.replace('| #country+code  |  | country |', '| #country+code  |  | held |') })).status, 422, 'not the name of another');
	has(admin.page, 'is no name that this field alone had');
	await send(admin, { 'meeting.form.md': renamed });
	ok(!admin.page.includes('New question:'), 'it is no new one');
	await second.get(admin.at);
	await second.send('/use"');
	is(await found('land'), before, 'by its new name');
	is(await found('country'), before, 'and in addresses by its old one');
	const csv = (await anybody.ask('/records/meeting/data/records.csv')).whole.split('\n');
	const at = csv[0].split(',').indexOf('land');
	ok(at > 0 && !csv[0].split(',').includes('country'), 'one column');
	ok(csv.slice(1).some((line) => line.includes('"KE","Kenya"')), 'with answers to the old one');
	baraza(server, ['reindex']);
	is(await found('land'), before, 'also when the index is made anew');
	await lead.get('/records/meeting/import');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(lead.page)[1]);
	body.append('file', new Blob(['subject,held,way,country\nWas named,2026-01-02,room,KE\n']), 'old.csv');
	await lead.get('/records/meeting/import', { method: 'POST', body });
	ok(/<option value="land" selected/.test(lead.page), 'a column by its old name');
});

await test('a form that is new becomes a working screen', async () => {
	const text = own.replace('| meeting | Meeting    |', '| visit | Visit |').replace('| Meetings |', '| Visits |');
	await send(second, { 'visit.form.md': text });
	has(second.page, 'This form is new');
	await admin.get(second.at);
	await admin.send('/use"');
	await admin.get('/records/visit/new');
	await admin.send('/records/visit/new');
	has(admin.page, 'name="q-subject"');
	has(baraza(server, ['check']), 'definition');
});

await test('after a restart it is still the one in use', async () => {
	sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
		SELECT '${'e'.repeat(16)}', 'meeting', min(id), 1996, 1, 'OLD-1', 'shown', 'en', 1, 1, '{}', 0, 0, 0 FROM record_form WHERE name = 'meeting'`);
	await server.kill();
	server = await serve({ dir: server.dir, command: 'serve' });
	const again = await signIn(server, 'organiser', { words });
	await again.get('/records/meeting/new');
	await again.send('/records/meeting/new');
	has(again.page, 'name="q-room"');
	is((await again.ask('/records/visit')).status === 404, false, 'and the new one');
	const kept = () => sql(server, `SELECT count(*) FROM record WHERE uid = '${'e'.repeat(16)}'`);
	for (let i = 0; i < 100 && kept() !== '0'; i++) await new Promise((r) => setTimeout(r, 100));
	is(kept(), '0', 'what was kept long enough is gone');
	is(sql(server, `SELECT why FROM record_gone WHERE ref = 'OLD-1'`), '2', 'and left a trace');
	ok(Number(sql(server, `SELECT count(*) FROM record WHERE name = 'meeting' AND state = 'shown'`)) > 0, 'the others stay');
});

await test('a version can be left unused', async () => {
	const one = await signIn(server, 'admin', { words });
	await send(one, { 'meeting.form.md': next.replace('| Meeting    | 2 ', '| Meeting    | 4 ') });
	await one.send('/drop');
	is(one.at, '/site/next', 'gone');
	has(one.page, 'Nothing waits');
});

await test('a plain XLSForm saved as CSV is read as it is; what is not supported is refused by name, file and line', async () => {
	const one = await signIn(server, 'admin', { words });
	const plain = 'survey,,\n,type,name,label::English (en)\n,text,town,Which town?\n,select one from yn,again,Again?\nchoices,,\n,list name,name,label\n,yn,yes,Yes\n,yn,no,No\n';
	await send(one, { 'call.csv': plain });
	ok(/^\/site\/next\/\w+$/.test(one.at), one.at);
	has(one.page, 'Which town?', 'its questions');
	await one.send('/drop"');
	for (const [text, why] of [[plain.replace('text,town', 'phone number,town'), 'call.csv:3: type'], [plain.replace('select one from yn', 'select one from yn or specify other'), 'call.csv:4:'],
		[plain.replace('label::English (en)', 'media::image'), 'call.csv:3: column'], [plain.replace('survey', 'osm'), 'call.csv:3: table'], [plain.replace('No\n', '"No\n'), 'call.csv:8:']]) {
		is((await send(one, { 'call.csv': text })).status, 422, why);
		has(one.page, why, 'file and line');
	}
});

await server.stop();
done();
