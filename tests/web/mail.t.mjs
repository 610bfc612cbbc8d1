#!/usr/bin/env node
// Letters wait on disk, go out one by one, and outlive a mail server that is gone or refuses.
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, serve, sql as ask } from './lib.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
let sink = await listen();
const { port } = sink;
const env = { BARAZA_SMTP: `smtp://127.0.0.1:${port}`, BARAZA_MAIL_FROM: 'house@example.org' };
let server = await serve({ dir, env });
const sql = (text) => ask(server, text);
const words = server.log;
const signIn = async (name, lang = 'en') => {
	const v = new Visitor(server, { lang });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password: new RegExp(`^ *${name} +(\\S+)`, 'm').exec(words)[1] });
	return v;
};
const until = async (what, claim) => {
	for (let i = 0; i < 100 && !claim(); i++) await new Promise((go) => setTimeout(go, 100));
	ok(claim(), what);
};
const waiting = () => Number(sql('SELECT count(*) FROM notify_mail'));
let admin = await signIn('admin');

await test('a letter to try arrives in each language', async () => {
	for (const [i, lang] of LANGS.entries()) {
		const v = await signIn('admin', lang);
		is((await v.get('/site/mail')).status, 200, lang);
		is((await v.send('action="/site/mail"', { to: 'ana@example.org' })).status, 200, lang);
		const letter = await sink.next(i + 1);
		is(letter.to.join(), 'ana@example.org', 'to');
		is(letter.head['content-language'].slice(0, 2), lang, 'language');
		has(letter.head.from, '<house@example.org>', 'from');
		ok(/^[\x20-\x7e\r\n]*$/.test(letter.raw), 'seven bits');
		ok(letter.raw.split('\r\n').every((line) => line.length <= 78), 'short lines');
	}
	has(sink.letters[2].text, 'can send mail. Nobody has to answer', 'text');
	await until('nothing is kept', () => waiting() === 0);
});

await test('what is no address is shown again', async () => {
	for (const wrong of ['', 'ana', 'ana@host', 'a b@example.org', 'ana@example.org, eve@example.org', 'ana@example.org\r\nBcc: eve@example.org', '<ana@example.org>']) {
		await admin.get('/site/mail');
		is((await admin.send('action="/site/mail"', { to: wrong })).status, 422, JSON.stringify(wrong));
	}
	is(waiting(), 0, 'waiting');
});

await test('nobody else sends one', async () => {
	is((await (await signIn('moderator')).get('/site/mail')).status, 403, 'moderator');
	is((await new Visitor(server).ask('/site/mail', { method: 'POST', body: 'to=ana@example.org' })).status, 403, 'a stranger');
});

await test('a letter that is refused waits and is tried again', async () => {
	const n = sink.letters.length;
	sink.answer = '450 later';
	await admin.get('/site/mail');
	await admin.send('action="/site/mail"', { to: 'ben@example.org' });
	await until('it was tried', () => sql('SELECT tries FROM notify_mail') === '1');
	has((await admin.get('/site/mail')).whole, 'refused a letter (answer 450)', 'told');
	has(admin.page, '1 letter waits.', 'told');
	sink.answer = '';
	await admin.send('action="/site/mail"', { to: 'cem@example.org' });
	is((await sink.next(n + 1)).to.join(), 'cem@example.org', 'others pass');
	sql('UPDATE notify_mail SET next_at = 0');
	is((await sink.next(n + 2)).to.join(), 'ben@example.org', 'again');
});

await test('one that is refused for days is dropped', async () => {
	await until('empty', () => waiting() === 0);
	sink.answer = '550 nobody here';
	await admin.get('/site/mail');
	await admin.send('action="/site/mail"', { to: 'gone@example.org' });
	await until('it was tried', () => sql('SELECT tries FROM notify_mail') === '1');
	sql('UPDATE notify_mail SET next_at = 0, at = at - 6 * 86400');
	await until('dropped', () => waiting() === 0);
	sink.answer = '';
});

await test('a dead mail server loses nothing, holds up nobody, and a restart does not either', async () => {
	await sink.close();
	for (const name of ['dan', 'eve', 'fay']) {
		await admin.get('/site/mail');
		const start = Date.now();
		is((await admin.send('action="/site/mail"', { to: `${name}@example.org` })).status, 200, name);
		ok(Date.now() - start < 3000, 'quick');
	}
	await until('it was tried', () => Number(sql('SELECT max(tries) FROM notify_mail')) > 0);
	is(waiting(), 3, 'kept');
	has((await admin.get('/site/mail')).whole, 'could not be reached', 'told');
	sql('UPDATE notify_mail SET at = at - 30 * 86400');
	ok(!fs.readFileSync(process.env.BARAZA_TEST_PG ? '/dev/null' : path.join(dir, 'baraza.db')).includes('eve@example.org'), 'locked');
	is(await server.stop(), 0, 'exit status');
	for (const [id, when] of [[1, 8], [2, 1]]) {
		sql(`INSERT INTO notify_reader (id, address_key, address, lang, rhythm, secret, seen, next_at, asked_on, asked) SELECT ${id}, box, box, 'en', 1, box, 0, 0, 0, 0 FROM notify_mail ORDER BY id LIMIT 1 OFFSET ${id}`);
		sql(`INSERT INTO notify_follow (reader, kind, ref, country, rhythm, is_confirmed, at) VALUES (${id}, 1, 1, '', 1, 0, ${Math.floor(Date.now() / 1000) - when * 86400})`);
	}
	sink = await listen({ port });
	server = await serve({ dir, env });
	sql('UPDATE notify_mail SET next_at = 0');
	await sink.next(3);
	is(sink.letters.map((l) => l.to[0].slice(0, 3)).sort().join(), 'dan,eve,fay', 'all');
	is(new Set(sink.letters.map((l) => l.head['message-id'])).size, 3, 'each once');
	await until('nothing is left', () => waiting() === 0);
	await until('an address that said no yes is gone after a week', () => sql('SELECT count(*), max(id) FROM notify_reader') === '1|2');
});

await test('a mail server that never speaks holds up neither a visitor nor the end', async () => {
	is(await server.stop(), 0, 'exit status');
	await sink.close();
	const mute = net.createServer((s) => s.on('error', () => {}));
	await new Promise((go) => mute.listen(port, '127.0.0.1', go));
	server = await serve({ dir, env });
	admin = await signIn('admin');
	await admin.get('/site/mail');
	await admin.send('action="/site/mail"', { to: 'gil@example.org' });
	await new Promise((go) => setTimeout(go, 500));
	const start = Date.now();
	is((await admin.get('/')).status, 200, 'a page');
	is(await server.stop(), 0, 'exit status');
	ok(Date.now() - start < 8000, 'quick');
	mute.close();
	sink = await listen({ port });
	server = await serve({ dir, env });
	is((await sink.next(1)).to.join(), 'gil@example.org', 'not lost');
});

await test('without a mail server none is sent', async () => {
	is(await server.stop(), 0, 'exit status');
	server = await serve({ dir });
	admin = await signIn('admin');
	has((await admin.get('/site/mail')).whole, 'This site sends no mail.', 'told');
	is((await admin.ask('/site/mail', { method: 'POST', body: new URLSearchParams({ to: 'ana@example.org', csrf: /name="csrf" value="([^"]+)"/.exec(admin.page)?.[1] ?? '' }) })).status === 303, false, 'refused');
});

await server.stop();
await sink.close();
fs.rmSync(dir, { recursive: true });
done();
