#!/usr/bin/env node
// What a secret code is good for: what is allowed, one's own risk, the answers again, taking it all back; and a page to print that keeps nothing.
import fs from 'node:fs';
import path from 'node:path';
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const one = await report(server, 'west', { what: 'my own words', danger: 'soon', contact: 'Amina', consent: 'contact' });
const ben = await signIn(server, 'Ben', secrets);
await ben.get('/cases');
const at = /href="(\/cases\/[^"]+)"/.exec(ben.page)[1];

await test('the answers are there again, in the language of whoever reads', async () => {
	const v = await comeBack(server, one.code);
	has(v.page, 'my own words', 'words');
	has(v.page, 'Soon, I fear', 'choices');
	has((await comeBack(server, one.code, 'fr')).page, 'Bientôt', 'in French');
	has(one.v.page, 'Write to me', 'sent with the report');
});

await test('what is allowed is changed at any time, and the desk sees it', async () => {
	const v = await comeBack(server, one.code);
	has((await ben.get(at)).whole, 'You may write to me: Yes since', 'from the report');
	await v.send('action="/r/allow"', { act: '1', state: '1' });
	is(v.at, '/r/case');
	const page = (await ben.get(at)).whole;
	has(page, 'You may act on it: Yes since', 'given');
	has(page, 'You may raise it with the State: Yes since', 'given');
	has(page, 'You may name me in a report: Not now', 'not given');
	const form = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(v.page)[1] });
	await v.get('/r/allow', { method: 'POST', body: form });
	const gone = (await ben.get(at)).whole;
	has(gone, 'You may act on it: Taken back on', 'taken back');
	ok(!gone.includes('Yes since'), 'nothing is allowed');
	sql(server, `UPDATE protect_object SET box = ${server.env.BARAZA_DB ? "'\\x00'::bytea" : "x'00'"} WHERE field = 'consent'`);
	has((await ben.get(at)).whole, 'was changed by someone', 'what does not open allows nothing');
	await v.send('action="/r/allow"', { contact: '1' });
	has((await ben.get(at)).whole, 'You may write to me: Yes since', 'anew');
});

await test('one’s own risk is filled in, changed, and read by the desk', async () => {
	const v = await comeBack(server, one.code);
	await v.get('/r/risk');
	await v.send('action="/r/risk"', { 'q-fear': 'attack', 'q-likely': 'l4', 'q-bad': 'b5', 'q-plan': 'I go to my aunt.' });
	is(v.at, '/r/case');
	has((await ben.get(at)).whole, 'I go to my aunt.', 'read');
	await v.get('/r/risk');
	has(v.page, 'I go to my aunt.', 'there to be changed');
	await v.send('action="/r/risk"', { 'q-plan': 'I go to my uncle.' });
	const page = (await ben.get(at)).whole;
	ok(page.includes('I go to my uncle.') && !page.includes('I go to my aunt.'), 'the newest');
	has(page, 'It could cost a life', 'and what was not changed');
	await v.get('/r/risk');
	is((await v.send('action="/r/risk"', { 'q-plan': 'x'.repeat(3001) })).status, 422, 'too much');
	has((await new Visitor(server, { lang: 'en' }).get('/r/risk')).whole, 'Nothing is open', 'not for others');
});

await test('the page to print sends nothing, in six languages', async () => {
	for (const lang of LANGS) {
		const page = (await new Visitor(server, { lang }).get('/r/plan')).whole;
		ok(!page.includes('<form'), 'no form');
		ok((page.match(/type="checkbox"/g) ?? []).length > 30, 'boxes');
	}
	const before = sql(server, 'SELECT count(*) FROM protect_draft') + sql(server, 'SELECT count(*) FROM protect_object');
	const v = new Visitor(server);
	await v.get('/r/plan');
	is(v.jar.size, 0, 'no cookie');
	is(sql(server, 'SELECT count(*) FROM protect_draft') + sql(server, 'SELECT count(*) FROM protect_object'), before, 'nothing kept');
});

await test('whoever takes a report back is told what that means, types the code, and then it is gone', async () => {
	const two = await report(server, 'west', { what: 'second thoughts', contact: 'Zora' });
	await ben.get('/cases');
	const other = [...ben.page.matchAll(/href="(\/cases\/[^"]+)">([^<]+)</g)].find(([, , title]) => title === 'second thoughts')[1];
	const v = two.v;
	await v.get('/r/back');
	has(v.page, 'Nobody can undo that', 'told');
	is((await v.send('action="/r/back"', { code: one.code })).status, 422, 'the code of another report');
	is((await v.send('action="/r/back"', { code: '0000 0000 0000 0000 0000' })).status, 422, 'no code');
	has((await ben.get(other)).whole, 'second thoughts', 'still there');
	const slots = sql(server, 'SELECT count(*) FROM protect_ending');
	await v.send('action="/r/back"', { code: two.code, now: '1' });
	is(v.at, '/r', 'away');
	ok(!(await ben.get('/cases')).whole.includes('second thoughts'), 'not in the list');
	ok([403, 404].includes((await ben.ask(other)).status), 'no page');
	has((await comeBack(server, two.code)).page, 'Nothing is open', 'nor by the code');
	const id = Buffer.from(other.split('/').pop(), 'base64url').toString('hex');
	const blob = server.env.BARAZA_DB ? `'\\x${id}'::bytea` : `x'${id}'`;
	is(sql(server, `SELECT count(*) FROM protect_object WHERE of = ${blob}`), '0', 'no text');
	is(sql(server, `SELECT count(*) FROM protect_wrap WHERE of = ${blob}`), '0', 'no key');
	const shred = fs.readFileSync(path.join(server.dir, 'shred.bin'));
	const all = sql(server, `SELECT shred FROM protect_case WHERE id = ${blob} UNION SELECT shred FROM protect_slot WHERE of = ${blob}`).split('\n');
	ok(all.length >= 3, `${all.length} slots, ${slots} before`);
	for (const slot of all) ok(shred.subarray(32 * slot, 32 * slot + 32).every((b) => b === 0), `slot ${slot} is zeros`);
	has((await comeBack(server, one.code)).page, 'my own words', 'another report stays');
});

await server.stop();
done();
