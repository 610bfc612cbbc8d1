#!/usr/bin/env node
// What is new is told to whoever follows, without an address of theirs: feeds that a parser takes, and a
// calendar of the days to keep in mind.
import { spawnSync } from 'node:child_process';
import { LANGS, Visitor, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const sql = (text) => ask(server, text);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const FEEDS = ['/feed', '/c/civic-space/feed', '/c/civic-space/asks/1.10/feed', '/o/sample-fund/feed'];
const entries = (xml) => [...xml.matchAll(/<entry\b[^]*?<\/entry>/g)].map(([one]) => one);
const field = (one, name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(one)?.[1];

await test('each feed is well formed in every language, newest first', async () => {
	for (const lang of LANGS)
		for (const path of FEEDS) {
			const answer = await visitor(lang).get(`/${lang}${path}`);
			is(answer.status, 200, path);
			has(answer.headers.get('content-type'), 'application/atom+xml');
			const lint = spawnSync('xmllint', ['--noout', '-'], { input: answer.whole, encoding: 'utf8' });
			if (lint.error?.code !== 'ENOENT') is(lint.stderr, '', `${lang}${path}`);
			const times = entries(answer.whole).map((one) => field(one, 'updated'));
			ok(times.length > 0, path);
			is([...times].sort().reverse().join(), times.join(), 'order');
			has(answer.whole, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">`);
		}
});

await test('a theme and a country of a space have feeds of their own, and the ask leads to them', async () => {
	const [theme, n] = sql('SELECT t.theme, count(*) FROM ask_theme t JOIN ask a ON a.item = t.ask WHERE a.space = 1 AND a.is_public = 1 GROUP BY t.theme ORDER BY 2, 1 LIMIT 1').split('|');
	const [ask] = sql(`SELECT a.section, a.number FROM ask_theme t JOIN ask a ON a.item = t.ask WHERE t.theme = ${theme} ORDER BY 1, 2 LIMIT 1`).split('\n');
	const org = sql(`SELECT a.org FROM ask_theme t JOIN ask a ON a.item = t.ask WHERE t.theme = ${theme} AND a.org IS NOT NULL ORDER BY a.section, a.number LIMIT 1`);
	const was = sql(`SELECT country FROM org WHERE id = ${org}`);
	sql(`UPDATE org SET country = 'KE' WHERE id = ${org}`);
	const whole = (await visitor().get(`/c/civic-space/themes/${theme}/feed`)).whole;
	ok(entries(whole).length >= Math.min(Number(n), 1), 'asks of the theme');
	ok(entries(whole).length < Number(sql('SELECT (SELECT count(*) FROM ask) + (SELECT count(*) FROM answer)')), 'and not all');
	const numbers = new Set(sql(`SELECT a.section, a.number FROM ask_theme t JOIN ask a ON a.item = t.ask WHERE t.theme = ${theme}`).split('\n').map((one) => one.replace('|', '.')));
	for (const one of entries(whole)) ok(numbers.has(/asks\/([\d.]+)/.exec(one)[1]), one);
	for (const lang of LANGS) {
		const kenya = (await visitor(lang).get(`/${lang}/c/civic-space/countries/KE/feed`)).whole;
		const asked = new Set(sql(`SELECT section, number FROM ask WHERE org IN (SELECT id FROM org WHERE country = 'KE')`).split('\n').map((one) => one.replace('|', '.')));
		ok(entries(kenya).length > 0, lang);
		for (const one of entries(kenya)) ok(asked.has(/asks\/([\d.]+)/.exec(one)[1]), one);
	}
	has((await visitor().get(`/c/civic-space/asks/${ask.replace('|', '.')}`)).whole, `/c/civic-space/themes/${theme}/feed`);
	is((await visitor().get('/c/civic-space/themes/99999/feed')).status, 404);
	is((await visitor().get('/c/civic-space/themes/x/feed')).status, 404);
	is((await visitor().get('/c/civic-space/countries/QQ/feed')).status, 404);
	is(entries((await visitor().get('/c/civic-space/countries/NO/feed')).whole).length, 0);
	sql(`UPDATE org SET country = '${was}' WHERE id = ${org}`);
});

await test('identities stay, whatever the language and the words', async () => {
	const ids = async (lang) => entries((await visitor(lang).get(`/${lang}/c/civic-space/feed`)).whole).map((one) => field(one, 'id'));
	const before = await ids('en');
	is(new Set(before).size, before.length, 'no two the same');
	ok(before.every((id) => /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8000-[0-9a-f]{12}$/.test(id)), before[0]);
	is((await ids('ar')).join(), before.join());
});

await test('hostile words are words, and what no XML can hold is left out', async () => {
	const id = sql('SELECT item FROM ask WHERE section = 1 AND number = 1');
	const words = server.env.BARAZA_DB ? "']]></content><script>x</script>&' || chr(1) || chr(8) || 'end'" : "']]></content><script>x</script>&' || char(1) || char(8) || 'end'";
	sql(`UPDATE item_text SET body = ${words} WHERE item = ${id} AND lang = 'en'; UPDATE item SET published_at = 1900000000 WHERE id = ${id}`);
	const { whole } = await visitor().get('/c/civic-space/feed');
	is(spawnSync('xmllint', ['--noout', '-'], { input: whole, encoding: 'utf8' }).stderr ?? '', '');
	ok(!whole.includes('<script>'), 'markup');
	has(whole, '&lt;script&gt;');
	has(whole, '&amp;end');
});

await test('only what everyone may read is in them', async () => {
	const secret = sql(`SELECT title FROM item_text t JOIN ask a ON a.item = t.item WHERE a.section = 3 AND a.number = 22 AND t.lang = 'en'`);
	sql('UPDATE ask SET is_public = 0 WHERE section = 3 AND number = 22');
	for (const path of FEEDS) ok(!(await visitor().get(path)).whole.includes(secret), path);
	is((await visitor().get('/c/civic-space/asks/3.22/feed')).status, 404);
	is((await visitor().get('/c/no-such/feed')).status, 404);
	is((await visitor().get('/o/no-such/feed')).status, 404);
	sql('UPDATE space SET access = 2 WHERE id = 1');
	is((await visitor().get('/c/civic-space/feed')).status, 404, 'members only');
	is(entries((await visitor().get('/feed')).whole).length, 0, 'nor in the feed of all');
	sql('UPDATE space SET access = 0 WHERE id = 1');
});

await test('the calendar holds every phase and every due date, folded as it must be', async () => {
	for (const lang of LANGS) {
		const answer = await visitor(lang).get(`/${lang}/c/civic-space/dates.ics`);
		has(answer.headers.get('content-type'), 'text/calendar');
		const lines = answer.whole.split('\r\n');
		ok(lines.every((line) => Buffer.byteLength(line) <= 76), `${lang}: folded`);
		is(lines[0], 'BEGIN:VCALENDAR');
		ok(!answer.whole.includes('\ufffd'), 'no character is cut');
		const events = answer.whole.match(/BEGIN:VEVENT/g).length;
		is(events, Number(sql('SELECT (SELECT count(*) FROM phase WHERE space = 1) + (SELECT count(*) FROM ask WHERE space = 1 AND is_public = 1 AND due_at IS NOT NULL)')), lang);
		is(new Set(answer.whole.match(/UID:.*/g)).size, events, 'identities');
	}
});

await test('pages say where their feed is', async () => {
	for (const [page, feed] of [['/', '/feed'], ['/c/civic-space/asks', '/c/civic-space/feed'], ['/c/civic-space/asks/1.10', '/c/civic-space/asks/1.10/feed'], ['/o/sample-fund', '/o/sample-fund/feed']])
		has((await visitor().get(page)).whole, `<link rel="alternate" type="application/atom+xml" href="${feed}">`);
});

is(await server.stop(), 0, 'exit status');
done();
