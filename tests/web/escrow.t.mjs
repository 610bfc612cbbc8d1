#!/usr/bin/env node
// A key that two of three officers can open: off unless its holder turns it on, after two days, and never by one alone.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { LANGS, Visitor, baraza, serve, sql } from './lib.mjs';
import { PASSWORD, digits, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const pg = Boolean(server.env.BARAZA_DB);
const hex = (column) => (pg ? `encode(${column}, 'hex')` : `lower(hex(${column}))`);
const blob = (text) => (pg ? `'\\x${text}'::bytea` : `x'${text}'`);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Olu', 'Pia', 'Qin', 'Eva']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await report(server, 'west', { what: 'A kingfisher was seen.' });
const idOf = (name) => sql(server, `SELECT id FROM account WHERE name = '${name}'`);
const ben = idOf('Ben');
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v) }) });
const later = (hours) => sql(server, `UPDATE account_escrow_ask SET asked_at = asked_at - ${hours * 3600}`);
const seat = async (name) => {
	const v = await signIn(server, name, secrets);
	await v.get('/escrow');
	return v;
};

await test('without officers, and before its holder wants it, nothing is there', async () => {
	const v = await signIn(server, 'Ben', secrets);
	await v.get('/account/escrow');
	has(v.page, 'Nobody was chosen', 'no officers');
	has(v.page, 'Nobody can open your key but you', 'off');
	is((await post(v, '/account/escrow/on')).status, 409, 'nor by a form');
	is(sql(server, 'SELECT count(*) FROM account_escrow'), '0', 'nothing');
});

await test('an administrator names three who are ready, and nobody else does', async () => {
	await admin.get('/site/escrow');
	await admin.send('action="/site/escrow"', { officer1: 'Olu', officer2: 'Olu', officer3: 'Nobody' });
	has(admin.page, 'already one of the three', 'twice');
	has(admin.page, 'Nobody here has this name', 'none');
	has(admin.page, 'value="Olu"', 'what was typed is kept');
	baraza(server, ['user', 'add', 'Raw', 'none'], `${PASSWORD}\n`);
	await admin.send('action="/site/escrow"', { officer1: 'Olu', officer2: 'Pia', officer3: 'Raw' });
	has(admin.page, 'needs a second step', 'without a key');
	await admin.send('action="/site/escrow"', { officer1: 'Olu', officer2: 'Pia', officer3: 'Qin' });
	is(admin.at, '/site/escrow');
	for (const name of ['Olu', 'Pia', 'Qin']) has(admin.page, `<bdi>${name}</bdi>`, name);
	const v = await signIn(server, 'Ben', secrets);
	is((await v.ask('/site/escrow')).status, 403, 'not by others');
	await v.get('/account/escrow');
	is((await post(v, '/site/escrow')).status, 403, 'nor by a form');
	for (const lang of LANGS) for (const to of ['/account/escrow', '/escrow']) ok(!(await v.ask(`/${lang}${to}`)).whole.includes('account.escrow.'), `${to} ${lang}`);
});

await test('officers cannot leave their keys with themselves; others can', async () => {
	const olu = await signIn(server, 'Olu', secrets);
	await olu.get('/account/escrow');
	is((await post(olu, '/account/escrow/on')).status, 409, 'an officer');
	const v = await signIn(server, 'Ben', secrets);
	await v.get('/account/escrow');
	await v.send('/account/escrow/on"');
	has(v.page, 'On since', 'on');
	is(sql(server, 'SELECT length(slot), length(keys) FROM account_escrow').trim(), '480|96', 'three shares');
});

await test('one asks, the holder is told and refuses; two days must pass; one alone gets nothing', async () => {
	const eva = await seat('Eva');
	has(eva.page, 'Nobody left a key with you', 'no officer');
	for (const to of ['ask', 'part', 'open']) is((await post(eva, `/escrow/${ben}/${to}`)).status, 404, to);
	const olu = await seat('Olu');
	is((await post(olu, `/escrow/${ben}/part`)).status, 409, 'not unasked');
	await olu.send(`/escrow/${ben}/ask"`);
	has(olu.page, 'It can be opened from', 'waits');
	is((await post(olu, `/escrow/${ben}/ask`)).status, 409, 'once');
	is((await post(olu, `/escrow/${ben}/part`)).status, 409, 'not before two days');
	const holder = await signIn(server, 'Ben', secrets);
	has(holder.page, 'Somebody wants to open your key', 'told');
	await holder.get('/account/escrow');
	has(holder.page, 'Olu', 'who');
	await holder.send('/account/escrow/refuse"');
	is(sql(server, 'SELECT count(*) FROM account_escrow_ask'), '0', 'refused');
	later(48);
	is((await post(olu, `/escrow/${ben}/part`)).status, 409, 'nothing is asked any more');
	await olu.get('/escrow');
	await olu.send(`/escrow/${ben}/ask"`);
	later(47);
	is((await post(olu, `/escrow/${ben}/part`)).status, 409, 'not after 47 hours');
	later(1);
	is((await post(olu, `/escrow/${ben}/open`)).status, 409, 'not first what comes second');
	await olu.get('/escrow');
	await olu.send(`/escrow/${ben}/part"`);
	has(olu.page, 'You did your part', 'done');
	is((await post(olu, `/escrow/${ben}/open`)).status, 409, 'one cannot be both');
	const eva2 = await seat('Eva');
	is((await post(eva2, `/escrow/${ben}/open`)).status, 404, 'nor somebody else');
});

await test('rows that lie help nobody: another’s share, another’s half, an officer put in', async () => {
	const pia = await seat('Pia');
	const half = sql(server, `SELECT ${hex('half')} FROM account_escrow_half WHERE account = ${ben} AND share = 0`);
	is(half.length, 224, 'half a share');
	sql(server, `UPDATE account_escrow_half SET half = ${blob(`${half.slice(0, 80)}${half[80] === '0' ? '1' : '0'}${half.slice(81)}`)}`);
	ok([400, 403, 409, 500].includes((await post(pia, `/escrow/${ben}/open`)).status), 'changed');
	sql(server, `UPDATE account_escrow_half SET half = ${blob(half)}`);
	const one = idOf('Olu'), eva = idOf('Eva');
	// Eva is written in as the second officer: the half is not sealed to her.
	sql(server, `UPDATE account_escrow SET two = ${eva}`);
	const her = await seat('Eva');
	ok([400, 403, 409, 500].includes((await post(her, `/escrow/${ben}/open`)).status), 'the second by rows alone');
	sql(server, `UPDATE account_escrow SET two = ${idOf('Pia')}, one = ${eva}`);
	ok([400, 403, 409, 500].includes((await post(her, `/escrow/${ben}/part`)).status), 'the first by rows alone');
	sql(server, `UPDATE account_escrow SET one = ${one}`);
	is(sql(server, `SELECT count(*) FROM account_escrow_ask`), '1', 'still asked');
	const backup = path.join(server.dir, 'backup.db');
	baraza(server, ['export', '--backup', backup]);
	fs.rmSync(backup);
});

let code;
await test('the second gets a new code for the holder; with it and a link the cases open again', async () => {
	const pia = await seat('Pia');
	has(pia.page, 'Another of the three did their part', 'now');
	await pia.send(`/escrow/${ben}/open"`);
	code = /<p class="code" dir="ltr">([0-9A-Z ]{24})<\/p>/.exec(pia.page)[1];
	has(pia.page, 'Ben', 'for whom');
	is(sql(server, 'SELECT count(*) FROM account_escrow_half'), '0', 'nothing is left');
	is(sql(server, 'SELECT count(*) FROM account_escrow_ask'), '0', 'nothing is asked');
	await pia.send('/escrow/noted"');
	ok(!pia.page.includes(code), 'shown no longer');
	ok(!server.log.includes(code.replaceAll(' ', '')), 'nor in the log');
	is((await post(pia, `/escrow/${ben}/open`)).status, 409, 'once');
	const link = /\/invite\/[A-Za-z0-9_-]+/.exec(baraza(server, ['user', 'reset', 'Ben']))[0];
	const v = new Visitor(server, { lang: 'en' });
	await v.get(link);
	const other = 'five other words by hand';
	await v.send('action="/invite/', { password: other, again: other, key: code });
	const back = new Visitor(server, { lang: 'en' });
	await back.get('/sign-in');
	await back.send('action="/sign-in"', { name: 'Ben', password: other });
	if (back.at === '/sign-in/code') {
		sql(server, "UPDATE account SET second_step_used = -1 WHERE name = 'Ben'");
		await back.send('action="/sign-in/code"', { digits: digits(secrets.Ben) });
	}
	if (sql(server, "SELECT count(*) FROM account WHERE name = 'Ben' AND second_step IS NULL") === '1') {
		await back.get('/account/second-step');
		const secret = /<p class="code" dir="ltr">([A-Z2-7 ]{39})<\/p>/.exec(back.page)[1];
		await back.send('action="/account/second-step"', { digits: digits(secret) });
	}
	await back.get('/cases');
	has(back.page, 'A kingfisher was seen', 'the old case opens');
});

await test('all of it is in the chain, and another key makes it stale', async () => {
	const lines = sql(server, 'SELECT what FROM audit_line WHERE what IN (110, 111, 317, 318, 319, 320, 321) ORDER BY number').split('\n').join(' ');
	is(lines, '317 317 317 110 318 319 318 320 321', 'what was done');
	const status = execFileSync(process.env.BARAZA_BIN, ['audit', 'verify'], { env: server.env, encoding: 'utf8' });
	ok(status.length > 0, 'verified');
	await admin.get('/site/audit');
	for (const word of ['Asked to open somebody', 'Refused to have the key opened', 'Opened somebody']) has(admin.page, word, word);
	sql(server, `UPDATE account_escrow SET public = ${blob('00'.repeat(32))}`);
	const pia = await seat('Pia');
	has(pia.page, 'old key', 'told');
	is((await post(pia, `/escrow/${ben}/ask`)).status, 409, 'and of no use');
});

await server.stop();
done();
