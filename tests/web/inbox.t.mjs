#!/usr/bin/env node
// The list of many cases: each on one page, in order, filtered exactly, and opened only for who holds the keys.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { serve, sql } from './lib.mjs';
import { makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const lacks = (text, part, what) => ok(!text.includes(part), `${what}: no ${part}`);

const server = await serve({ command: 'serve' });
const pg = server.env.BARAZA_DB;
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const one = (text) => sql(server, text);
const [ben, cy] = ['Ben', 'Cy'].map((name) => one(`SELECT id FROM account WHERE name = '${name}'`));
const hex = (what) => (pg ? `encode(${what}, 'hex')` : `lower(hex(${what}))`);
const today = Math.floor(Date.now() / 86400e3);

// By who made the bench's: sealed for Ben; what Cy has there opens nothing.
const MANY = 130;
{
	const rows = execFileSync('/usr/bin/python3', ['tests/bench/cases.py', MANY, path.join(server.dir, 'shred.bin'), one('SELECT id FROM protect_channel'),
		one("SELECT max(id) FROM record_form WHERE name = 'reprisal'"), ben, cy, one(`SELECT ${hex('public')} FROM account_key WHERE account = ${ben}`), ...(pg ? ['pg'] : [])]);
	execFileSync(pg ? 'psql' : 'sqlite3', pg ? ['-qX', '-v', 'ON_ERROR_STOP=1', pg] : ['-cmd', '.timeout 5000', path.join(server.dir, 'baraza.db')], { input: rows });
	one(`UPDATE protect_case SET due_hour = ${today * 24 - 30} + (shred % 7), due_on = ${today - 1} WHERE shred % 9 = 0`);
	one('UPDATE protect_case SET state = 3 WHERE shred % 10 = 1');
}
// What the lists are made of follows what it is made from.
const COLUMNS = 'account, of, list, due_hour, pace, turn, taken_by, channel, changed_on, is_due';
const NOW = pg ? '(SELECT n.* FROM protect_case c CROSS JOIN LATERAL protect_desk_now(c.id) n) now' : 'protect_desk_now';
const follows = (what) => {
	const apart = (a, b) => Number(one(`SELECT count(*) FROM (SELECT ${COLUMNS} FROM ${a} EXCEPT SELECT ${COLUMNS} FROM ${b}) x`));
	is(apart('protect_desk', NOW) + apart(NOW, 'protect_desk'), 0, what);
};
const idsOf = (page) => [...page.matchAll(/<h2 class="h3"><a href="\/cases\/([A-Za-z0-9_-]{22})"/g)].map((m) => Buffer.from(m[1], 'base64url').toString('hex'));
async function all(v, show) {
	const seen = [];
	let at = `/cases?show=${show}`;
	const first = (await v.ask(at)).whole;
	let whole = '';
	for (let page = first; ;) {
		const ids = idsOf(page);
		ok(ids.length <= 50, 'fifty on a page at most');
		seen.push(...ids);
		whole += page;
		const next = /href="(\/cases\?show=[a-z]+&amp;page=\d+)" rel="next"/.exec(page);
		if (!next) break;
		at = next[1].replace('&amp;', '&');
		page = (await v.ask(at)).whole;
	}
	return { seen, first, whole };
}
const want = (where) => one(`SELECT ${hex('id')} FROM protect_case WHERE withdrawn_on = 0 AND ${where}`).split('\n').filter(Boolean).sort();

await test('each case is on one page of the lists that it belongs to, and on no other', async () => {
	const v = await signIn(server, 'Ben', secrets);
	for (const [show, where] of [['open', 'state < 3'], ['closed', 'state = 3'], ['mine', `state < 3 AND taken_by = ${ben}`], ['nobody', 'state < 3 AND taken_by IS NULL'], ['waiting', 'state < 3 AND turn = 2']]) {
		const { seen, first } = await all(v, show);
		is([...seen].sort().join(), want(where).join(), show);
		has(first, `<p class="soft">${seen.length} case`, `${show}: how many there are`);
		lacks(first, 'does not open', `${show}: all of them open`);
	}
	follows('follows');
});

await test('what is late is first, then what was promised fast, then what is due next', async () => {
	const v = await signIn(server, 'Ben', secrets);
	const { seen } = await all(v, 'open');
	const hour = Math.floor(Date.now() / 3600e3);
	const rank = new Map(one(`SELECT ${hex('id')}, due_hour, pace FROM protect_case`).split('\n').map((l) => l.split('|')).map(([id, due, pace]) => [id, [Number(due) <= hour ? 0 : Number(pace), Number(due)]]));
	const ranks = seen.map((id) => rank.get(id));
	ok(ranks.filter((r) => r[0] === 0).length > 5 && ranks.filter((r) => r[0] === 1).length > 5, 'there are some of each');
	for (let i = 1; i < ranks.length; i++) ok(ranks[i - 1][0] <= ranks[i][0], `${i}: by rank`);
	for (let page = 0; page * 50 + 50 < ranks.length; page++) {
		const [a, b] = [ranks.slice(page * 50, page * 50 + 50), ranks.slice(page * 50 + 50, page * 50 + 100)];
		const same = b.filter((r) => r[0] === a.at(-1)[0]);
		for (const r of same) ok(Math.max(...a.filter((x) => x[0] === r[0]).map((x) => x[1])) <= r[1], 'what is due later is on a later page');
	}
});

await test('pages that are none are answered with one that is', async () => {
	const v = await signIn(server, 'Ben', secrets);
	for (const page of ['0', '-1', 'x', '99999999999999999999', '1e3', '']) {
		const a = await v.ask(`/cases?page=${page}`);
		is(a.status, 200, page);
		is(idsOf(a.whole).length, 50, `${page}: the first`);
	}
	const last = await v.ask('/cases?page=4000');
	is(last.status, 200, 'far behind');
	ok(idsOf(last.whole).length > 0, 'the last one');
	lacks(last.whole, 'rel="next"', 'has none behind it');
});

await test('who lacks the keys sees that there are cases, and nothing of them', async () => {
	const v = await signIn(server, 'Cy', secrets);
	const page = (await v.ask('/cases')).whole;
	is(idsOf(page).length, 50, 'rows');
	lacks(page, 'Case number', 'of no report');
	is(idsOf((await (await signIn(server, 'Dee', secrets)).ask('/cases')).whole).length, 0, 'a custodian has none');
});

await test('lists follow what people do', async () => {
	const v = await signIn(server, 'Ben', secrets);
	await report(server, 'west', { what: 'A wryneck was seen.' });
	follows('a report');
	const find = async (show) => (await all(v, show)).whole.match(/href="(\/cases\/[A-Za-z0-9_-]{22})">A wryneck/)?.[1];
	const at = await find('open');
	ok(at, 'on the list');
	await v.get(at);
	await v.send('/take"');
	follows('taken');
	is(await find('nobody'), undefined, 'somebody handles it');
	is(await find('mine'), at, 'Ben does');
	await v.get(at);
	await v.send('/say"', { text: 'we look at it' });
	follows('answered');
	is(await find('waiting'), at, 'it waits for its author');
	await v.get(at);
	await v.send('/close"', { outcome: '1' });
	follows('closed');
	is(await find('open'), undefined, 'closed');
	is(await find('closed'), at, 'and there');
	await v.get(at);
	await v.send('/take"');
	follows('opened again');
	one(`INSERT INTO protect_shut (of, account, why, on_day) SELECT id, ${cy}, 2, ${today} FROM protect_case`);
	follows('somebody is kept out');
	is(idsOf((await (await signIn(server, 'Cy', secrets)).ask('/cases')).whole).length, 0, 'and sees nothing');
	has((await v.ask('/cases')).whole, 'action="/cases/locks"', 'the locks must be changed');
	one(`DELETE FROM protect_wrap WHERE account = ${cy}`);
	follows('their keys are gone');
	lacks((await v.ask('/cases')).whole, 'action="/cases/locks"', 'nothing must be changed');
	one(`DELETE FROM protect_shut WHERE account = ${cy}`);
	follows('and nobody is kept out');
	one(`UPDATE protect_case SET withdrawn_on = ${today} WHERE shred % 9 = 2`);
	follows('some were taken back');
	is((await all(v, 'open')).seen.sort().join(), want('state < 3').join(), 'and are on no list');
});

await server.stop();
done();
