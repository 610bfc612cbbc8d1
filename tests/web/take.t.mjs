#!/usr/bin/env node
// Files to take away: of any size, a few at a time, and what is written down of who took them.
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, baraza, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'four words not related';
const home = '/c/civic-space';
const PEOPLE = 3000, WORDS = 900;

// A consultation with 72,000 votes more, and words of four million letters.
let server = await serve();
const dir = server.dir;
const [space, question] = sql(server, "SELECT s.id, min(q.id) FROM space s JOIN item q ON q.space = s.id AND q.kind = 1 WHERE s.slug = 'civic-space' GROUP BY s.id").split('|');
const bytes = server.env.BARAZA_DB ? "('x' || n)::bytea" : "CAST('x' || n AS BLOB)";
const count = (to) => `WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < ${to})`;
sql(server, `${count(PEOPLE)} INSERT INTO participant (id, code_key) SELECT 100000 + n, ${bytes} FROM x;
	${count(PEOPLE)} INSERT INTO seat (id, space, participant, number, alias, lang, country, is_trusted)
		SELECT 100000 + n, ${space}, 100000 + n, 100000 + n, '', 'en', 'KE', 0 FROM x;
	INSERT INTO vote (space, seat, item, value, at) SELECT ${space}, s.id, i.id, (s.id + i.number) % 3 - 1, 0 FROM seat s JOIN item i ON i.space = s.space
		WHERE s.space = ${space} AND s.id > 100000 AND i.kind = 4 AND i.status = 1;
	${count(WORDS)} INSERT INTO item (id, uid, space, kind, parent, number, seat, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
		SELECT 100000 + n, 'long' || n, ${space}, 2, ${question}, 100000 + n, 100000 + n, 'en', 1, 0, 0, 0, 1, 1, 1 FROM x;
	INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at)
		SELECT id, 'en', 1, 0, 0, '', '=' || replace('${'words '.repeat(1000)}', 'words', 'wor"s'), 1 FROM item WHERE id > 100000`);
await server.kill();
server = await serve({ dir });
const v = new Visitor(server, { lang: 'en' });

// Asks again until the background has counted.
async function figures() {
	for (let i = 0; i < 300; i++) {
		const answer = await v.ask(`${home}/data/figures.json`);
		if (answer.status === 200) return JSON.parse(answer.whole);
		await new Promise((r) => setTimeout(r, 200));
	}
	throw new Error('nothing was counted');
}
const f = await figures();
const lines = (text) => text.split('\r\n').slice(1, -1);

await test('all votes of many people, each person under one number', async () => {
	const answer = await v.ask(`${home}/data/votes.csv`);
	is(answer.status, 200, 'status');
	is(answer.headers.get('content-disposition'), 'attachment; filename="votes.csv"');
	const all = lines(answer.whole).map((l) => l.split(',').map(Number));
	ok(f.votes > 72000, `${f.votes} votes`);
	is(all.length, f.votes, 'rows');
	let last = 0;
	for (const [person] of all) {
		ok(person === last || person === last + 1, `person ${person} behind ${last}`);
		last = person;
	}
	is(last, Number(sql(server, `SELECT count(DISTINCT seat) FROM vote WHERE space = ${space}`)), 'people');
	const agree = new Map();
	for (const [, statement, vote] of all) if (vote === 1) agree.set(statement, (agree.get(statement) ?? 0) + 1);
	for (const s of f.statements) is(agree.get(s.statement), s.everyone.agree, `statement ${s.statement}`);
	is(new Set(all.slice(0, 5000).map(([person]) => person)).size > 100, true, 'people are mixed');
});

await test('words larger than a page may be', async () => {
	const answer = await v.ask(`${home}/data/contributions.csv`);
	is(answer.status, 200, 'status');
	ok(answer.whole.length > 5e6, `${answer.whole.length} letters`);
	is(lines(answer.whole).length, f.contributions, 'rows');
	has(answer.whole, `100001,`, 'number');
	has(answer.whole, '"\'=wor""s wor""s', 'a formula is none');
});

await test('the size is told before', async () => {
	const head = await v.ask(`${home}/data/votes.csv`, { method: 'HEAD' });
	const whole = await v.ask(`${home}/data/votes.csv`);
	is(head.whole, '', 'no body');
	is(Number(head.headers.get('content-length')), Buffer.byteLength(whole.whole) + 3, 'length, with the mark that fetch takes off');
});

await test('a few at a time; then one is told when to come again', async () => {
	const answers = await Promise.all(Array.from({ length: 12 }, () => new Visitor(server, { lang: 'en' }).ask(`${home}/data/contributions.csv`)));
	const full = answers.filter((a) => a.status === 503);
	ok(full.length > 0, `of ${answers.map((a) => a.status)}`);
	for (const a of full) is(a.headers.get('retry-after'), '5', 'when');
	const got = answers.filter((a) => a.status === 200);
	ok(got.length >= 4, `${got.length} were given`);
	for (const a of got) is(a.whole, got[0].whole, 'all the same');
	is((await v.ask(`${home}/data/statements.csv`)).status, 200, 'afterwards');
});

await test('what is taken by the desk is written down; what visitors take is not', async () => {
	const taken = () => Number(sql(server, 'SELECT count(*) FROM audit_line WHERE what = 501'));
	is(taken(), 0, 'so far');
	baraza(server, ['user', 'add', 'Ana', 'admin'], `${PASSWORD}\n`);
	const ana = new Visitor(server, { lang: 'en' });
	await ana.get('/sign-in');
	await ana.send('action="/sign-in"', { name: 'Ana', password: PASSWORD });
	for (const file of ['data/statements.csv', 'data/tables.xlsx', 'summary/asks.csv', 'summary/summary.json'])
		is((await ana.ask(`${home}/${file}`)).status, 200, file);
	is(taken(), 4, 'files');
	is((await ana.ask(`${home}/data/statements.csv`, { method: 'HEAD' })).status, 200, 'a look');
	is((await ana.ask(`${home}/data/nothing.csv`)).status, 404, 'nothing');
	is((await v.ask(`${home}/data/statements.csv`)).status, 200, 'a visitor');
	is(taken(), 4, 'neither is written down');
	await ana.get('/site/audit');
	has(ana.page, 'The chain holds.', 'chain');
	is(sql(server, `SELECT DISTINCT account, space FROM audit_line WHERE what = 501`).split('|')[1], space, 'of which space');
});

await test('asks as files', async () => {
	const asks = lines((await v.ask(`${home}/summary/asks.csv`)).whole);
	const json = JSON.parse((await v.ask(`${home}/summary/summary.json`)).whole);
	is(asks.length, json.asks.length, 'asks');
	is(json.slug, 'civic-space');
	ok(json.asks.length > 10 && json.asks.some((a) => a.evidence.length && a.answers.length), 'with what belongs to them');
});

// A page that was kept is shown anew until it says so.
async function until(path, is_there) {
	for (let i = 0; i < 400; i++) {
		const page = (await new Visitor(server, { lang: 'en' }).ask(path)).whole;
		if (is_there(page)) return page;
		await new Promise((r) => setTimeout(r, 200));
	}
	throw new Error(`${path} stays as it was`);
}

await test('what the command line does beside the open house is written down, and shows', async () => {
	const what = (n) => sql(server, `SELECT count(*), max(space) FROM audit_line WHERE what = ${n}`);
	await until('/', (page) => !page.includes('Talk from elsewhere'));
	baraza(server, ['export', '--space', 'civic-space', path.join(dir, 'out')]);
	is(what(502), `1|${space}`, 'taken');
	const from = path.join(dir, 'polis');
	fs.mkdirSync(from);
	fs.writeFileSync(path.join(from, 'comments.csv'), 'comment-id,comment-body\n0,a\n1,b\n');
	fs.writeFileSync(path.join(from, 'participants-votes.csv'), 'participant,0,1\n1,1,1\n2,1,\n');
	baraza(server, ['import', 'polis', from, '--space', 'elsewhere', '--title', 'Talk from elsewhere']);
	is(what(406), '1|' + sql(server, "SELECT id FROM space WHERE slug = 'elsewhere'"), 'imported');
	await until('/', (page) => page.includes('Talk from elsewhere'));
});

await test('a statement that somebody hides in the database leaves the results', async () => {
	const before = await until(`${home}/results`, (page) => page.includes('class="kpi"'));
	const shown = lines((await v.ask(`${home}/data/statements.csv`)).whole).map((l) => /^(\d+),"([^"]+)"/.exec(l))
		.find((m) => m && before.includes(m[2]));
	sql(server, `UPDATE item SET status = 3 WHERE space = ${space} AND kind = 4 AND number = ${shown[1]}`);
	await until(`${home}/results`, (page) => page.includes('class="kpi"') && !page.includes(shown[2]));
});

await server.stop();
fs.rmSync(dir, { recursive: true, force: true });
done();
