#!/usr/bin/env node
// Who holds the keys of a case: one more, another, one less, and those from whom the threat may come.
import fs from 'node:fs';
import path from 'node:path';
import { sql, serve } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva', 'Fay', 'Gil', 'Hal', 'Ira']) await makeReady(server, name, 'none', secrets);
const west = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await makeChannel(admin, 'east', ['Fay', 'Gil'], ['Hal']);
const idOf = Object.fromEntries(sql(server, 'SELECT name, id FROM account').split('\n').map((l) => l.split('|')));
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const refused = (status) => [403, 404, 409].includes(status);
const chain = () => sql(server, 'SELECT what, ref FROM audit_case ORDER BY number').split('\n').filter(Boolean);

const { v: author, code } = await report(server, 'west', { what: 'A kingfisher was seen.', contact: 'Amina' });
const v = {};
for (const name of ['Ben', 'Cy', 'Eva', 'Fay', 'Gil']) v[name] = await signIn(server, name, secrets);
await v.Ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(v.Ben.page)[1];
const of = Buffer.from(at.split('/').pop(), 'base64url').toString('hex');
const blob = pg ? `'\\x${of}'::bytea` : `x'${of}'`;
const slot = () => Number(sql(server, `SELECT shred FROM protect_case WHERE id = ${blob}`));
const shredded = (n) => {
	const bytes = fs.readFileSync(path.join(server.dir, 'shred.bin')).subarray(32 * n, 32 * n + 32);
	return bytes.every((b) => b === 0);
};

await test('one more is given the keys and reads from the first day; whoever is no handler is not', async () => {
	is((await v.Fay.ask(at)).status, 404, 'not before');
	await v.Ben.get(`${at}/people`);
	has(v.Ben.page, 'Fay', 'may be chosen, though of another office');
	ok(!v.Ben.page.includes('>Dee') && !v.Ben.page.includes('>Eva'), 'no custodian, nobody without a channel');
	for (const name of ['Dee', 'Eva', 'Ben']) is((await post(v.Ben, `${at}/people/add`, { account: idOf[name] })).status, 422, `not ${name}`);
	is((await post(v.Ben, `${at}/people/add`, { account: '' })).status, 422, 'nobody');
	await v.Ben.send('/people/add"', { account: idOf.Fay });
	has((await v.Fay.get(at)).whole, 'A kingfisher was seen.', 'reads');
	await v.Fay.get(at);
	await v.Fay.send('/say"', { text: 'Fay writes.' });
	has((await comeBack(server, code)).page, 'Fay writes.', 'and writes');
	is((await post(v.Ben, `${at}/people/add`, { account: idOf.Fay })).status, 422, 'the same form twice');
});

await test('somebody who is not among them can neither add nor remove anybody', async () => {
	await v.Gil.get('/cases');
	await v.Eva.get('/account');
	for (const who of ['Gil', 'Eva'])
		for (const [to, fields] of [['add', { account: idOf[who] }], ['out', { account: idOf.Ben }], ['hand', { account: idOf.Ben }], ['leave', {}], ['conflict', { who: idOf.Ben, office: 0, reason: 'because' }]])
			ok(refused((await post(v[who], `${at}/people/${to}`, fields)).status), `${who} ${to}`);
	ok(refused((await post(v.Gil, `${at}/locks`, {})).status), 'locks');
});

await test('it is handed over to another who holds keys', async () => {
	await v.Ben.get(`${at}/people`);
	is((await post(v.Ben, `${at}/people/hand`, { account: idOf.Gil })).status, 422, 'not to one without');
	await v.Ben.send('/people/hand"', { account: idOf.Cy });
	is(sql(server, `SELECT taken_by FROM protect_case WHERE id = ${blob}`), idOf.Cy, 'Cy');
});

await test('whoever is taken out reads nothing, old copies of rows do not help, and the old slot is zeroed', async () => {
	const before = slot();
	const wraps = sql(server, `SELECT compartment, epoch, ${pg ? "encode(wrap, 'hex')" : 'lower(hex(wrap))'} FROM protect_wrap WHERE of = ${blob} AND account = ${idOf.Fay}`).split('\n');
	const boxes = sql(server, `SELECT ${pg ? "encode(id, 'hex')" : 'lower(hex(id))'}, epoch, ${pg ? "encode(box, 'hex')" : 'lower(hex(box))'} FROM protect_object WHERE of = ${blob} AND compartment = 1`).split('\n').map((l) => l.split('|'));
	await v.Ben.get(`${at}/people`);
	await v.Ben.send('/people/out"', { account: idOf.Fay });
	is((await v.Fay.ask(at)).status, 404, 'out');
	ok(!(await v.Fay.get('/cases')).whole.includes('kingfisher'), 'not in the list');
	for (const who of ['Ben', 'Cy']) has((await v[who].get(at)).whole, 'A kingfisher was seen.', `${who} still reads`);
	has((await comeBack(server, code)).page, 'Fay writes.', 'and the reporter');
	ok(slot() !== before, 'another slot');
	ok(shredded(before), 'the old one is zeroed');
	is(sql(server, `SELECT count(*) FROM protect_wrap WHERE of = ${blob} AND account = ${idOf.Fay}`), '0', 'no wraps');
	// Everything that an old backup had is put back: rows, wraps, and no word that Fay is out.
	const bytes = (h) => (pg ? `'\\x${h}'::bytea` : `x'${h}'`);
	sql(server, `DELETE FROM protect_shut WHERE account = ${idOf.Fay}`);
	for (const [compartment, epoch, wrap] of wraps.map((l) => l.split('|')))
		sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap) VALUES (${blob}, ${compartment}, ${epoch}, 2, ${idOf.Fay}, ${bytes(wrap)})`);
	for (const s of [slot(), before]) {
		const now = slot();
		sql(server, `UPDATE protect_case SET shred = ${s} WHERE id = ${blob}`);
		const kept = sql(server, `SELECT ${pg ? "encode(id, 'hex')" : 'lower(hex(id))'}, epoch, ${pg ? "encode(box, 'hex')" : 'lower(hex(box))'} FROM protect_object WHERE of = ${blob} AND compartment = 1`).split('\n').map((l) => l.split('|'));
		for (const [id, epoch, box] of boxes) sql(server, `UPDATE protect_object SET epoch = ${epoch}, box = ${bytes(box)} WHERE id = ${bytes(id)}`);
		const page = await v.Fay.ask(at);
		ok(!page.whole.includes('kingfisher') && !page.whole.includes('Fay writes'), `nothing opens with slot ${s === before ? 'old' : 'new'}`);
		for (const [id, epoch, box] of kept) sql(server, `UPDATE protect_object SET epoch = ${epoch}, box = ${bytes(box)} WHERE id = ${bytes(id)}`);
		sql(server, `UPDATE protect_case SET shred = ${now} WHERE id = ${blob}`);
	}
	sql(server, `DELETE FROM protect_wrap WHERE of = ${blob} AND account = ${idOf.Fay}`);
	has((await v.Ben.get(at)).whole, 'A kingfisher was seen.', 'whole again');
	await author.send('action="/r/case"', { text: 'And again.' });
	has((await v.Cy.get(at)).whole, 'And again.', 'the talk goes on');
});

await test('two must always be able to read it', async () => {
	await v.Ben.get(`${at}/people`);
	ok(!v.Ben.page.includes('/people/out"'), 'no button');
	is((await post(v.Ben, `${at}/people/out`, { account: idOf.Cy })).status, 422, 'not down to one');
	is((await post(v.Ben, `${at}/people/leave`, {})).status, 422, 'nor by leaving');
	is((await post(v.Ben, `${at}/people/conflict`, { who: idOf.Cy, office: 0, reason: 'they know them' })).status, 422, 'nor for a conflict');
	is((await post(v.Ben, `${at}/people/out`, { account: idOf.Ben })).status, 422, 'nor oneself by that way');
});

await test('whoever leaves is out at once, and the others change the locks before anybody writes', async () => {
	await v.Ben.get(`${at}/people`);
	await v.Ben.send('/people/add"', { account: idOf.Gil });
	await v.Gil.get(`${at}/people`);
	const before = slot();
	await v.Gil.send('/people/leave"');
	is((await v.Gil.ask(at)).status, 404, 'out');
	await v.Ben.get(at);
	has(v.Ben.page, 'The locks must be changed', 'told');
	ok(!v.Ben.page.includes('/say"'), 'nothing new under the old keys');
	const n = sql(server, 'SELECT count(*) FROM protect_object');
	await post(v.Ben, `${at}/say`, { text: 'too early' });
	is(sql(server, 'SELECT count(*) FROM protect_object'), n, 'nor by a form from before');
	await v.Ben.get('/cases');
	has(v.Ben.page, 'no longer reads 1 of your cases', 'told in the list');
	await v.Ben.send('action="/cases/locks"');
	ok(shredded(before), 'zeroed');
	await v.Ben.get(at);
	ok(!v.Ben.page.includes('The locks must be changed'), 'done');
	await v.Ben.send('/say"', { text: 'We changed the locks.' });
	has((await comeBack(server, code)).page, 'We changed the locks.', 'said');
});

await test('an administrator who takes a handler from a channel shuts them out of its cases', async () => {
	await v.Ben.get(`${at}/people`);
	await v.Ben.send('/people/add"', { account: idOf.Gil });
	await makeReady(server, 'Joy', 'none', secrets);
	await admin.get(west);
	await admin.send('/add"', { person: 'Joy', role: 2 });
	await admin.get(west);
	await post(admin, `${west}/remove`, { account: idOf.Cy, role: 2 });
	is((await v.Cy.ask(at)).status, 404, 'out at once');
	has((await v.Ben.get(at)).whole, 'The locks must be changed', 'and by key soon');
	await v.Ben.send('/locks"');
	is(sql(server, `SELECT count(*) FROM protect_wrap WHERE account = ${idOf.Cy}`), '0', 'no wraps');
});

await test('a threat from inside: shut out for good, by key, and on to another office', async () => {
	await v.Gil.get(`${at}/people`);
	is((await post(v.Gil, `${at}/people/conflict`, { who: idOf.Ben, office: 0, reason: '' })).status, 422, 'no reason');
	ok((await post(v.Gil, `${at}/people/conflict`, { who: idOf.Ben, office: 99, reason: 'because of' })).status >= 400, 'no such office');
	const before = slot();
	const east = sql(server, "SELECT id FROM protect_channel WHERE slug = 'east'");
	await v.Gil.get(`${at}/people`);
	await v.Gil.send('/people/conflict"', { who: idOf.Ben, office: east, reason: 'Ben is a cousin of the one who threatens.' });
	is((await v.Ben.ask(at)).status, 404, 'out');
	ok(shredded(before), 'zeroed');
	is(sql(server, `SELECT channel FROM protect_case WHERE id = ${blob}`), east, 'moved');
	for (const who of ['Fay', 'Gil']) has((await v[who].get(at)).whole, 'A kingfisher was seen.', `${who} reads`);
	has((await v.Fay.get(at)).whole, 'a cousin of the one', 'and why');
	await v.Fay.get(`${at}/people`);
	ok(!v.Fay.page.includes('>Ben'), 'cannot be chosen again');
	is((await post(v.Fay, `${at}/people/add`, { account: idOf.Ben })).status, 422, 'nor by a form');
	// Rows that say otherwise do not help: Ben has no key.
	sql(server, `DELETE FROM protect_shut WHERE account = ${idOf.Ben}`);
	is((await v.Ben.ask(at)).status, 404, 'no key');
	has((await comeBack(server, code)).page, 'And again.', 'the reporter reads all of it');
});

await test('a whole office: all who read it are out, also who says so', async () => {
	const { code: second } = await report(server, 'west', { what: 'An otter was seen.' });
	await v.Ben.get('/cases');
	const there = /href="(\/cases\/[A-Za-z0-9_-]{22})">An otter/.exec(v.Ben.page)[1];
	const east = sql(server, "SELECT id FROM protect_channel WHERE slug = 'east'");
	await v.Ben.get(`${there}/people`);
	await v.Ben.send('/people/conflict"', { who: 0, office: east, reason: 'It is about this office.' });
	is((await v.Ben.ask(there)).status, 404, 'out');
	has((await v.Fay.get(there)).whole, 'The locks must be changed', 'the others change the locks');
	await v.Fay.send('/locks"');
	has((await v.Gil.get(there)).whole, 'An otter was seen.', 'read there');
	has((await comeBack(server, second)).page, 'We have your report', 'and by its author');
	is(sql(server, `SELECT count(*) FROM protect_wrap WHERE account = ${idOf.Ben} AND of <> ${blob}`), '0', 'no wraps of Ben');
});

await test('all my cases go to another', async () => {
	await report(server, 'east', { what: 'A heron was seen.' });
	await admin.get('/site/channels');
	await v.Fay.get('/cases/hand');
	has(v.Fay.page, 'You hold keys to 3 cases', 'all of them');
	is((await post(v.Fay, '/cases/hand', { account: idOf.Fay })).status, 422, 'not to oneself');
	is((await post(v.Fay, '/cases/hand', { account: idOf.Dee })).status, 422, 'nor to a custodian');
	const joy = await signIn(server, 'Joy', secrets);
	const id = sql(server, "SELECT id FROM account WHERE name = 'Joy'");
	await v.Fay.get('/cases/hand');
	await v.Fay.send('action="/cases/hand"', { account: id, leaves: '1' });
	const list = (await joy.get('/cases')).whole;
	for (const word of ['kingfisher', 'heron']) has(list, word, `Joy reads the ${word}`);
	ok(!list.includes('otter'), 'but not the one from which that office is shut out');
	ok(!(await v.Fay.get('/cases')).whole.includes('heron'), 'Fay does not');
});

await test('what was done stands in a chain, without words', async () => {
	const lines = chain();
	ok(lines.length > 10, 'lines');
	ok(lines.includes(`2|${idOf.Fay}`) && lines.includes(`5|${idOf.Ben}`) && lines.includes(`6|${idOf.Cy}`), 'added, shut out, handed over');
});

await server.stop();
done();
