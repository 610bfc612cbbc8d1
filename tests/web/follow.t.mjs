#!/usr/bin/env node
// People follow by mail: no letter without a yes, one letter for all that is new, and one link ends it.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, serve, signIn as enter, sql as ask } from './lib.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const sink = await listen();
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-follow-'));
const env = { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' };
let server = await serve({ dir, env });
const words = server.log; // of the first start: it tells the passwords
const sql = (text) => ask(server, text);
const one = (text) => sql(text).split('\n')[0];
const BASE = 'https://baraza.example';
const DAY = 86400;
const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
const visitor = (lang = 'en') => new Visitor(server, { lang });
const signIn = (name) => enter(server, name, { words });
const count = (table) => Number(one(`SELECT count(*) FROM notify_${table}`));
const until = async (what, claim) => {
	for (let i = 0; i < 150 && !claim(); i++) await new Promise((go) => setTimeout(go, 100));
	ok(claim(), what);
};
// What is in a letter leads into the house under test.
const linkOf = (letter, end = '') => new RegExp(`${BASE}(/[a-z]{2}/mail/[\\w-]+${end})\\n`).exec(letter.text)[1];
const follow = async (what, address, rhythm = 'instant', lang = 'en') => {
	const v = visitor(lang);
	const n = sink.letters.length;
	is((await v.get(`/follow/${what}`)).status, 200, what);
	is((await v.send(`/follow/${what}`, { address, rhythm })).status, 200, 'sent');
	is(v.at.endsWith('/follow/sent'), true, 'told');
	return sink.next(n + 1);
};
const sayYes = async (letter) => {
	const v = visitor();
	await v.get(linkOf(letter));
	has(v.page, 'Nothing is sent before you say yes', 'asks');
	await v.send('name="do" value="yes"', { do: 'yes' });
	has(v.page, 'role="status"', 'saved');
	return v;
};
const news = (item) => sql(`INSERT INTO notify_news (item, at) VALUES (${item}, ${Math.floor(Date.now() / 1000) - 120}); UPDATE notify_reader SET next_at = 0`);
const quiet = async (n) => {
	await new Promise((go) => setTimeout(go, 6500));
	is(sink.letters.length, n, 'letters');
};
const [firstAsk, secondAsk] = sql('SELECT item FROM ask WHERE is_public = 1 AND space = 1 AND org IS NOT NULL ORDER BY section, number').split('\n');
const address = (item) => one(`SELECT section || '.' || number FROM ask WHERE item = ${item}`);
const orgSlug = one(`SELECT o.slug FROM org o JOIN ask a ON a.org = o.id WHERE a.item = ${firstAsk}`);
sql(`UPDATE org SET country = 'KE' WHERE slug = '${orgSlug}'`);

await test('without an address of the house nobody can follow', async () => {
	const v = visitor();
	has((await v.get('/follow/c/civic-space')).whole, 'This site sends no mail.', 'told');
	for (const [what, feed] of [['c/civic-space', '/c/civic-space/feed'], [`o/${orgSlug}`, `/o/${orgSlug}/feed`], [`ask/${firstAsk}`, '/feed']]) {
		has((await v.get(`/follow/${what}`)).whole, `href="${feed}"`, 'the feed instead');
		is((await v.ask(feed)).status, 200, feed);
	}
	ok(!(await v.get('/c/civic-space/asks')).whole.includes('/follow/'), 'not linked');
	const admin = await signIn('admin');
	await admin.get('/site/settings');
	await admin.send('action="/site/settings"', { base_url: BASE });
	for (const page of ['/c/civic-space/asks', `/c/civic-space/asks/${address(firstAsk)}`, `/o/${orgSlug}`])
		has((await v.get(page)).whole, '/follow/', page);
});

await test('every kind can be followed, in each language; what is not public cannot', async () => {
	const theme = one('SELECT id FROM theme WHERE space = 1 ORDER BY ord LIMIT 1');
	for (const lang of LANGS)
		for (const what of ['c/civic-space', `theme/${theme}`, 'country/KE', `ask/${firstAsk}`, `o/${orgSlug}`]) {
			const page = (await visitor(lang).get(`/follow/${what}`));
			is(page.status, 200, `${lang} ${what}`);
			is(/[{}]/.test(page.whole), false, 'a placeholder is left');
		}
	has((await visitor().get(`/follow/o/${orgSlug}`)).whole, '/follow/country/KE', 'its country');
	has((await visitor().get('/follow/c/civic-space')).whole, `/follow/theme/${theme}`, 'its themes');
	for (const what of ['c/nothing', 'c/x%27', 'theme/99999', 'country/XX', 'country/ke', 'ask/1', 'ask/x', 'o/none', 'what/1'])
		is((await visitor().get(`/follow/${what}`)).status, 404, what);
	sql('UPDATE space SET access = 1 WHERE id = 1');
	for (const what of ['c/civic-space', `theme/${theme}`, `ask/${firstAsk}`])
		is((await visitor().get(`/follow/${what}`)).status, 404, `${what} by link only`);
	sql('UPDATE space SET access = 0 WHERE id = 1');
});

await test('what is no address is shown again, and a form without its token is refused', async () => {
	const v = visitor();
	for (const wrong of ['', 'ana', 'ana@x', 'ana@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org']) {
		await v.get('/follow/c/civic-space');
		is((await v.send('/follow/c/civic-space', { address: wrong, rhythm: 'weekly' })).status, 422, JSON.stringify(wrong));
		has(v.page, /value="weekly" checked/, 'what was chosen');
	}
	const body = () => new URLSearchParams({ address: 'eve@example.org', rhythm: 'daily' });
	is((await visitor().ask('/follow/c/civic-space', { method: 'POST', body: body() })).status, 422, 'no token');
	is(count('reader'), 0, 'readers');
});

let ana, link;
await test('first one letter asks, and nothing is sent before a yes', async () => {
	const letter = await follow('c/civic-space', 'Ana@example.org');
	is(letter.to.join(), 'Ana@example.org', 'to');
	has(letter.head['list-unsubscribe'], `<${BASE}/en/mail/`, 'heading');
	is(letter.head['list-unsubscribe-post'], 'List-Unsubscribe=One-Click', 'heading');
	has(letter.text, 'If it was not you, do nothing.', 'text');
	await until('sent', () => count('mail') === 0);
	news(firstAsk);
	await quiet(1);
	ana = await sayYes(letter);
	link = linkOf(letter);
	news(firstAsk);
	const digest = await sink.next(2);
	is(digest.head.subject, '1 new thing that you follow', 'subject');
	has(digest.text, `${BASE}/en/c/civic-space/asks/${address(firstAsk)}\n`, 'link');
	has(digest.text, 'New: what people ask for', 'kind');
	is(digest.head['content-type'], 'text/plain; charset=utf-8', 'plain');
	has(digest.text, `${BASE}${link}/stop`, 'one link ends it');
});

await test('the same address, written otherwise, is the same reader, and is asked again', async () => {
	await sayYes(await follow(`ask/${firstAsk}`, 'ana@EXAMPLE.org'));
	is(count('reader'), 1, 'readers');
	const n = sink.letters.length;
	news(firstAsk);
	const letter = await sink.next(n + 1);
	is(letter.text.split(`asks/${address(firstAsk)}\n`).length - 1, 1, 'told once, whatever leads to it');
});

await test('a digest groups all that is new and is never empty', async () => {
	const n = sink.letters.length;
	const answer = one('SELECT a.item FROM answer a JOIN item i ON i.id = a.item WHERE i.status = 1 ORDER BY a.item LIMIT 1');
	for (const item of [secondAsk, firstAsk, answer]) sql(`INSERT INTO notify_news (item, at) VALUES (${item}, ${Math.floor(Date.now() / 1000) - 50})`);
	sql(`UPDATE notify_reader SET next_at = 0; UPDATE notify_news SET at = at - 60`);
	const letter = await sink.next(n + 1);
	is(letter.head.subject, '3 new things that you follow', 'subject');
	has(letter.text, 'New answer from', 'answer');
	ok(letter.text.indexOf(`asks/${address(firstAsk)}\n`) < letter.text.indexOf(`asks/${address(secondAsk)}\n`), 'in order');
	sql(`UPDATE notify_reader SET next_at = 0, rhythm = 2`);
	await quiet(n + 1);
	ok(Number(one('SELECT min(next_at) FROM notify_reader')) > today, 'until tomorrow');
	is(Number(one('SELECT next_at % 86400 FROM notify_reader')), 6 * 3600, 'in the morning');
});

await test('what was taken back meanwhile is not told', async () => {
	const n = sink.letters.length;
	sql(`UPDATE ask SET is_public = 0 WHERE item = ${firstAsk}`);
	news(firstAsk);
	await quiet(n);
	sql(`UPDATE ask SET is_public = 1 WHERE item = ${firstAsk}`);
});

await test('a letter is in the language in which it was asked for', async () => {
	for (const lang of LANGS) {
		const letter = await follow('country/KE', `${lang}@example.org`, 'weekly', lang);
		is(letter.head['content-language'].slice(0, 2), lang, 'language');
		const n = sink.letters.length;
		const v = visitor(lang);
		await v.get(linkOf(letter));
		await v.send('name="do" value="yes"', { do: 'yes' });
		const id = one('SELECT max(id) FROM notify_reader');
		is(Number(one(`SELECT (next_at / 86400 + 4) % 7 FROM notify_reader WHERE id = ${id}`)), 1, 'a Monday');
		sql(`INSERT INTO notify_news (item, at) VALUES (${firstAsk}, 1); UPDATE notify_reader SET next_at = 0 WHERE id = ${id}`);
		const digest = await sink.next(n + 1);
		is(digest.to.join(), `${lang}@example.org`, 'to');
		has(digest.text, `${BASE}/${lang}/c/civic-space`, lang);
		sql(`UPDATE notify_reader SET seen = (SELECT max(id) FROM notify_news)`);
	}
});

await test('an address is asked three times a day, no more, and nobody learns of it', async () => {
	for (const what of ['c/civic-space', `ask/${firstAsk}`, `ask/${secondAsk}`]) await follow(what, 'victim@example.org');
	const n = sink.letters.length;
	const v = visitor();
	await v.get('/follow/country/KE');
	is((await v.send('/follow/country/KE', { address: 'victim@example.org', rhythm: 'daily' })).status, 200, 'status');
	is(v.at.endsWith('/follow/sent'), true, 'the same page');
	await quiet(n);
});

await test('a link opens nothing but its own reader', async () => {
	const [, token] = /\/mail\/([\w-]+)/.exec(link);
	for (const wrong of ['x', token.slice(0, -1), `${token}1`, `A${token.slice(1)}`, token.replace(/\d+$/, '2'), `${token}%00`])
		ok([400, 404].includes((await visitor().get(`/mail/${wrong}`)).status) || wrong === token, wrong);
	const other = one(`SELECT id FROM notify_follow WHERE reader <> 1 LIMIT 1`);
	await ana.get(link);
	await ana.send('value="stop"', { do: 'stop', follow: other });
	is(one(`SELECT count(*) FROM notify_follow WHERE id = ${other}`), '1', 'another’s stays');
	for (const rhythm of ['weekly', 'instant']) {
		await ana.get(link);
		await ana.send('value="rhythm"', { do: 'rhythm', rhythm });
		is(one('SELECT rhythm FROM notify_reader WHERE id = 1'), rhythm === 'weekly' ? '3' : '1', rhythm);
		ok(new RegExp(`value="${rhythm}" checked`).test(ana.page), 'shown');
	}
	const v = visitor();
	is((await v.ask(link, { method: 'POST', body: new URLSearchParams({ do: 'all' }) })).status, 403, 'no token');
});

await test('addresses are nowhere in the database as they are', async () => {
	const all = sql(`SELECT address FROM notify_reader`) + sql('SELECT box FROM notify_mail');
	ok(!/example\.org/i.test(all), 'locked');
	has((await visitor().get(link)).whole, '<bdi dir="ltr">Ana@example.org</bdi>', 'but its owner sees it');
});

await test('opening the link that ends it changes nothing; one press, or the mail program, does', async () => {
	const v = visitor();
	is((await v.get(`${link}/stop`)).status, 200, 'shown');
	ok(count('reader') > 1, 'still there');
	sql(`UPDATE notify_reader SET rhythm = 3, next_at = 99999999999`);
	sql(`INSERT INTO notify_mail (box, tries, next_at, at, reader) SELECT address, 0, 99999999999, 1, 1 FROM notify_reader WHERE id = 1`);
	const before = count('reader');
	const answer = await visitor().ask(`${link}/stop`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
	is(answer.status, 303, 'status');
	is(count('reader'), before - 1, 'the reader');
	is(one('SELECT count(*) FROM notify_follow WHERE reader = 1'), '0', 'what it followed');
	is(one('SELECT count(*) FROM notify_mail WHERE reader = 1'), '0', 'what waited');
	is((await visitor().get(link)).status, 404, 'its link');
	is((await visitor().ask(`${link}/stop`, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })).status, 303, 'twice');
	const letter = sink.letters.findLast((l) => l.to[0] === 'fr@example.org');
	await v.get(linkOf(letter));
	await v.send('value="all"', { do: 'all' });
	has(v.page, 'est effacée', 'by hand');
	is(count('reader'), before - 2, 'the reader');
});

await test('who follows a consultation hears of documents and phases, once', async () => {
	await sayYes(await follow('c/civic-space', 'zoe@example.org'));
	const zoe = sql('SELECT max(id) FROM notify_reader');
	const [doc, phase] = ['SELECT id FROM document WHERE space = 1', 'SELECT min(id) FROM phase WHERE space = 1'].map(one);
	const at = Math.floor(Date.now() / 1000) - 120;
	const n = sink.letters.length;
	sql(`INSERT INTO notify_news (kind, item, n, space, at) VALUES (2, ${doc}, 2, 1, ${at}), (3, ${doc}, ${today}, 1, ${at}), (4, ${phase}, 7, 1, ${at}), (5, ${phase}, ${today}, 1, ${at}), (6, 1, 7, 1, ${at});
		UPDATE notify_reader SET next_at = 0 WHERE id = ${zoe}`);
	const letter = await sink.next(n + 1);
	for (const words of ['How offices hear people', 'Version 2 is public.', 'Comments on it were answered', 'This part is open now.', 'This part closes on', 'These are the results.',
		`${BASE}/en/c/civic-space/d/1\n`, `${BASE}/en/c/civic-space/results\n`]) has(letter.text, words, 'text');
	sql(`UPDATE notify_reader SET next_at = 0 WHERE id = ${zoe}`);
	await quiet(n + 1);
	await visitor().get(linkOf(letter, '/stop'));
});

await test('who answers for an organisation, and asked for it, is reminded before and after the day', async () => {
	const account = one("SELECT id FROM account WHERE name_key = 'translator'");
	const org = one(`SELECT id FROM org WHERE slug = '${orgSlug}'`);
	const due = (days) => sql(`UPDATE ask SET due_at = ${today + days * DAY} WHERE item = ${firstAsk}`);
	is((await (await signIn('moderator')).get('/account/reminders')).status, 403, 'answers for nobody');
	sql(`DELETE FROM org_account WHERE account = ${account}; INSERT INTO org_account VALUES (${org}, ${account})`);
	sql(`UPDATE account_role SET roles = roles | 16 WHERE account = ${account}`);
	sql(`UPDATE ask SET state = 2 WHERE org = ${org}; UPDATE ask SET state = 0 WHERE item = ${firstAsk}`);
	due(5);
	const boss = await signIn('translator');
	has((await boss.get('/account')).whole, 'href="/account/reminders"', 'linked');
	is((await boss.get('/account/reminders')).status, 200, 'page');
	is((await boss.send('action="/account/reminders"', { address: 'boss' })).status, 422, 'no address');
	let n = sink.letters.length;
	await boss.send('action="/account/reminders"', { address: 'boss@example.org' });
	has(boss.page, 'is on its way', 'told');
	has(boss.page, '0 addresses get reminders', 'not yet');
	const letter = await sink.next(n + 1);
	await quiet(n + 1);
	await sayYes(letter);
	const expect = async (words) => {
		const one = await sink.next(++n);
		is(one.to.join(), 'boss@example.org', 'to');
		is(one.head.subject, '1 ask waits for your answer', 'subject');
		has(one.text, words, 'text');
		has(one.text, `${BASE}/en/answers/${firstAsk}\n`, 'link');
		has(one.text, '/stop\n', 'one link ends it');
	};
	n += 1;
	await expect('The answer is due on');
	await quiet(n);
	due(1);
	await expect('The answer is due on');
	for (const days of [-1, -8, -31]) {
		sql(`UPDATE notify_reminded SET due_at = ${today + days * DAY}`);
		due(days);
		await expect('The answer was due on');
	}
	sql(`UPDATE notify_reminded SET due_at = ${today - 90 * DAY}`);
	due(-90);
	await quiet(n);
	has((await boss.get('/account/reminders')).whole, '1 address gets reminders', 'now');
	await boss.send('action="/account/reminders/stop"');
	is(count('reminded'), 0, 'forgotten');
	is(one("SELECT count(*) FROM notify_follow WHERE kind = 6"), '0', 'and the address');
	due(3);
	await quiet(n);
});

await test('who runs consultations, and asked for it, is reminded of what nobody else reminds of', async () => {
	sql(`UPDATE ask SET review_at = NULL; UPDATE space SET state = 3 WHERE id <> 1`);
	const organiser = await signIn('organiser');
	has((await organiser.get('/account')).whole, 'href="/account/reminders"', 'linked');
	has((await organiser.get('/account/reminders')).whole, 'past its promised day', 'what for');
	for (const lang of LANGS) is((await organiser.get('/account/reminders', { headers: { 'accept-language': lang } })).status, 200, lang);
	let n = sink.letters.length;
	await organiser.get('/account/reminders');
	await organiser.send('action="/account/reminders"', { address: 'runs@example.org' });
	await sayYes(await sink.next(n + 1));
	n += 1;
	await quiet(n);
	const expect = async (subject, ...words) => {
		const letter = await sink.next(++n);
		is(letter.to.join(), 'runs@example.org', 'to');
		is(letter.head.subject, subject, 'subject');
		for (const w of words) has(letter.text, w, 'text');
	};
	// The next look at an answer: in the week before, once, and after its day.
	sql(`UPDATE ask SET state = 2, review_at = ${today + 9 * DAY} WHERE item = ${secondAsk}`);
	await quiet(n);
	sql(`UPDATE ask SET review_at = ${today + 5 * DAY} WHERE item = ${secondAsk}`);
	await expect('1 thing waits at your desk', 'is to be looked at again on', `${BASE}/en/c/civic-space/asks/${address(secondAsk)}\n`);
	await quiet(n);
	sql(`UPDATE ask SET review_at = ${today - DAY} WHERE item = ${secondAsk}`);
	await expect('1 thing waits at your desk', 'Nothing has been said since');
	sql(`UPDATE ask SET review_at = NULL WHERE item = ${secondAsk}`);
	// A summary past its promised day, and words that will be deleted: in one letter.
	const other = one(`SELECT id FROM space WHERE id <> 1 AND NOT EXISTS (SELECT 1 FROM ask a WHERE a.space = space.id) ORDER BY id LIMIT 1`);
	const slug = one(`SELECT slug FROM space WHERE id = ${other}`);
	sql(`INSERT INTO account_role (account, space, roles) SELECT id, ${other}, 1 FROM account WHERE name_key = 'organiser';
		UPDATE space SET state = 2, closed_at = ${today - 90 * DAY}, answer_due = ${today}, keep_years = 0 WHERE id = ${other}`);
	await quiet(n);
	sql(`UPDATE space SET answer_due = ${today - DAY} WHERE id = ${other};
		INSERT INTO space_end (space, due_at, warned_at, looks, looked_on, account, people, countries, contributions, replies, statements, votes, answered, unused)
		VALUES (${other}, ${today + 20 * DAY}, ${today}, 1, ${today / DAY}, 0, 0, 0, 0, 0, 0, 0, 0, 0)`);
	await expect('2 things wait at your desk', 'People were promised a summary by', 'will be deleted on', `${BASE}/en/desk/${slug}/asks\n`, `${BASE}/en/desk/${slug}/keep\n`);
	await quiet(n);
	// Who has no role in it any more hears no more of it.
	sql(`UPDATE notify_reminded_desk SET step = 0; UPDATE account_role SET roles = 2 WHERE account = (SELECT id FROM account WHERE name_key = 'organiser')`);
	await quiet(n);
	sql(`UPDATE account_role SET roles = 1 WHERE account = (SELECT id FROM account WHERE name_key = 'organiser')`);
	await sink.next(++n);
	await (await signIn('organiser')).get('/account/reminders').then(async () => {
		const again = await signIn('organiser');
		await again.get('/account/reminders');
		await again.send('action="/account/reminders/stop"');
	});
	is(count('reminded_desk'), 0, 'forgotten');
	sql(`DELETE FROM space_end WHERE begun_at IS NULL`);
});

await test('the clock makes news once: a part opens, closes soon, and all is over', async () => {
	sql('DELETE FROM notify_mail; DELETE FROM notify_reminded; DELETE FROM notify_reminded_desk; DELETE FROM notify_follow; DELETE FROM notify_reader');
	const letter = await follow('c/civic-space', 'clock@example.org');
	await sayYes(letter);
	let n = sink.letters.length;
	const phase = one(`SELECT id FROM phase WHERE space = 1 AND actions > 1 ORDER BY ord LIMIT 1`);
	const forget = 'DELETE FROM notify_news WHERE id < (SELECT max(id) FROM notify_news); UPDATE notify_news SET kind = 0';
	sql(`${forget}; UPDATE phase SET starts = ${today - 40 * DAY}, ends = ${today - 39 * DAY} WHERE space = 1;
		UPDATE phase SET starts = ${today}, ends = ${today + 2 * DAY} WHERE id = ${phase}; UPDATE space SET state = 1, closed_at = NULL WHERE id = 1`);
	// It looks each hour and at its start.
	const again = async () => {
		await server.stop();
		server = await serve({ dir, env });
	};
	const told = async (...words) => {
		await until(words[0], () => Number(one('SELECT count(*) FROM notify_news WHERE kind >= 4')) > 0);
		sql(`UPDATE notify_news SET at = at - 120; UPDATE notify_reader SET next_at = 0`);
		const one_ = await sink.next(++n);
		for (const w of words) has(one_.text, w, 'text');
		return one_;
	};
	await again();
	const both = await told('This part is open now.', 'This part closes on');
	is(both.text.split(`${BASE}/en/c/civic-space\n`).length, 3, 'each once, with where it is');
	await again();
	is(one(`SELECT count(*) FROM notify_news WHERE kind IN (4, 5)`), '2', 'not twice');
	sql(`UPDATE notify_reader SET next_at = 0`);
	await quiet(n);
	sql(`UPDATE space SET state = 2, closed_at = ${today} WHERE id = 1`);
	await again();
	await until('closed', () => one('SELECT count(*) FROM notify_news WHERE kind = 6') === '1');
	await told('These are the results.', `${BASE}/en/c/civic-space/results\n`);
	await again();
	is(one(`SELECT count(*) FROM notify_news WHERE kind = 6`), '1', 'not twice');
	// What opened long ago, before anybody looked, is no news.
	sql(`${forget}; UPDATE space SET state = 1, closed_at = NULL WHERE id = 1; UPDATE phase SET starts = ${today - 3 * DAY}, ends = ${today + 30 * DAY} WHERE id = ${phase}`);
	await again();
	await quiet(n);
	is(one('SELECT count(*) FROM notify_news WHERE kind IN (4, 5)'), '0', 'nothing');
	// What is old goes, but for the newest: its number is never given again.
	sql('INSERT INTO notify_news (item, at, kind) SELECT item, 1, kind FROM notify_news LIMIT 1; UPDATE notify_news SET at = 1');
	await again();
	await until('swept', () => count('news') === 1);
});

await server.stop();
await sink.close();
fs.rmSync(dir, { recursive: true, force: true });
done();
