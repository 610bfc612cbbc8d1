#!/usr/bin/env node
// Support that two people decide, and referrals that the reporter agrees to.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binary, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) await makeReady(server, name, 'none', secrets);
const west = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await admin.get(west);
await admin.send('/office"', { opens: '0', closes: '24', money: 'EUR', ceiling: '5000', keep_days: '365' });
await report(server, 'west', { what: 'A kingfisher was seen.' });
const ben = await signIn(server, 'Ben', secrets);
const cy = await signIn(server, 'Cy', secrets);
await ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const asked = { what: 'whimbrel: a room for 14 days', kinds: '0', sum: '1260', why: 'The address is known.', works: '1', danger: '1', lowers: '1', until: '24' };

await test('support has a ceiling and a day by which it is decided', async () => {
	await ben.get(`${at}/support`);
	is((await ben.send('/support"', { ...asked, sum: '5001' })).status, 422, 'over the ceiling');
	has(ben.page, 'More than one case may get', 'told');
	await ben.get(`${at}/support`);
	is((await ben.send('/support"', { ...asked, until: '' })).status, 422, 'no hour');
	await ben.get(`${at}/support`);
	is((await ben.send('/support"', { ...asked, works: '4' })).status, 422, 'no such answer');
	await ben.get(`${at}/support`);
	await ben.send('/support"', asked);
	has(ben.page, 'Asked for', 'asked for');
	const hours = Number(sql(server, 'SELECT next_hour FROM protect_case')) - Math.floor(Date.now() / 3600000);
	ok(hours === 24 || hours === 23, 'a deadline in hours');
	ok(!sql(server, 'SELECT * FROM protect_object').includes('whimbrel'), 'locked');
});

await test('two different people say yes; one who says it twice is one', async () => {
	is((await ben.send('/support/state"', { state: '5' })).status, 422, 'nobody pays before');
	await ben.get(`${at}/support`);
	is((await ben.send('/support/state"', { state: '3' })).status, 400, 'nobody says yes for two');
	await ben.get(`${at}/support`);
	await ben.send('/support/state"', { state: '2' });
	has(ben.page, 'Yes, by one', 'one');
	is((await ben.send('/support/state"', { state: '2' })).status, 422, 'not twice');
	has(ben.page, 'Two different people', 'told');
	// A row that says that somebody else wrote it does not make two: who decided is sealed.
	const bens = sql(server, "SELECT id FROM account WHERE name = 'Ben'"), cys = sql(server, "SELECT id FROM account WHERE name = 'Cy'");
	sql(server, `UPDATE protect_object SET account = ${cys} WHERE field = 'support' AND account = ${bens}`);
	has((await ben.get(`${at}/support`)).whole, 'Yes, by one', 'still one');
	is((await ben.send('/support/state"', { state: '2' })).status, 422, 'still not twice');
	await cy.get(`${at}/support`);
	await cy.send('/support/state"', { state: '2' });
	has(cy.page, 'Yes, by two', 'two');
	is(sql(server, 'SELECT next_hour FROM protect_case'), '0', 'nothing is due');
	await cy.send('/support/state"', { state: '5' });
	has(cy.page, 'Paid', 'paid');
	is(sql(server, 'SELECT count(*) FROM audit_case WHERE what = 15'), '3', 'written down');
});

await test('a no is a no', async () => {
	await ben.get(`${at}/support`);
	is((await ben.send('/support"', { ...asked, what: 'too much with the first', sum: '4000' })).status, 422, 'all of a case together');
	await ben.get(`${at}/support`);
	await ben.send('/support"', { ...asked, what: 'another' });
	await ben.send('/support/state"', { state: '4' });
	await cy.get(`${at}/support`);
	is((await cy.send('/support/state"', { state: '2' })).status, 422, 'after a no');
});

await test('an administrator keeps the list of bodies; a referral waits for the reporter’s yes', async () => {
	await admin.get('/site/mechanisms');
	is((await admin.send('action="/site/mechanisms"', { name: '' })).status, 422, 'no name');
	await admin.get('/site/mechanisms');
	await admin.send('action="/site/mechanisms"', { name: 'A commission', mandate: 'Defenders', takes: 'Letters', langs: 'English', days: '14', unnamed: '1' });
	await admin.send('action="/site/mechanisms"', { name: 'An expert', mandate: 'Defenders', takes: 'Appeals', langs: 'French', days: '7' });
	is((await post(ben, '/site/mechanisms', { name: 'x', mandate: 'x', takes: 'x', langs: 'x' })).status, 403, 'not by others');
	await ben.get(`${at}/referral`);
	has(ben.page, 'A commission', 'offered');
	is((await ben.send('/referral"', { to: '99', summary: 'x' })).status, 422, 'no such body');
	const id = (name) => sql(server, `SELECT id FROM protect_mechanism WHERE name = '${name}'`);
	await ben.get(`${at}/referral`);
	is((await ben.send('/referral"', { to: id('A commission'), summary: 'dunlin', state: '2' })).status, 422, 'not sent without a yes');
	has(ben.page, 'has not said yes', 'told');
	await ben.get(`${at}/referral`);
	await ben.send('/referral"', { to: id('A commission'), summary: 'dunlin', state: '1' });
	has(ben.page, 'Draft', 'a draft may be');
	is((await ben.send('/referral/state"', { state: '2' })).status, 422, 'nor later');
	ok(!sql(server, 'SELECT * FROM protect_object').includes('dunlin'), 'locked');
	// Another reporter said yes to sharing, but not yet with whom.
	const { v: author } = await report(server, 'west', { what: 'An otter was seen.', contact: 'Amina', consent: 'share' });
	await ben.get('/cases');
	const other = /href="(\/cases\/[A-Za-z0-9_-]{22})">An otter/.exec(ben.page)[1];
	const [commission, expert] = [id('A commission'), id('An expert')];
	const refer = async (to) => {
		await ben.get(`${other}/referral`);
		return (await ben.send('/referral"', { to, summary: 'plover <i>x</i>', state: '2' })).status;
	};
	is(await refer(commission), 422, 'to share is not enough');
	await author.get('/r/case');
	await author.send('action="/r/allow"', { share: '1', [`share-${expert}`]: '1' });
	is(await refer(commission), 422, 'not to another');
	is(await refer(expert), 422, 'one that needs a name is not told it');
	await author.get('/r/case');
	await author.send('action="/r/allow"', { share: '1', [`share-${expert}`]: '1', [`name-${expert}`]: '1', [`share-${commission}`]: '1' });
	await ben.get(`${other}/referral`);
	await ben.send('/referral"', { to: commission, summary: 'plover <i>x</i>', state: '1' });
	await ben.send('/referral/state"', { state: '2' });
	has(ben.page, 'Sent', 'one that needs none');
	is(sql(server, 'SELECT count(*) FROM audit_case WHERE what = 16'), '1', 'written down');
	const paper = /href="([^"]+\/referral\/[\w-]{22})"/.exec(ben.page)[1];
	const shown = await ben.ask(paper);
	ok(shown.status === 200 && shown.whole.includes('plover &lt;i&gt;x') && !shown.whole.includes('otter'), 'to be printed, and nothing but the summary');
	is((await cy.ask(paper)).status, 200, 'by any of them');
	is((await author.ask(paper)).status, 303, 'not by somebody who is not signed in');
	// What is taken back is taken back.
	await author.get('/r/case');
	await post(author, '/r/allow', { [`share-${commission}`]: '1' });
	is((await ben.ask(paper)).status, 403, 'no package any more');
	await author.get('/r/case');
	await author.send('action="/r/allow"', { share: '1', [`share-${commission}`]: '1' });
	is((await ben.ask(paper)).status, 200, 'and again');
	await post(admin, '/site/mechanisms/off', { id: id('An expert') });
	ok(!(await ben.get(`${at}/referral`)).whole.includes('An expert'), 'taken from the list');
});

await test('a package is locked to the key of the body, and only its owner opens it', async () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'refer-'));
	const run = (...words) => spawnSync(binary, words, { cwd: folder, encoding: 'utf8' });
	const key = run('open', '--new', 'body.key').stdout.trim();
	run('open', '--new', 'other.key');
	const add = async (fields) => {
		await admin.get('/site/mechanisms');
		return (await admin.send('action="/site/mechanisms"', { name: 'A locked body', mandate: 'Defenders', takes: 'Letters', langs: 'English', unnamed: '1', ...fields })).status;
	};
	for (const bad of ['x', 'baraza-public-1-', `${key}A`, `baraza-public-1-${'A'.repeat(43)}`]) is(await add({ key: bad }), 422, `no key: ${bad}`);
	has(admin.page, 'This is no such key', 'told');
	is(await add({ key }), 200, 'a key');
	const body = sql(server, "SELECT id FROM protect_mechanism WHERE name = 'A locked body'");
	const { v: author } = await report(server, 'west', { what: 'A stoat was seen.', consent: 'share' });
	await author.get('/r/case');
	await author.send('action="/r/allow"', { share: '1', [`share-${body}`]: '1' });
	await ben.get('/cases');
	const where = /href="(\/cases\/[A-Za-z0-9_-]{22})">A stoat/.exec(ben.page)[1];
	await ben.get(`${where}/referral`);
	await ben.send('/referral"', { to: body, summary: 'sanderling', state: '1' });
	const cookie = [...ben.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	const paper = new URL(/href="([^"]+\/referral\/[\w-]{22})"/.exec(ben.page)[1], server.origin);
	const bytes = Buffer.from(await (await fetch(paper, { headers: { cookie } })).arrayBuffer());
	ok(!bytes.includes('sanderling') && bytes.includes('baraza sealed 1'), 'locked');
	fs.writeFileSync(path.join(folder, 'r.sealed'), bytes);
	ok(run('open', '--key', 'other.key', 'r.sealed').status !== 0, 'not by another key');
	is(run('open', '--key', 'body.key', 'r.sealed').stdout.trim(), 'referral.html', 'by theirs');
	const page = fs.readFileSync(path.join(folder, 'referral.html'), 'utf8');
	ok(page.includes('sanderling') && page.startsWith('<!doctype html>') && page.trim().endsWith('</html>'), 'whole');
	ok(!/(href|src)=/.test(page), 'and it asks nobody for anything');
});

await test('a consent of the reporter is known again; one that stands elsewhere than it was said is not', async () => {
	const { v: author, code } = await report(server, 'west', { what: 'A marten was seen.', consent: 'contact' });
	ok(!author.page.includes('Did you say this?'), 'theirs at first');
	await author.send('action="/r/allow"', { act: '1' });
	await author.send('action="/r/allow"', { state: '1' });
	ok(!author.page.includes('Did you say this?'), 'theirs, changed twice');
	// The first is taken out: what is the third says so, and stands second.
	sql(server, `DELETE FROM protect_object WHERE field = 'consent' AND of = (SELECT of FROM (SELECT of, count(*) AS n FROM protect_object WHERE field = 'consent' GROUP BY of) x WHERE n = 3 LIMIT 1)
		AND n = (SELECT min(o.n) FROM protect_object o WHERE o.field = 'consent' AND o.of = protect_object.of)`);
	const back = await comeBack(server, code);
	has(back.page, 'Did you say this?', 'seen');
	await back.send('action="/r/allow"', { state: '1' });
	ok(!back.page.includes('Did you say this?'), 'said again, it is theirs');
});

await server.stop();
done();
