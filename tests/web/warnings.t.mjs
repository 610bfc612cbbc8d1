#!/usr/bin/env node
// An early warning is raised by rules, seen by those who check, public when one of them says so; then
// whoever follows the country is told by mail.
import { Visitor, serve, signIn, sql } from './lib.mjs';
import { fill, move, send, stateOf } from './incident.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const sink = await listen();
const server = await serve({ env: { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org', BARAZA_RATES: 'no' } });
const anybody = new Visitor(server, { lang: 'en' });
const first = await signIn(server, 'organiser');
const second = await signIn(server, 'moderator');
const admin = await signIn(server, 'admin');
sql(server, "INSERT INTO record_grant (name, role, account) SELECT 'incident', 'reviewer', id FROM account WHERE name = 'organiser'");
const alerts = (rule, country) => sql(server, `SELECT r.uid FROM monitor_alert a JOIN record r ON r.id = a.record WHERE a.rule = '${rule}' AND a.country = '${country}' ORDER BY r.id`).split('\n').filter(Boolean);

async function verified(title, more) {
	const v = new Visitor(server, { lang: 'en' });
	const uid = await send(v, await fill(v, { title, sources: ['yes', 'yes'], ...more }));
	await move(first, uid, 'verify');
	is(await move(second, uid, 'verify'), 'verified', title);
	return uid;
}

await test('a killing raises one at once, which only those who check see', async () => {
	const [uid] = alerts('grave', 'UG');
	ok(uid, 'raised');
	is(stateOf(server, uid), 'raised', 'state');
	is((await anybody.ask(`/record/${uid}`)).status, 404, 'not public');
	ok(!(await anybody.ask('/records/alert')).whole.includes(uid), 'not in the list');
	has((await second.ask(`/record/${uid}`)).whole, 'Uganda');
	ok(!(await anybody.ask('/country/UG')).whole.includes('note warn'), 'not on the country’s page');
});

await test('what takes itself back once more raises nothing new', async () => {
	const before = alerts('grave', 'UG').length;
	const uid = sql(server, "SELECT i.uid FROM record i WHERE i.name = 'incident' AND i.state = 'verified' AND i.body LIKE '%killing%' AND i.body LIKE '%UG%'");
	is(await move(first, uid, 'reopen'), 'review', 'reopened');
	is(alerts('grave', 'UG').length, before, 'none');
});

let rising = '';
await test('more than the year before lets expect raise one, once', async () => {
	await verified('First threat', { act: 'threat', days: 3 });
	await verified('Second threat', { act: 'threat', days: 2 });
	is(alerts('rising', 'BW').length, 0, 'two are no rise');
	await verified('Third threat', { act: 'threat', days: 1 });
	is(alerts('rising', 'BW').length, 1, 'three where none was');
	await verified('Fourth threat', { act: 'threat', days: 1 });
	[rising] = alerts('rising', 'BW');
	is(alerts('rising', 'BW').length, 1, 'told once');
	const body = JSON.parse(sql(server, `SELECT body FROM record WHERE uid = '${rising}'`));
	is(body.lately, 3, 'in 30 days');
	is(body.before ?? 0, 0, 'before');
	is(Number(body.chance), 0, 'chance');
});

await test('old incidents are no rise of today', async () => {
	for (const title of ['Old one', 'Old two', 'Old three']) await verified(title, { act: 'smear', days: 200 });
	is(sql(server, "SELECT count(*) FROM monitor_alert WHERE act = 'smear' AND country = 'BW'"), '0', 'none');
});

await test('a person confirms it: it is on the pages, and those who follow are told', async () => {
	await admin.get('/site/settings');
	await admin.send('action="/site/settings"', { base_url: 'https://baraza.example' });
	const reader = new Visitor(server, { lang: 'en' });
	await reader.get('/follow/country/BW');
	await reader.send('/follow/country/BW', { address: 'ana@example.org', rhythm: 'instant' });
	const [, yes] = /https:\/\/baraza\.example(\/en\/mail\/[\w-]+)\n/.exec((await sink.next(1)).text);
	await reader.get(yes);
	await reader.send('name="do" value="yes"', { do: 'yes' });
	is(await move(second, rising, 'confirm'), 'shown', 'state');
	for (const page of ['/incidents', '/country/BW']) has((await anybody.ask(page)).whole, `href="/record/${rising}"`, page);
	ok(!(await anybody.ask('/country/UG')).whole.includes('note warn'), 'not on another country’s');
	is((await anybody.ask(`/record/${rising}`)).status, 200, 'its page');
	is(sql(server, "SELECT count(*) FROM notify_news WHERE kind = 8 AND country = 'BW'"), '1', 'news');
	sql(server, 'UPDATE notify_news SET at = at - 120; UPDATE notify_reader SET next_at = 0');
	const letter = await sink.next(2);
	has(letter.text, 'Early warning, checked by a person');
	has(letter.text, `https://baraza.example/en/record/${rising}`);
});

await test('one that is none stays unseen, and nobody is told', async () => {
	const [uid] = alerts('grave', 'CO');
	is(await move(second, uid, 'dismiss', 'Counted twice'), 'gone', 'state');
	is((await anybody.ask(`/record/${uid}`)).status, 404, 'not public');
	is(sql(server, "SELECT count(*) FROM notify_news WHERE kind = 8 AND country = 'CO'"), '0', 'no news');
});
await test('the server ends cleanly', async () => {
	is(await server.stop(), 0, 'exit status');
	await sink.close();
});
done();
