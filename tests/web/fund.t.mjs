#!/usr/bin/env node
// Payments: ordered by two, paid by one who reads nothing else, told to finance as sums; and what becomes of names and
// payments when those who keep them go.
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, sql, serve } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Del', 'Pia', 'Pat', 'Fin']) await makeReady(server, name, 'none', secrets);
const west = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const idOf = Object.fromEntries(sql(server, 'SELECT name, id FROM account').split('\n').map((l) => l.split('|')));
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const addHolder = async (person, role) => {
	await admin.get(west);
	await admin.send('/add"', { person, role });
	is(admin.code ?? 200, 200, `${person} added`);
};
const hex = (column) => (pg ? `encode(${column}, 'hex')` : `lower(hex(${column}))`);
const bytes = (h) => (pg ? `'\\x${h}'::bytea` : `x'${h}'`);

const { v: early } = await report(server, 'west', { what: 'A rook was seen.' });
await addHolder('Pia', 4);
await addHolder('Fin', 7);
const { v: author, code } = await report(server, 'west', { what: 'A kingfisher was seen.', contact: 'Amina' });
const v = {};
for (const name of ['Ben', 'Cy', 'Dee', 'Pia', 'Fin']) v[name] = await signIn(server, name, secrets);
await v.Ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})">A kingfisher/.exec(v.Ben.page)[1];
const id = at.split('/').pop();
const blob = bytes(Buffer.from(id, 'base64url').toString('hex'));
const slotOf = (part) => Number(sql(server, `SELECT shred FROM protect_slot WHERE of = ${blob} AND compartment = ${part}`));
const shredded = (n) => fs.readFileSync(path.join(server.dir, 'shred.bin')).subarray(32 * n, 32 * n + 32).every((b) => b === 0);

await test('an administrator names no mechanism, and nobody with two roles', async () => {
	await admin.get(west);
	is((await admin.send('/add"', { person: 'Pat', role: 5 })).status, 400, 'no mechanism');
	await admin.get(west);
	is((await admin.send('/add"', { person: 'Ben', role: 4 })).status, 422, 'not a case worker');
});

await test('a reporter says how they can be paid, and only the fund officer reads it', async () => {
	ok(!early.page.includes('/r/pay'), 'not offered where nobody keeps payments');
	is((await early.ask('/r/pay')).headers.get('location'), '/r/case', 'nor open there');
	has(author.page, '/r/pay', 'offered');
	await author.get('/r/pay');
	is((await author.send('action="/r/pay"', { way: '9', how: 'curlew' })).status, 422, 'no such way');
	has(author.page, 'curlew', 'typed is kept');
	await author.get('/r/pay');
	is((await author.send('action="/r/pay"', { way: '2', how: '' })).status, 422, 'nothing said');
	await author.get('/r/pay');
	await author.send('action="/r/pay"', { way: '2', how: 'curlew: 0700 <b>12</b>' });
	has(author.page, 'curlew: 0700 &lt;b&gt;12', 'shown to its author, escaped');
	ok(!sql(server, 'SELECT * FROM protect_object').includes('curlew'), 'locked');
	is(sql(server, `SELECT role, account FROM protect_wrap WHERE of = ${blob} AND compartment = 4 ORDER BY role`), `1|0\n4|${idOf.Pia}`, 'who holds it');
	await v.Pia.get('/fund');
	has(v.Pia.page, 'Nothing is ordered', 'no order yet');
	await v.Pia.get(`/fund/${id}`);
	has(v.Pia.page, 'curlew', 'the officer reads it');
	for (const who of ['Ben', 'Cy', 'Dee', 'Fin']) is((await v[who].ask(`/fund/${id}`)).status, 404, `not ${who}`);
	ok(!(await v.Ben.get(at)).whole.includes('curlew'), 'not on the case');
	is((await v.Pia.ask(at)).status, 404, 'the officer does not read the case');
	is((await new Visitor(server, { lang: 'en' }).ask(`/fund/${id}`)).status, 303, 'nor anybody without signing in');
});

await test('two agree, the officer is asked, and says whether it was paid', async () => {
	const asked = { what: 'whimbrel', kinds: '0', sum: '1260', why: 'The address is known.', works: '1', danger: '1', lowers: '1', until: '6' };
	await v.Ben.get(`${at}/support`);
	await v.Ben.send('/support"', asked);
	await v.Ben.send('/support/state"', { state: '2' });
	ok(!(await v.Pia.get('/fund')).whole.includes('1,260'), 'one is not enough');
	await v.Cy.get(`${at}/support`);
	await v.Cy.send('/support/state"', { state: '2' });
	has(v.Cy.page, 'Yes, by two', 'two');
	is((await v.Cy.send('/support/state"', { state: '5' })).status, 422, 'case workers do not say that it was paid');
	has(v.Cy.page, 'The fund officer says', 'told');
	await v.Pia.get('/fund');
	has(v.Pia.page, '1,260 EUR', 'ordered');
	await v.Pia.get(`/fund/${id}`);
	ok(/Decided by .{0,12}Ben.{0,20} and .{0,12}Cy/.test(v.Pia.page), 'by whom');
	for (const word of ['whimbrel', 'kingfisher', 'Amina', 'The address is known']) ok(!v.Pia.page.includes(word), `no ${word}`);
	is((await v.Pia.send(`action="/fund/${id}"`, { unpaid: '1', reason: '' })).status, 422, 'not without a reason');
	await v.Pia.get(`/fund/${id}`);
	await v.Pia.send(`action="/fund/${id}"`, { unpaid: '1', reason: 'godwit: the number does not answer' });
	has((await v.Ben.get(`${at}/support`)).whole, 'godwit', 'case workers read why');
	await author.get('/r/pay');
	has(author.page, 'godwit', 'and the reporter');
	is(sql(server, 'SELECT count(*) FROM protect_paid'), '0', 'nothing is summed');
	await v.Pia.get(`/fund/${id}`);
	const order = /name="order" value="([^"]+)"/.exec(v.Pia.page)[1];
	is((await post(v.Ben, `/fund/${id}`, { order, paid: '1' })).status, 404, 'not by a case worker');
	is((await post(v.Pia, `/fund/${id}`, { order, paid: '1', unpaid: '1' })).status, 400, 'not both');
	is((await post(v.Pia, `/fund/${id}`, { order: 'A'.repeat(22), paid: '1' })).status, 404, 'no such order');
	await v.Pia.get(`/fund/${id}`);
	await v.Pia.send(`action="/fund/${id}"`, { paid: '1' });
	is((await post(v.Pia, `/fund/${id}`, { order, paid: '1' })).status, 422, 'not twice');
	has((await v.Ben.get(`${at}/support`)).whole, 'Paid', 'case workers see it');
	has((await author.get('/r/pay')).whole, 'Paid', 'and the reporter');
	is(sql(server, 'SELECT n, amount, money FROM protect_paid'), '1|1260|EUR', 'summed');
	is(sql(server, 'SELECT what FROM audit_case WHERE what > 16 ORDER BY number'), '18\n17', 'written down');
});

await test('finance sees sums, and nothing else', async () => {
	await v.Fin.get('/fund/totals');
	has(v.Fin.page, '1,260 EUR', 'the sum');
	ok(!v.Fin.page.includes(id), 'no case');
	ok(!(await v.Fin.get('/fund')).whole.includes('1,260'), 'no orders');
	for (const who of ['Ben', 'Dee']) is((await v[who].ask('/fund/totals')).status, 404, `not ${who}`);
});

await test('without the key nothing opens, whatever rows say', async () => {
	sql(server, `INSERT INTO protect_holder (channel, role, account) SELECT channel, 4, ${idOf.Cy} FROM protect_holder WHERE account = ${idOf.Pia}`);
	sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap, public) SELECT of, compartment, epoch, role, ${idOf.Cy}, wrap, public FROM protect_wrap WHERE of = ${blob} AND compartment = 4 AND account = ${idOf.Pia}`);
	const got = await v.Cy.ask(`/fund/${id}`);
	ok(got.status !== 404, 'let in by rows');
	ok(!got.whole.includes('curlew'), 'reads nothing');
	// Another's wrap of another compartment does not help, either.
	sql(server, `UPDATE protect_wrap SET wrap = (SELECT w.wrap FROM protect_wrap w WHERE w.of = ${blob} AND w.compartment = 1 AND w.account = ${idOf.Cy}) WHERE of = ${blob} AND compartment = 4 AND account = ${idOf.Cy}`);
	ok(!(await v.Cy.ask(`/fund/${id}`)).whole.includes('curlew'), 'nor by another wrap');
	sql(server, `DELETE FROM protect_wrap WHERE of = ${blob} AND compartment = 4 AND account = ${idOf.Cy}`);
	sql(server, `DELETE FROM protect_holder WHERE account = ${idOf.Cy} AND role = 4`);
});

await test('whoever keeps payments or names gives keys to another, and cannot be taken out before', async () => {
	await admin.get(west);
	for (const [who, role] of [['Pia', 4], ['Dee', 3]]) {
		is((await post(admin, `${west}/remove`, { account: idOf[who], role })).status, 422, `${who} is the last`);
		await admin.get(west);
	}
	await addHolder('Pat', 4);
	await addHolder('Del', 3);
	for (const name of ['Pat', 'Del']) v[name] = await signIn(server, name, secrets);
	is((await v.Pat.ask(`/fund/${id}`)).status, 404, 'no key yet');
	is((await v.Del.ask(`/names/${id}`)).status, 404, 'nor to names');
	await post(v.Pat, '/fund/locks', {});
	is((await v.Pat.ask(`/fund/${id}`)).status, 404, 'nobody helps themselves');
	await v.Pia.get('/fund');
	await v.Pia.send('/fund/locks"');
	await v.Dee.get('/cases');
	await v.Dee.send('/names/locks"');
	ok(!v.Dee.page.includes('/names/locks'), 'done');
	has((await v.Pat.get(`/fund/${id}`)).whole, 'curlew', 'Pat reads');
	is((await v.Del.ask(`/names/${id}`)).status, 200, 'Del comes to the name');
});

await test('when they go, payments and names are locked anew, and old copies are dead', async () => {
	const part = { Pia: [4, 4], Dee: [2, 3] };
	const before = {}, wraps = {}, boxes = {};
	for (const [who, [compartment, role]] of Object.entries(part)) {
		before[who] = slotOf(compartment);
		wraps[who] = sql(server, `SELECT epoch, ${hex('wrap')} FROM protect_wrap WHERE of = ${blob} AND compartment = ${compartment} AND account = ${idOf[who]}`).split('|');
		boxes[who] = sql(server, `SELECT ${hex('id')}, epoch, ${hex('box')} FROM protect_object WHERE of = ${blob} AND compartment = ${compartment}`).split('\n').map((l) => l.split('|'));
		ok(boxes[who].length > 0, 'something is there');
		await admin.get(west);
		is((await post(admin, `${west}/remove`, { account: idOf[who], role })).status, 303, `${who} goes`);
	}
	is((await v.Pia.ask(`/fund/${id}`)).status, 404, 'Pia is out at once');
	is((await v.Dee.ask(`/names/${id}`)).status, 404, 'and Dee');
	await v.Pat.get('/fund');
	await v.Pat.send('/fund/locks"');
	await v.Del.get('/cases');
	await v.Del.send('/names/locks"');
	for (const [who, [compartment, role]] of Object.entries(part)) {
		ok(slotOf(compartment) !== before[who], 'another slot');
		ok(shredded(before[who]), 'the old one is zeroed');
		is(sql(server, `SELECT count(*) FROM protect_wrap WHERE of = ${blob} AND compartment = ${compartment} AND account = ${idOf[who]}`), '0', 'no wrap');
	}
	has((await v.Pat.get(`/fund/${id}`)).whole, 'curlew', 'Pat still reads');
	has((await author.get('/r/pay')).whole, 'curlew', 'and the reporter');
	// Orders are locked by case workers: they are told, and write nothing before.
	has((await v.Ben.get(at)).whole, '/locks"', 'case workers must change theirs');
	await v.Ben.send('/locks"');
	ok(!v.Ben.page.includes(`${at}/locks`), 'done');
	is(sql(server, `SELECT count(*) FROM protect_wrap WHERE account = ${idOf.Pia}`), '0', 'Pia holds nothing');
	has((await comeBack(server, code)).page, 'A kingfisher was seen.', 'nothing was lost');
	// Everything of an old copy put back.
	sql(server, 'DELETE FROM protect_shut');
	for (const [who, [compartment, role]] of Object.entries(part)) {
		sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap) VALUES (${blob}, ${compartment}, ${wraps[who][0]}, ${role}, ${idOf[who]}, ${bytes(wraps[who][1])})`);
		for (const [of, epoch, box] of boxes[who]) sql(server, `UPDATE protect_object SET epoch = ${epoch}, box = ${bytes(box)} WHERE id = ${bytes(of)}`);
	}
	ok(!(await v.Pia.ask(`/fund/${id}`)).whole.includes('curlew'), 'Pia reads nothing');
	ok(!(await v.Dee.ask(`/names/${id}`)).whole.includes('Amina'), 'nor Dee');
});

await server.stop();
done();
