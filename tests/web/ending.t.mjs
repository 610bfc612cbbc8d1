#!/usr/bin/env node
// How a case ends: closed and counted, destroyed by hand or by its time; and what stays: a chain without words.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { LANGS, binary, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

let server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva', 'Oz']) await makeReady(server, name, 'none', secrets);
const west = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await admin.get(west);
await admin.send('/add"', { person: 'Oz', role: 6 });
const cases = [];
for (const word of ['kingfisher', 'otter', 'heron']) cases.push(await report(server, 'west', { what: `A ${word} was seen.`, contact: 'Amina' }));
const ben = await signIn(server, 'Ben', secrets);
const cy = await signIn(server, 'Cy', secrets);
await ben.get('/cases');
const atOf = (word) => new RegExp(`href="(/cases/[A-Za-z0-9_-]{22})">A ${word}`).exec(ben.page)[1];
const [one, two] = ['kingfisher', 'otter'].map(atOf);
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const of = (at) => { const hex = Buffer.from(at.split('/').pop(), 'base64url').toString('hex'); return pg ? `'\\x${hex}'::bytea` : `x'${hex}'`; };
const slots = (at) => sql(server, `SELECT shred FROM protect_case WHERE id = ${of(at)} UNION SELECT shred FROM protect_slot WHERE of = ${of(at)}`).split('\n').map(Number);
const zeroed = (n) => fs.readFileSync(path.join(server.dir, 'shred.bin')).subarray(32 * n, 32 * n + 32).every((b) => b === 0);
const verify = () => spawnSync(binary, ['audit', 'verify'], { env: server.env, encoding: 'utf8' });
const until = async (is) => { for (let i = 0; i < 160 && !is(); i++) await new Promise((r) => setTimeout(r, 500)); return is(); };

await test('only what is closed is destroyed, by whoever holds its key, and knowingly', async () => {
	await ben.get(one);
	is((await ben.ask(`${one}/end`)).status, 409, 'not while it is open');
	is((await post(ben, `${one}/end`, { sure: '1' })).status, 409, 'nor by a form');
	await ben.send('/close"', { outcome: '2' });
	await ben.get(`${one}/end`);
	has(ben.page, 'by itself on', 'and when it would be');
	is((await ben.send('/end"', {})).status, 422, 'not without a tick');
	const eva = await signIn(server, 'Eva', secrets);
	await eva.get('/account');
	is((await post(eva, `${one}/end`, { sure: '1' })).status, 404, 'not by others');
	const gone = slots(one);
	is(gone.length, 3, 'three slots');
	ok(!gone.some(zeroed), 'alive');
	await ben.get(`${one}/end`);
	await ben.send('/end"', { sure: '1' });
	ok(gone.every(zeroed), 'all slots are zeroed');
	for (const table of ['protect_object', 'protect_wrap', 'protect_slot', 'protect_shut']) is(sql(server, `SELECT count(*) FROM ${table} WHERE of = ${of(one)}`), '0', table);
	is((await ben.ask(one)).status, 404, 'gone');
	has((await comeBack(server, cases[0].code)).page, 'Nothing is open', 'for its author, too');
	is((await ben.ask(two)).status, 200, 'the others stay');
	if (!pg) ok(await until(() => fs.statSync(path.join(server.dir, 'baraza.db-wal')).size === 0), 'the log is emptied');
});

await test('kept long enough: warned of, then destroyed by the house', async () => {
	await ben.get(two);
	await ben.send('/close"', { outcome: '1' });
	const gone = slots(two);
	sql(server, `UPDATE protect_case SET changed_on = changed_on - 340 WHERE id = ${of(two)}`);
	has((await ben.get('/cases')).whole, '1 closed case is destroyed within 30 days', 'warned');
	has((await ben.get('/cases?show=closed')).whole, 'Is destroyed on', 'when');
	sql(server, `UPDATE protect_case SET changed_on = changed_on - 30 WHERE id = ${of(two)}`);
	const { dir, env } = server;
	const keep = fs.mkdtempSync(path.join(path.dirname(dir), 'baraza-kept-'));
	fs.cpSync(dir, keep, { recursive: true });
	await server.stop();
	server = await serve({ command: 'serve', dir: keep, env: { BARAZA_DB: env.BARAZA_DB } });
	ok(await until(() => gone.every(zeroed)), 'zeroed');
	ok(await until(() => sql(server, 'SELECT count(*) FROM protect_ending') === '0'), 'nothing is left to do');
	is(sql(server, `SELECT count(*) FROM protect_object WHERE of = ${of(two)}`), '0', 'rows');
	is(sql(server, "SELECT count(*) FROM audit_case WHERE what = 11 AND account = 0"), '1', 'written down');
});

await test('a slot that was to be zeroed when the house was stopped is zeroed at the next start', async () => {
	const n = [...Array(1024).keys()].find((i) => !zeroed(i) && !sql(server, 'SELECT shred FROM protect_case UNION SELECT shred FROM protect_slot').split('\n').includes(String(i)));
	sql(server, `INSERT INTO protect_ending (shred) VALUES (${n})`);
	const { dir, env } = server;
	await server.stop('SIGKILL');
	server = await serve({ command: 'serve', dir, env: { BARAZA_DB: env.BARAZA_DB } });
	ok(zeroed(n), 'zeroed');
	is(sql(server, 'SELECT count(*) FROM protect_ending'), '0', 'done');
});

await test('counted is only who agreed, and never fewer than five are shown', async () => {
	const v = await signIn(server, 'Ben', secrets);
	is(sql(server, 'SELECT count(*) FROM protect_ended'), '0', 'nobody agreed');
	await report(server, 'west', { what: 'A crane was seen.', consent: 'count' });
	await v.get('/cases');
	await v.get(/href="(\/cases\/[A-Za-z0-9_-]{22})">A crane/.exec(v.page)[1]);
	await v.send('/close"', { outcome: '3' });
	is(sql(server, 'SELECT form, outcome, n FROM protect_ended'), 'reprisal|3|1', 'this one did');
	await v.send('/take"');
	await v.send('/close"', { outcome: '4' });
	is(sql(server, 'SELECT sum(n) FROM protect_ended'), '1', 'once');
	await v.get('/cases/figures');
	has(v.page, 'How cases ended', 'page');
	sql(server, "INSERT INTO protect_ended (year, form, outcome, n) VALUES (2025, 'reprisal', 1, 4), (2025, 'reprisal', 2, 5)");
	const page = (await v.get('/cases/figures')).whole;
	has(page, 'Under 5', 'hidden');
	has(page, '<td class="n">5</td>', 'shown');
	ok(!page.includes('<td class="n">4</td>'), 'not four');
	const ada = await signIn(server, 'Ada', secrets);
	is((await ada.ask('/cases/figures')).status, 403, 'not the administrator');
});

await test('auditors see the chain and hold no key; a change in it shows', async () => {
	const oz = await signIn(server, 'Oz', secrets);
	await oz.get('/cases');
	has(oz.page, '/cases/log', 'the way there');
	await oz.get('/cases/log');
	has(oz.page, 'The chain holds', 'holds');
	has(oz.page, 'Destroyed it', 'what was done');
	ok(!/kingfisher|otter|heron|Amina/.test(oz.page), 'no words');
	for (const lang of LANGS) ok(!(await oz.ask(`/${lang}/cases/log`)).whole.includes('protect.'), lang);
	const v = await signIn(server, 'Cy', secrets);
	is((await v.ask('/cases/log')).status, 404, 'not for handlers');
	is(verify().status, 0, 'verified');
	sql(server, 'UPDATE audit_case SET account = 99 WHERE number = 2');
	has((await oz.get('/en/cases/log')).whole, 'Line 2 was changed', 'told');
	const said = verify();
	is(said.status, 1, 'status');
	has(said.stdout, 'cases: line 2', 'which line');
});

await test('taken back by its author: nobody works on it for a week, then it is destroyed; or they go on', async () => {
	const three = await report(server, 'west', { what: 'An avocet was seen.', contact: 'Zora' });
	const again = await signIn(server, 'Ben', secrets);
	await again.get('/cases');
	const at = /href="(\/cases\/[A-Za-z0-9_-]{22})">An avocet/.exec(again.page)[1];
	const back = async (v, code) => {
		await v.get('/r/back');
		await v.send('action="/r/back"', { code });
	};
	await back(three.v, three.code);
	has(three.v.page, 'You took your report back', 'told');
	ok(!three.v.page.includes('An avocet'), 'and no words');
	is((await again.ask(at)).status, 404, 'shut to those who handled it');
	await again.get('/cases');
	ok(!again.page.includes('An avocet'), 'not in the list');
	has(again.page, '1 report was taken back', 'but counted');
	const n = sql(server, 'SELECT count(*) FROM protect_object');
	for (const [to, fields] of [['/r/case', { text: 'more' }], ['/r/allow', { contact: '1' }]])
		is((await post(three.v, to, fields)).status, 200, `${to} shows the same page`);
	is(sql(server, 'SELECT count(*) FROM protect_object'), n, 'nothing is written');
	const later = await comeBack(server, three.code);
	await later.send('/r/back/undo"');
	has(later.page, 'An avocet was seen.', 'they go on');
	is((await again.ask(at)).status, 200, 'and so do the others');
	await back(later, three.code);
	is(sql(server, `SELECT what FROM audit_case WHERE of = ${of(at)} ORDER BY number`), '19\n20\n19', 'written down');
	const gone = slots(at);
	is(gone.length, 3, 'three slots');
	const { dir, env } = server;
	const restart = async () => {
		const keep = fs.mkdtempSync(path.join(path.dirname(dir), 'baraza-back-'));
		fs.cpSync(server.dir, keep, { recursive: true });
		await server.stop();
		server = await serve({ command: 'serve', dir: keep, env: { BARAZA_DB: env.BARAZA_DB } });
	};
	sql(server, `UPDATE protect_case SET withdrawn_on = withdrawn_on - 6 WHERE id = ${of(at)}`);
	await restart();
	await new Promise((go) => setTimeout(go, 1500));
	ok(!gone.some(zeroed), 'not before the week is over');
	has((await comeBack(server, three.code)).page, 'You took your report back', 'still theirs');
	sql(server, `UPDATE protect_case SET withdrawn_on = withdrawn_on - 1 WHERE id = ${of(at)}`);
	await restart();
	ok(await until(() => gone.every(zeroed)), 'zeroed');
	is(sql(server, `SELECT count(*) FROM protect_case WHERE id = ${of(at)}`), '0', 'rows');
	has((await comeBack(server, three.code)).page, 'Nothing is open', 'gone for its author, too');
});

await server.stop();
done();
