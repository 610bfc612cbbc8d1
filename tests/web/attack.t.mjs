#!/usr/bin/env node
// Whoever has the disk finds no words; whoever can write to the database makes nothing open that should not.
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, baraza, serve, sql } from './lib.mjs';
import { comeBack, fill, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);

const words = { what: 'zebrafinch', where: 'quicksilver', contact: 'thunderbolt', reach: 'marmalade' };
const said = { reporter: 'wolkenkuckuck', handler: 'hippogriff', note: 'салют' };
const blob = (hex) => (pg ? `'\\x${hex}'::bytea` : `x'${hex}'`);
const hex = (column) => (pg ? `encode(${column}, 'hex')` : `lower(hex(${column}))`);
const rows = (text) => sql(server, text).split('\n').filter(Boolean).map((line) => line.split('|'));
const BROKEN = 'This text was changed by someone';

const one = await report(server, 'west', { ...words, consent: 'contact' });
const two = await report(server, 'west', { what: 'another story' });
const ben = await signIn(server, 'Ben', secrets);
await ben.get('/cases');
const links = [...ben.page.matchAll(/href="(\/cases\/[^"]+)">([^<]+)</g)];
const at = links.find(([, , title]) => title === words.what)[1];
const other = links.find(([, , title]) => title === 'another story')[1];
const idOf = (link) => Buffer.from(link.split('/').pop(), 'base64url').toString('hex');
await one.v.send('action="/r/case"', { text: said.reporter });
await ben.get(at);
await ben.send('/say"', { text: said.handler });
await ben.send('/say"', { text: said.note, note: '1' });
await fill(server, 'west', { what: 'sandpiper' });
const all = [...Object.values(words), ...Object.values(said), 'sandpiper', one.code, one.code.replaceAll(' ', ''), two.code];

await test('the disk, the write-ahead log, a backup and the log have no word of it', async () => {
	for (const word of Object.values(said)) ok((await ben.get(at)).whole.includes(word), `${word} is on the page`);
	const backup = path.join(server.dir, 'backup.db');
	baraza(server, ['export', '--backup', backup]);
	const files = fs.readdirSync(server.dir).map((name) => path.join(server.dir, name)).filter((f) => fs.statSync(f).isFile());
	ok(files.length >= 4, 'files');
	if (!pg) ok(files.some((f) => f.endsWith('-wal') && fs.statSync(f).size), 'a write-ahead log');
	const texts = [['log', Buffer.from(server.log)], ...files.map((f) => [f, fs.readFileSync(f)])];
	if (pg) texts.push(['rows', Buffer.from(sql(server, 'SELECT * FROM protect_object') + sql(server, 'SELECT * FROM protect_draft') + sql(server, 'SELECT * FROM protect_case'))]);
	for (const word of all)
		for (const [name, bytes] of texts) {
			ok(!bytes.includes(word), `${word} in ${name}`);
			ok(!bytes.includes(Buffer.from(word).toString('hex')), `${word} in ${name}, in digits`);
		}
	fs.rmSync(backup);
});

// Changes a box, looks at the case, and puts the box back.
async function tamper(change, sees) {
	const [[id, was]] = rows(`SELECT ${hex('id')}, ${hex('box')} FROM protect_object WHERE of = ${blob(idOf(at))} AND field = 'answers'`);
	sql(server, `UPDATE protect_object SET box = ${blob(change(was))} WHERE id = ${blob(id)}`);
	const page = (await ben.get(at)).whole;
	sql(server, `UPDATE protect_object SET box = ${blob(was)} WHERE id = ${blob(id)}`);
	sees(page);
}
const broken = (page) => {
	has(page, BROKEN, 'told');
	ok(!page.includes(words.what), 'not shown');
	has(page, said.reporter, 'the rest is there');
};

await test('a text that was changed, cut or lengthened is refused, and told', async () => {
	for (const at of [0, 30, 60, 80, 200])
		await tamper((was) => `${was.slice(0, 2 * at)}${(parseInt(was.slice(2 * at, 2 * at + 2), 16) ^ 4).toString(16).padStart(2, '0')}${was.slice(2 * at + 2)}`, broken);
	for (const n of [0, 40, 72, 327]) await tamper((was) => was.slice(0, 2 * n), broken);
	await tamper((was) => `${was}00`, broken);
	has((await ben.get(at)).whole, words.what, 'whole again');
});

await test('a text of another case, another field or another mouth is refused', async () => {
	const [[foreign]] = rows(`SELECT ${hex('box')} FROM protect_object WHERE of = ${blob(idOf(other))} AND field = 'answers'`);
	await tamper(() => foreign, broken);
	const [[consent]] = rows(`SELECT ${hex('box')} FROM protect_object WHERE of = ${blob(idOf(at))} AND field = 'consent'`);
	await tamper(() => consent, broken);
	sql(server, `UPDATE protect_object SET field = 'said by handler' WHERE of = ${blob(idOf(at))} AND field = 'said by reporter'`);
	const page = (await one.v.get('/r/case')).whole;
	has(page, BROKEN, 'told');
	ok(!page.includes(said.reporter), 'not shown as the handler’s');
	sql(server, `UPDATE protect_object SET field = 'said by reporter' WHERE of = ${blob(idOf(at))} AND field = 'said by handler' AND account = 0`);
	has((await one.v.get('/r/case')).whole, said.reporter, 'whole again');
	sql(server, `UPDATE protect_object SET epoch = 2 WHERE of = ${blob(idOf(at))} AND field = 'answers'`);
	broken((await ben.get(at)).whole);
	sql(server, `UPDATE protect_object SET epoch = 1 WHERE of = ${blob(idOf(at))} AND field = 'answers'`);
});

await test('whoever lacks the key reads nothing, though the database says that they may', async () => {
	const [[dee]] = rows("SELECT id FROM account WHERE name = 'Dee'");
	const [[bens]] = rows("SELECT id FROM account WHERE name = 'Ben'");
	sql(server, `INSERT INTO protect_holder (channel, role, account) SELECT id, 2, ${dee} FROM protect_channel`);
	const v = await signIn(server, 'Dee', secrets);
	ok(!(await v.get('/cases')).whole.includes(words.what), 'no list');
	is((await v.ask(at)).status, 404, 'no page');
	sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap)
		SELECT of, compartment, epoch, role, ${dee}, wrap FROM protect_wrap WHERE account = ${bens}`);
	for (const to of ['/cases', at]) {
		const page = (await v.get(to)).whole;
		for (const word of all) ok(!page.includes(word), `${word} with a borrowed key at ${to}`);
	}
	sql(server, `DELETE FROM protect_wrap WHERE account = ${dee} AND role = 2`);
	sql(server, `DELETE FROM protect_holder WHERE account = ${dee} AND role = 2`);
});

await test('one case’s code opens no other, whatever the rows say', async () => {
	const [[found1]] = rows(`SELECT ${hex('found')} FROM protect_case WHERE id = ${blob(idOf(at))}`);
	const [[found2]] = rows(`SELECT ${hex('found')} FROM protect_case WHERE id = ${blob(idOf(other))}`);
	const swap = (a, b) => {
		sql(server, `UPDATE protect_case SET found = ${blob('00')} WHERE id = ${blob(idOf(at))}`);
		sql(server, `UPDATE protect_case SET found = ${blob(b)} WHERE id = ${blob(idOf(other))}`);
		sql(server, `UPDATE protect_case SET found = ${blob(a)} WHERE id = ${blob(idOf(at))}`);
	};
	swap(found2, found1);
	const v = await comeBack(server, two.code);
	has(v.page, 'Nothing is open', 'refused');
	swap(found1, found2);
	has((await comeBack(server, two.code)).page, 'We have your report', 'whole again');
});

await test('a case whose slot was zeroed is gone, for its handlers and its author', async () => {
	const [[slot]] = rows(`SELECT shred FROM protect_case WHERE id = ${blob(idOf(other))}`);
	const file = path.join(server.dir, 'shred.bin');
	is(fs.statSync(file).mode & 0o777, 0o600, 'mode');
	const fd = fs.openSync(file, 'r+');
	fs.writeSync(fd, Buffer.alloc(32), 0, 32, 32 * Number(slot));
	fs.closeSync(fd);
	is((await ben.ask(other)).status, 404, 'gone');
	has((await comeBack(server, two.code)).page, 'Nothing is open', 'gone');
	has((await ben.get('/cases')).whole, words.what, 'the others are there');
});

await test('a code is in no address, and comes in by no address', async () => {
	ok(!(await new Visitor(server).ask(`/r/open?code=${one.code.replaceAll(' ', '')}`)).whole.includes('We have your report'), 'not by address');
	is((await new Visitor(server).ask(`/r/case?code=${one.code.replaceAll(' ', '')}`)).whole.includes('We have your report'), false, 'not by address');
	const lean = await comeBack(server, `  ${one.code.toLowerCase().replaceAll(' ', '-').replaceAll('0', 'O')} `);
	has(lean.page, 'We have your report', 'typed otherwise');
});

await server.stop();
done();
