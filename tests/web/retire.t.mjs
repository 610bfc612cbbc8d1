#!/usr/bin/env node
// A consultation comes to its end: what people said is destroyed, each address that led there says so, and what came of
// it, with its counts and its answers, stays.
import { LANGS, Visitor, baraza, serve, signIn as enter, sql as ask } from './lib.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const DAY = 86400, YEAR = 365.25;
const sink = await listen();
const server = await serve({ env: { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' } });
const sql = (text) => ask(server, text);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const signIn = (name) => enter(server, name);
const until = async (what, claim) => {
	for (let i = 0; i < 300 && !claim(); i++) await new Promise((go) => setTimeout(go, 100));
	ok(claim(), what);
};
const now = Math.floor(Date.now() / 1000);
const day = (at) => new Intl.DateTimeFormat('en-001', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(at * 1000));
const erased = () => sql(`SELECT count(*) FROM space_end WHERE done_at IS NOT NULL`);
const wordsLeft = (space) => sql(`SELECT (SELECT count(*) FROM vote WHERE space = ${space}) + (SELECT count(*) FROM seat WHERE space = ${space})
	+ (SELECT count(*) FROM item_text t JOIN item i ON i.id = t.item WHERE i.space = ${space} AND i.kind IN (2, 3, 4))
	+ (SELECT count(*) FROM item_past t JOIN item i ON i.id = t.item WHERE i.space = ${space} AND i.kind IN (2, 3, 4))
	+ (SELECT count(*) FROM item i WHERE i.space = ${space} AND i.kind IN (2, 3, 4) AND (i.seat IS NOT NULL OR i.account IS NOT NULL OR i.status <> 6))
	+ (SELECT count(*) FROM useful u JOIN item i ON i.id = u.item WHERE i.space = ${space}) + (SELECT count(*) FROM flag WHERE space = ${space})
	+ (SELECT count(*) FROM decision WHERE space = ${space}) + (SELECT count(*) FROM member WHERE space = ${space})
	+ (SELECT count(*) FROM ask_reply r JOIN ask a ON a.item = r.ask WHERE a.space = ${space})
	+ (SELECT count(*) FROM item_clause c JOIN item i ON i.id = c.item WHERE i.space = ${space})
	+ (SELECT count(*) FROM edge e JOIN item i ON i.id = e.to_item WHERE i.space = ${space} AND e.quote <> '' AND e.relation BETWEEN 2 AND 4)
	+ (SELECT count(*) FROM edge_past p JOIN item i ON i.id = p.to_item WHERE i.space = ${space} AND (p.quote <> '' OR p.was_quote <> ''))`);

// Somebody who takes part, whose code opens nothing but this.
const person = visitor();
const question = sql(`SELECT number FROM item WHERE space = 1 AND kind = 1 AND status = 1 ORDER BY number LIMIT 1`);
await person.get(`/c/civic-space/q/${question}`);
await person.get('/c/civic-space/vote');
await person.send('action="/c/civic-space/vote"', { v: '1' });
const people = Number(sql('SELECT count(*) FROM participant'));
const [askId, askAt] = sql(`SELECT a.item, a.section, a.number FROM ask a WHERE a.space = 1 AND a.is_public = 1
	AND (SELECT count(*) FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = a.item AND e.relation IN (2, 3, 4) AND i.kind = 2) > 4
	AND EXISTS (SELECT 1 FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = a.item AND e.relation IN (2, 3, 4) AND i.kind = 4)
	AND EXISTS (SELECT 1 FROM answer n WHERE n.ask = a.item) ORDER BY a.item LIMIT 1`).replace(/\|(\d+)\|/, '|$1.').split('|');
const ASK = `/c/civic-space/asks/${askAt}`;
const cited = sql(`SELECT i.id, i.uid, i.number FROM edge e JOIN item i ON i.id = e.to_item WHERE e.from_item = ${askId} AND e.relation IN (2, 3, 4) AND i.kind = 2 ORDER BY e.id LIMIT 1`).split('|');
const uncited = sql(`SELECT i.uid FROM item i WHERE i.space = 1 AND i.kind = 2 AND i.status = 1 AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.to_item = i.id) ORDER BY i.id LIMIT 1`);
const statement = sql(`SELECT i.uid FROM item i WHERE i.space = 1 AND i.kind = 4 AND i.status = 1 ORDER BY i.id LIMIT 1`);
sql(`UPDATE item SET status = 0, published_at = NULL WHERE uid = '${sql(`SELECT i.uid FROM item i WHERE i.space = 1 AND i.kind = 2 ORDER BY i.id DESC LIMIT 1`)}'`);
const unseen = sql('SELECT uid FROM item WHERE space = 1 AND kind = 2 AND status = 0 ORDER BY id DESC LIMIT 1');

// An answer in another consultation shows what this one said as its proof.
const other = sql(`SELECT id FROM space WHERE slug <> 'civic-space' AND access = 0 AND state IN (1, 2) ORDER BY id LIMIT 1`);
const otherSlug = sql(`SELECT slug FROM space WHERE id = ${other}`);
const add = (kind, parent) => sql(`INSERT INTO item (uid, space, kind, parent, number, account, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
	VALUES ('${kind}${'0'.repeat(14)}f', ${other}, ${kind}, ${parent}, 1, 1, 'en', 1, 0, 0, 0, ${now}, ${now}, ${now}) RETURNING id`).split('\n')[0];
const org = sql('SELECT min(id) FROM org');
const otherAsk = add(5, 'NULL');
sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${otherAsk}, 'en', 1, 0, 1, 'Elsewhere', 'More', 1);
	INSERT INTO ask (item, space, section, number, org, asked_at, state, version, is_public) VALUES (${otherAsk}, ${other}, 0, 1, ${org}, ${now}, 2, 1, 1)`);
const otherAnswer = add(6, otherAsk);
sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${otherAnswer}, 'en', 1, 0, 1, '', 'Yes, as people said.', 1);
	INSERT INTO answer (item, ask, org, state, unit) VALUES (${otherAnswer}, ${otherAsk}, ${org}, 2, '');
	INSERT INTO answer_proof (answer, ord, url, title, item) VALUES (${otherAnswer}, 1, '/i/${cited[1]}', 'What somebody said', ${cited[0]})`);

const admin = await signIn('admin');
await admin.get('/site/settings');
await admin.send('action="/site/settings"', { base_url: 'https://baraza.example' });

await test('the house says how long, and only a number will do', async () => {
	await admin.get('/site/settings');
	is((await admin.send('action="/site/settings"', { keep_years: '0' })).status, 422, 'none');
	is((await admin.send('action="/site/settings"', { keep_years: '51' })).status, 422, 'too many');
	is((await admin.send('action="/site/settings"', { keep_years: '3' })).status, 200, 'three years');
	is(sql(`SELECT value FROM site_setting WHERE name = 'keep_years'`), '3', 'kept');
	has(admin.page, 'name="keep_years" value="3"', 'shown');
});

await test('an organiser says otherwise for a consultation; nobody else may', async () => {
	const organiser = await signIn('organiser');
	await organiser.get('/desk/civic-space');
	has(organiser.page, 'href="/desk/civic-space/keep"', 'linked');
	for (const lang of LANGS) is((await organiser.get('/desk/civic-space/keep', { headers: { 'accept-language': lang } })).status, 200, lang);
	await organiser.get('/desk/civic-space/keep');
	has(organiser.page, 'This site says: 3 years.', 'as the house says');
	ok(!organiser.page.includes('/desk/civic-space/delete'), 'an organiser does not delete');
	is((await organiser.send('name="how"', { how: 'years', years: '' })).status, 422, 'how many');
	has(organiser.page, 'Write how many years', 'says so');
	is((await organiser.send('name="how"', { how: 'years', years: '2' })).status, 200, 'two');
	is(sql('SELECT keep_years FROM space WHERE id = 1'), '2', 'kept');
	await organiser.send('name="how"', { how: 'always' });
	is(sql('SELECT keep_years FROM space WHERE id = 1'), '0', 'always');
	await organiser.send('name="how"', { how: 'house' });
	is(sql('SELECT coalesce(keep_years, -1) FROM space WHERE id = 1'), '-1', 'as the house');
	is(sql('SELECT count(*) FROM space_end'), '0', 'an open one is not warned');
	const moderator = await signIn('moderator');
	is((await moderator.get('/desk/civic-space/keep')).status, 403, 'a moderator');
	is((await organiser.get('/desk/civic-space/delete')).status, 403, 'the organiser deletes');
	is((await visitor().ask('/desk/civic-space/keep')).status, 303, 'somebody');
});

await test('a warning comes a month before: on the desk, and by mail to those who follow', async () => {
	const v = visitor();
	await v.get('/follow/c/civic-space');
	await v.send('/follow/c/civic-space', { address: 'ana@example.org', rhythm: 'instant' });
	const yes = await sink.next(1);
	const who = visitor();
	await who.get(/https:\/\/baraza\.example(\/en\/mail\/\S+)/.exec(yes.text)[1]);
	await who.send('name="do" value="yes"', { do: 'yes' });
	const closed = Math.floor(now - 3 * YEAR * DAY + 20 * DAY);
	sql(`UPDATE space SET state = 2, closed_at = ${closed} WHERE id = 1`);
	const organiser = await signIn('organiser');
	await organiser.get('/desk/civic-space/keep');
	await organiser.send('name="how"', { how: 'house' });
	const due = Number(sql('SELECT due_at FROM space_end WHERE space = 1'));
	ok(due >= now + 30 * DAY && due % DAY === 0, `${due}: a month, though its time is over in twenty days`);
	has(organiser.page, `will be deleted on ${day(due)}`, 'on its page');
	await organiser.get('/desk');
	has(organiser.page, `will be deleted on ${day(due)}`, 'in the list of what is due');
	sql('UPDATE notify_news SET at = at - 120; UPDATE notify_reader SET next_at = 0');
	const letter = await sink.next(2);
	has(letter.text, `will be deleted on ${day(due)}`, 'the letter');
	// More time takes the warning back; less brings it again.
	await organiser.get('/desk/civic-space/keep');
	await organiser.send('name="how"', { how: 'years', years: '9' });
	is(sql('SELECT count(*) FROM space_end'), '0', 'taken back');
	await organiser.send('name="how"', { how: 'house' });
	is(sql('SELECT count(*) FROM space_end WHERE begun_at IS NULL'), '1', 'again');
});

const before = (await visitor().get(ASK)).whole;
const figures = (page) => [.../<ul class="kpi">(.*?)<\/ul>/s.exec(page)[1].matchAll(/<b>(.*?)<\/b>/g)].map((m) => m[1]).join();
const votes = (page) => [...page.matchAll(/<ul class="hb gr">(.*?)<\/ul>/gs)].map((m) => m[1].replace(/\s+/g, ' ')).join('\n');
const answers = (page) => [...page.matchAll(/<li id="n(\d+)">/g)].map((m) => m[1]).join();
const before_csv = (await visitor().get('/c/civic-space/summary/asks.csv')).whole;
const coverage = (page) => /<b>([^<]*)<\/b> [^<]*contributions[^<]*/.exec(page)?.[0];
const before_list = (await visitor().get('/c/civic-space/asks')).whole;

await test('its day alone is not enough: the warning must have stood on seven days', async () => {
	sql(`UPDATE space SET closed_at = ${Math.floor(now - 4 * YEAR * DAY)} WHERE id = 1;
		UPDATE space_end SET due_at = ${(Math.floor((now - 40 * DAY) / DAY) + 31) * DAY}, warned_at = ${now - 40 * DAY}, looks = 5, looked_on = ${Math.floor(now / DAY) - 1}`);
	const organiser = await signIn('organiser');
	await organiser.get('/desk/civic-space/keep');
	await organiser.send('name="how"', { how: 'house' });
	await organiser.send('name="how"', { how: 'house' });
	is(sql('SELECT looks FROM space_end WHERE begun_at IS NULL'), '6', 'one a day, and not begun');
});

await test('then what people said is destroyed', async () => {
	sql(`UPDATE space_end SET looked_on = ${Math.floor(now / DAY) - 1}`);
	const organiser = await signIn('organiser');
	await organiser.get('/desk/civic-space/keep');
	is((await organiser.send('name="how"', { how: 'house' })).status, 410, 'it begins');
	await until('erased', () => erased() === '1');
	is(wordsLeft(1), '0', 'nothing is left');
	ok(Number(sql('SELECT count(*) FROM participant')) < people, 'codes that open nothing are gone');
	is(sql('SELECT count(*) FROM participant p WHERE p.account IS NULL AND NOT EXISTS (SELECT 1 FROM seat s WHERE s.participant = p.id) AND NOT EXISTS (SELECT 1 FROM account_held h WHERE h.participant = p.id)'), '0', 'no orphans');
	is(sql(`SELECT count(*) FROM audit_line WHERE space = 1 AND what IN (408, 409) AND account = 0`), '2', 'written down');
	has(baraza(server, ['check']), /0 faults|no fault|fine|ok/i, 'the house is whole');
});

await test('every address that led there tells it, in every language, and shows no word', async () => {
	const paths = ['/c/civic-space', `/c/civic-space/q/${question}`, '/c/civic-space/vote', '/c/civic-space/vote/list', '/c/civic-space/results', '/c/civic-space/unused',
		'/c/civic-space/log', '/c/civic-space/data', `/i/${cited[1]}`, `/i/${cited[0]}`, `/i/${uncited}`, `/i/${statement}`];
	for (const path of paths) {
		const page = await visitor().get(path);
		is(page.status, 410, path);
		has(page.whole, 'What was here', path);
	}
	for (const lang of LANGS)
		for (const path of ['/c/civic-space', `/i/${cited[1]}`]) {
			const page = await visitor(lang).get(path);
			is(page.status, 410, `${lang} ${path}`);
			is(/[{}]/.test(page.whole), false, 'a placeholder is left');
		}
	is((await visitor().get(`/i/${unseen}`)).status, 404, 'what never was public');
	const front = (await visitor().get('/c/civic-space')).whole;
	has(front, 'href="/c/civic-space/asks"', 'the way to the asks');
	has(front, 'It was kept as long as was said.', 'why');
	has((await visitor().get(`/i/${cited[1]}`)).whole, `href="${ASK}"`, 'the way to the ask that cites it');
	is((await person.send('action="/c/civic-space/vote"', { v: '1' })).status, 410, 'a vote');
	ok(!(await visitor().get('/c')).whole.includes('/c/civic-space"'), 'not in the list');
});

await test('an ask keeps its counts, its votes and its answers; its evidence is a tombstone', async () => {
	const page = (await visitor().get(ASK)).whole;
	is(figures(page), figures(before), 'figures');
	is(votes(page), votes(before), 'votes');
	ok(votes(page).length > 0, 'there are votes');
	is(answers(page), answers(before), 'answers');
	has(page, `Withdrawn: deleted with its consultation on ${day(now)}`, 'tombstone');
	has(page, `href="/i/${cited[0]}"`, 'that has an address');
	for (const lang of LANGS) for (const path of ['/c/civic-space/asks', ASK, `${ASK}/evidence?side=for`, '/c/civic-space/summary', `${ASK}/feed`, '/c/civic-space/feed', '/c/civic-space/dates.ics'])
		is((await visitor(lang).get(path)).status, 200, `${lang} ${path}`);
	is((await visitor().get('/c/civic-space/summary/asks.csv')).whole, before_csv, 'the same file');
	is(coverage((await visitor().get('/c/civic-space/asks')).whole), coverage(before_list), 'coverage');
	has((await visitor().get('/c/civic-space/summary.pdf')).whole.slice(0, 8), '%PDF', 'PDF');
	const rows = (await visitor().get('/c/civic-space/summary/evidence.csv')).whole.trim().split('\n').slice(1);
	ok(rows.length > 0 && rows.every((r) => /,1\r?$/.test(r)), 'all gone, and listed');
	for (const doc of sql('SELECT number FROM document WHERE space = 1 AND version > 0').split('\n').filter(Boolean))
		is((await visitor().get(`/c/civic-space/d/${doc}`)).status, 200, `document ${doc}`);
});

await test('an answer elsewhere that showed it as proof says that it is gone', async () => {
	const page = (await visitor().get(`/c/${otherSlug}/asks/0.1`)).whole;
	has(page, 'Yes, as people said.', 'the answer');
	has(page, `Withdrawn: deleted with its consultation on ${day(now)}`, 'tombstone');
	is((await visitor().get(`/i/${cited[0]}`)).status, 410, 'where it leads');
});

await test('who must answer can go on', async () => {
	const responder = await signIn('responder');
	const open = sql(`SELECT a.item FROM ask a JOIN org_account o ON o.org = a.org JOIN account x ON x.id = o.account
		WHERE x.name_key = 'responder' AND a.space = 1 AND a.is_public = 1 AND a.state <= 1 ORDER BY a.item LIMIT 1`);
	is((await responder.get(`/answers/${open}`)).status, 200, 'the room');
	for (const path of ['/answers', '/desk', '/site/people', '/account'])
		ok((await responder.get(path)).status < 500, path);
});

await test('an administrator deletes by hand: the name, once, and only they', async () => {
	const slug = sql(`SELECT slug FROM space WHERE id = ${other}`);
	for (const name of ['organiser', 'editor', 'responder']) is((await (await signIn(name)).get(`/desk/${slug}/delete`)).status, 403, name);
	is((await visitor().ask(`/desk/${slug}/delete`)).status, 303, 'nobody');
	await admin.get(`/desk/${slug}/keep`);
	has(admin.page, `href="/desk/${slug}/delete"`, 'linked');
	for (const lang of LANGS) is((await admin.get(`/desk/${slug}/delete`, { headers: { 'accept-language': lang } })).status, 200, lang);
	is((await admin.send('name="name"', { name: 'another' })).status, 422, 'another name');
	is(sql(`SELECT count(*) FROM space WHERE id = ${other} AND state = 4`), '0', 'nothing happened');
	const twice = visitor();
	twice.jar = new Map(admin.jar);
	await twice.get(`/desk/${slug}/delete`);
	const gone = await admin.send('name="name"', { name: slug });
	is(gone.status, 410, 'it is gone');
	has(gone.whole, 'The people who run this site deleted it', 'who');
	is((await twice.send('name="name"', { name: slug })).status, 410, 'once more');
	await until('erased', () => erased() === '2');
	is(wordsLeft(other), '0', 'nothing is left');
	has((await visitor().get(`/c/${slug}/asks/0.1`)).whole, 'Yes, as people said.', 'the answer stays');
	is(sql(`SELECT count(*) FROM audit_line WHERE space = ${other} AND what = 408 AND account > 0`), '1', 'written down, with who');
});

await test('a draft that nobody saw leaves nothing to see', async () => {
	await admin.get('/desk/new');
	await admin.send('action="/desk/new"', { title: 'A try', lang: 'en' });
	const slug = /\/desk\/([^/]+)\//.exec(admin.at)[1];
	await admin.get(`/desk/${slug}/delete`);
	is((await admin.send('name="name"', { name: slug })).status, 200, 'to the list');
	is(admin.at, '/desk', 'to the list');
	ok(!admin.page.includes(slug), 'not in it');
	is((await visitor().get(`/c/${slug}`)).status, 404, 'no tombstone');
});

is(await server.stop(), 0, 'exit status');
await sink.close();
done();
