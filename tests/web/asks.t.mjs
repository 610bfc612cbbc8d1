#!/usr/bin/env node
// What people asked for stands with its evidence, what speaks against it, the votes and the answers;
// and what was taken back leaves its place.
import { randomBytes } from 'node:crypto';
import { LANGS, Visitor, forgetSummary, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
forgetSummary(server);
const sql = (text) => ask(server, text);
const ASKS = '/c/civic-space/asks';
const DAY = 86400;
const today = Math.floor(Date.now() / 1000 / DAY) * DAY;

const addItem = (kind, title, body, parent = 'NULL') => {
	const id = sql(`INSERT INTO item (uid, space, kind, parent, number, account, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
		VALUES ('${randomBytes(8).toString('hex')}', 1, ${kind}, ${parent}, (SELECT coalesce(max(number), 0) + 1 FROM item WHERE space = 1 AND kind = ${kind}),
		1, 'en', 1, 0, 0, 0, ${today}, ${today}, ${today}) RETURNING id`).split('\n')[0];
	sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${id}, 'en', 1, 0, 1, '${title}', '${body}', 1)`);
	return id;
};
const addAsk = (section, number, title, { org = 'NULL', state = 0, due = 'NULL', isPublic = 1 } = {}) => {
	const id = addItem(5, title, `More about: ${title}`);
	sql(`INSERT INTO ask (item, space, section, number, org, asked_at, due_at, state, version, is_public)
		VALUES (${id}, 1, ${section}, ${number}, ${org}, ${today - 90 * DAY}, ${due}, ${state}, 1, ${isPublic})`);
	return id;
};
const link = (from, to, relation, quote = '') =>
	sql(`INSERT INTO edge (from_item, to_item, relation, quote, at) VALUES (${from}, ${to}, ${relation}, '${quote}', 1)`);
const contributions = sql(`SELECT id FROM item WHERE space = 1 AND kind = 2 AND status = 1 AND seat IS NOT NULL ORDER BY id LIMIT 20`).split('\n');
const statement = sql(`SELECT item FROM vote WHERE space = 1 GROUP BY item ORDER BY count(*) DESC LIMIT 1`);

const org = sql(`INSERT INTO org (uid, slug, lang, country, is_sample, created_at) VALUES ('00', 'office', 'en', '', 1, 1) RETURNING id`).split('\n')[0];
sql(`INSERT INTO org_text VALUES (${org}, 'en', 'The office', 'Focal point on complaints'), (${org}, 'fr', 'Le bureau', 'Point de contact')`);
const first = addAsk(1, 1, 'Tell people what became of it', { org, due: today - 12 * DAY });
const second = addAsk(2, 1, 'Set up a fund', { org, state: 2 });
addAsk(2, 2, 'Not yet public', { isPublic: 0 });
contributions.slice(0, 6).forEach((id) => link(first, id, 2));
link(first, contributions[6], 3, 'words that are quoted');
link(first, contributions[7], 4);
link(first, statement, 2);
const answer = addItem(6, '', 'We accept it.', second);
sql(`INSERT INTO answer (item, ask, org, state, unit) VALUES (${answer}, ${second}, ${org}, 2, 'Fund unit');
	INSERT INTO answer_proof (answer, ord, url, title) VALUES (${answer}, 1, 'https://example.org/rules', 'Rules of the fund')`);

const visitor = (lang = 'en') => new Visitor(server, { lang });

await test('the list is there in every language, and only what is public stands in it', async () => {
	for (const lang of LANGS) is((await visitor(lang).get(ASKS)).status, 200, lang);
	const page = (await visitor().get(ASKS)).whole;
	has(page, '2 key asks');
	has(page, 'Tell people what became of it');
	has(page, '12 days late');
	has(page, 'We accept it.');
	ok(!page.includes('Not yet public'), 'a draft');
	has((await visitor().get('/c/civic-space')).whole, `href="${ASKS}"`, 'link from the front page');
});

await test('filters choose, and what is no choice of ours is not said', async () => {
	const shown = async (query) => /<h2 id="list">(\d+)/.exec((await visitor().get(`${ASKS}?${query}`)).whole)[1];
	is(await shown('q=1'), '1', 'question');
	is(await shown('stand=planned'), '1', 'stand');
	is(await shown('stand=done'), '0', 'none');
	is(await shown('org=office'), '2', 'who');
	is(await shown('q=x&stand=%3C&org=nobody&page=-1'), '2', 'nonsense');
});

await test('an ask shows both sides, counted', async () => {
	const page = (await visitor().get(`${ASKS}/1.1`)).whole;
	has(page, 'In favour: 6');
	has(page, 'Against: 1');
	has(page, 'With conditions: 1');
	has(page, 'words that are quoted');
	has(page, 'How people voted');
	has(page, 'The office');
	has(page, 'Focal point on complaints');
	const n = Number(sql(`SELECT count(DISTINCT i.seat) FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = ${first} AND i.kind = 2`));
	has(page, n < 5 ? 'fewer than 5' : `<b>${n}</b> people`, 'people');
	has((await visitor('fr').get(`${ASKS}/1.1`)).whole, 'Le bureau', 'the name in French');
});

await test('each source is one step away, and the page of all of them one more', async () => {
	const page = (await visitor().get(`${ASKS}/1.1/evidence?side=for`)).whole;
	for (const id of contributions.slice(0, 6)) has(page, `href="/i/${id}"`);
	has((await visitor().get(`${ASKS}/1.1/evidence?side=against`)).whole, `href="/i/${contributions[6]}"`);
	is((await visitor().get(`${ASKS}/1.1/evidence?side=%3C&page=9999999`)).status, 200, 'nonsense');
});

await test('what was taken back leaves its place and its count', async () => {
	sql(`UPDATE item SET status = 5, changed_at = ${today} WHERE id = ${contributions[0]};
		UPDATE item_text SET body = 'secret' WHERE item = ${contributions[0]};
		UPDATE item SET status = 3, changed_at = ${today} WHERE id = ${contributions[6]}`);
	const v = visitor();
	v.jar.set('lang', 'en');
	const page = (await v.get(`${ASKS}/1.1?fresh`)).whole;
	has(page, 'Withdrawn by its author on');
	has(page, 'Hidden by the moderators on');
	has(page, 'In favour: 6');
	ok(!page.includes('secret') && !page.includes('words that are quoted'), 'words');
});

await test('answers stand with their day, their office and what shows them', async () => {
	const page = (await visitor().get(`${ASKS}/2.1`)).whole;
	has(page, 'We accept it.');
	has(page, 'Fund unit');
	has(page, 'https://example.org/rules');
	has(page, 'Planned');
});

await test('few replies are not counted out', async () => {
	const seats = sql(`SELECT DISTINCT seat FROM item WHERE id IN (${contributions.slice(0, 8)})`).split('\n');
	sql(`INSERT INTO ask_reply VALUES (${first}, ${seats[0]}, 1, 'Mostly.', 1, ${today}, 1)`);
	const page = (await visitor().get(`${ASKS}/1.1?again`)).whole;
	has(page, 'Too few of those who are cited');
	has(page, 'Mostly.');
});

await test('an ask that is none, or not public, is not there', async () => {
	for (const name of ['9.9', '2.2', '1', 'x.y', '1.1.1', '99999999999999999999.1', '-1.1'])
		is((await visitor().get(`${ASKS}/${name}`)).status, 404, name);
	is((await visitor().get('/c/no-such/asks')).status, 404, 'space');
});

is(await server.stop(), 0, 'exit status');
done();
