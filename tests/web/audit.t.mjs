#!/usr/bin/env node
// The log of what was done: who sees it, what stands in it, and whether it notices a forgery.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, baraza, binary, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'four words not related';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
let server = await serve({ command: 'serve', dir });
const user = (...words) => baraza(server, ['user', ...words], `${PASSWORD}\n`);
user('add', 'Ana', 'admin');
user('add', '-1.1', 'moderator');

const signIn = async (name, lang = 'en', password = PASSWORD) => {
	const v = new Visitor(server, { lang });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password });
	return v;
};
const ana = await signIn('Ana');
const body = (html) => /<tbody>([^]*)<\/tbody>/.exec(html)?.[1] ?? '';

await test('only administrators see it, or have it checked', async () => {
	const moderator = await signIn('-1.1');
	const nobody = new Visitor(server, { lang: 'en' });
	for (const path of ['/site/audit', '/site/audit.csv', '/site/audit.json']) {
		is((await moderator.ask(path)).status, 403, path);
		is((await nobody.ask(path)).status, 303, path);
	}
	await moderator.get('/account');
	const csrf = /name="csrf" value="([^"]+)"/.exec(moderator.page)[1];
	const answer = await moderator.ask('/site/audit/check', { method: 'POST', body: new URLSearchParams({ csrf }) });
	is(answer.status, 403, 'check');
	is((await ana.ask('/site/audit/check', { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) })).status, 403, 'token');
	has((await ana.get('/site/audit')).whole, 'The chain holds.');
	ok(!ana.page.includes('Checked this log'), 'nothing was checked');
});

await test('what was done stands in it, newest first, and can be chosen from', async () => {
	is((await ana.get('/site/people')).status, 200);
	has(ana.page, 'href="/site/audit"', 'tab');
	await ana.send('action="/site/people/invite"', { role: 'editor' });
	await ana.get('/site/settings');
	await ana.send('action="/site/settings"', { name: 'House' });
	await ana.get('/site/audit');
	const all = body(ana.page);
	const order = ['Changed the settings', 'Invited a person', 'Signed in with a password alone', 'Made an account',
		'Opened the house', 'Moved the database'].map((s) => all.indexOf(s));
	ok(order.every((at, i) => at >= 0 && (i === 0 || at > order[i - 1])), `order ${order}`);
	await ana.get('/site/audit?kind=6');
	has(body(ana.page), 'Changed the settings');
	ok(!body(ana.page).includes('Invited'), 'one kind');
	await ana.get('/site/audit?who=0');
	has(body(ana.page), 'Made an account');
	ok(!body(ana.page).includes('Changed the settings'), 'one person');
	await ana.get('/site/audit?from=2020-01-01&to=2020-01-02');
	has(ana.page, 'No line fits.');
	has((await ana.get('/site/audit?from=&to=&kind=99&who=x&look=%3C&page=-1')).whole, 'Opened the house');
	is((await ana.get('/site/audit?page=7')).status, 200, 'behind the end');
});

await test('wrong passwords are counted, not listed', async () => {
	for (let i = 0; i < 4; i++) {
		const v = await signIn('-1.1', 'en', 'wrong');
		ok(!v.jar.has('s'), 'not in');
		await new Promise((go) => setTimeout(go, i === 3 ? 2100 : 0));
	}
	await ana.get('/site/audit');
	ok(!body(ana.page).includes('wrong password'), 'the hour is not over');
	await ana.send('action="/site/audit/check"');
	is(ana.at, '/site/audit');
	has(body(ana.page), '4 wrong passwords or codes within an hour');
	has(body(ana.page), 'Checked this log');
	await ana.get('/site/audit?look=wrong');
	is(body(ana.page).split('<tr>').length - 1, 1, 'lines');
	await ana.get('/site/audit?look=exports');
	has(ana.page, 'No line fits.');
});

await test('files hold the same lines; a name that looks like a formula is none', async () => {
	const csv = await ana.ask('/site/audit.csv');
	is(csv.status, 200);
	has(csv.headers.get('content-type'), 'text/csv');
	has(csv.whole, `"'-1.1"`);
	ok(!csv.whole.includes('"-1.1"'), 'no formula');
	const json = JSON.parse((await ana.ask('/site/audit.json')).whole);
	is(json.lines.length, json.count);
	is(json.lines.length, csv.whole.trim().split('\r\n').length - 1, 'lines');
	is(json.lines.at(-1).number, 1);
	ok(json.lines.every((l) => /^[0-9a-f]{64}$/.test(l.mark)), 'marks');
	await ana.get('/site/audit');
	const newest = json.lines[0].mark.slice(0, 16).replace(/....(?=.)/g, '$& ');
	has(ana.page, newest, 'the newest mark');
});

await test('every language has it', async () => {
	for (const lang of LANGS) {
		const v = await signIn('Ana', lang);
		const answer = await v.get('/site/audit?from=');
		is(answer.status, 200, lang);
		ok(!answer.whole.includes('site.audit.'), lang);
	}
});

await test('a forged line is noticed', async () => {
	sql(server, 'UPDATE audit_line SET account = 9 WHERE number = 2');
	await ana.get('/site/audit');
	has(ana.page, 'The chain holds.', 'old lines are looked at on demand');
	await ana.send('action="/site/audit/check"');
	has(ana.page, 'The chain is broken.');
	has(ana.page, /Line (<bdi>)?2\b/);
});

await test('the house looks by itself, at its start and each night, and its desk says what it saw', async () => {
	await server.stop();
	const check = spawnSync(binary, ['check'], { encoding: 'utf8', env: server.env });
	is(check.status, 1, check.stdout);
	has(check.stdout, /wrong +log +line 2 of what was done/, 'check');
	server = await serve({ command: 'serve', dir });
	const other = await signIn('Ana');
	for (let i = 0; i < 50 && !other.page.includes('The chain is broken.'); i++) {
		await new Promise((go) => setTimeout(go, 200));
		await other.get('/desk');
	}
	has(other.page, 'The chain is broken.', 'desk');
	has(server.log, 'audit_broken', 'the log for the operator');
	const moderator = await signIn('-1.1');
	await moderator.get('/desk');
	ok(!moderator.page.includes('The chain is broken.'), 'for administrators');
});

await server.stop();
done();
