#!/usr/bin/env node
// Those who are asked answer, once, for everybody to read; others cannot; what is late is told.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, forgetSummary, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
let server = await serve({ dir });
forgetSummary(server);
const sql = (text) => ask(server, text);
const DAY = 86400;
const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
const day = (n) => new Date((today + n * DAY) * 1000).toISOString().slice(0, 10);
const signIn = async (name, lang = 'en') => {
	const v = new Visitor(server, { lang });
	await v.get('/sign-in');
	const [, password] = new RegExp(`^ *${name} +(\\S+)`, 'm').exec(server.log);
	await v.send('action="/sign-in"', { name, password });
	return v;
};
const one = (text) => sql(text).split('\n')[0];
const addItem = (kind, title, body) => {
	const id = one(`INSERT INTO item (uid, space, kind, number, account, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
		VALUES ('${randomBytes(8).toString('hex')}', 1, ${kind}, (SELECT coalesce(max(number), 0) + 1 FROM item WHERE space = 1 AND kind = ${kind}),
		1, 'en', 1, 0, 0, 0, ${today}, ${today}, ${today}) RETURNING id`);
	sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${id}, 'en', 1, 0, 1, '${title}', '${body}', 1)`);
	return id;
};
const addAsk = (number, title, org, due, asked = today - 90 * DAY) => {
	const id = addItem(5, title, `More about: ${title}`);
	sql(`INSERT INTO ask (item, space, section, number, org, asked_at, due_at, state, version, is_public)
		VALUES (${id}, 1, 1, ${number}, ${org}, ${asked}, ${due}, 0, 1, 1)`);
	return id;
};
const addOrg = (slug, name) => {
	const id = one(`INSERT INTO org (uid, slug, lang, country, is_sample, created_at) VALUES ('${slug}', '${slug}', 'en', '', 1, 1) RETURNING id`);
	sql(`INSERT INTO org_text VALUES (${id}, 'en', '${name}', 'Complaints unit')`);
	return id;
};
const idOf = (name) => one(`SELECT id FROM account WHERE name_key = '${name}'`);
// Two people of the sample house answer for two offices.
const office = addOrg('office', 'The office');
const ministry = addOrg('ministry', 'The ministry');
sql(`INSERT INTO org_account VALUES (${office}, ${idOf('translator')}), (${ministry}, ${idOf('moderator')})`);
for (const name of ['translator', 'moderator'])
	sql(`UPDATE account_role SET roles = roles | 16 WHERE account = ${idOf(name)}`);
const late = addAsk(1, 'Publish the yearly figures', office, today - 12 * DAY);
const soon = addAsk(2, 'Set up a fund', office, today + 6 * DAY);
const theirs = addAsk(3, 'Teach rights early', ministry, today);
const [contribution] = sql(`SELECT id FROM item WHERE space = 1 AND kind = 2 AND status = 1 AND seat IS NOT NULL ORDER BY id`).split('\n');

const boss = await signIn('translator');
const other = await signIn('moderator');
const state = (id) => one(`SELECT state FROM ask WHERE item = ${id}`);
const answers = (id) => Number(one(`SELECT count(*) FROM answer WHERE ask = ${id}`));
const page = async (address) => (await new Visitor(server, { lang: 'en' }).get(`/c/civic-space/asks/${address}`)).whole;

await test('the room shows what waits, with its days, and the figures', async () => {
	const answer = await boss.get('/answers');
	is(answer.status, 200, 'status');
	has(answer.whole, 'People asked your office for 2 things. 0 have an answer.');
	has(answer.whole, '12 days late');
	has(answer.whole, 'Due in 6 days');
	has(answer.whole, '<b>1</b> late');
	has(answer.whole, 'Waiting (2), to review (0)');
	ok(answer.whole.indexOf('Publish the yearly') < answer.whole.indexOf('Set up a fund'), 'late first');
	ok(!answer.whole.includes('Teach rights early'), 'another’s');
	has(answer.whole, 'Asks to answer (1 late)', 'navigation');
	ok(!(await other.get('/answers')).whole.includes('1 late'), 'due today is not late');
	has(other.page, 'Due today');
	for (const lang of LANGS) {
		const v = await signIn('translator', lang);
		for (const at of ['/answers', '/answers?tab=answered', '/answers?tab=handed&page=x', `/answers/${late}`, `/answers/${late}/hand`])
			is((await v.get(at)).status, 200, `${lang} ${at}`);
	}
});

await test('nobody else may answer', async () => {
	await boss.get(`/answers/${soon}`);
	const form = { ...Object.fromEntries([...boss.page.matchAll(/name="(once|last|lang)" value="([^"]*)"/g)].map((m) => [m[1], m[2]])), do: 'publish', state: 'yes', 'b-en': 'By force' };
	for (const name of ['moderator', 'editor', 'organiser', 'admin']) {
		const v = await signIn(name);
		await v.get('/account');
		const [, csrf] = /name="csrf" value="([^"]+)"/.exec(v.page);
		is((await v.get(`/answers/${soon}`)).status, 403, `${name} looks`);
		const answer = await v.ask(`/answers/${soon}`, { method: 'POST', body: new URLSearchParams({ ...form, csrf }) });
		is(answer.status, 403, `${name} sends`);
		const hand = await v.ask(`/answers/${soon}/hand`, { method: 'POST', body: new URLSearchParams({ org: ministry, csrf }) });
		is(hand.status, 403, `${name} hands on`);
	}
	ok((await new Visitor(server).ask(`/answers/${soon}`)).status !== 200, 'a stranger');
	is((await boss.get('/answers/999999')).status, 404, 'no such ask');
	is((await boss.get(`/answers/${contribution}`)).status, 404, 'no ask');
	is(answers(soon), 0, 'answers');
});

await test('what an answer must have is said, with what was typed', async () => {
	await boss.get(`/answers/${soon}`);
	let answer = await boss.send(`/answers/${soon}`, { do: 'look', unit: 'Fund <unit>', review: '2001-01-01', u0: 'javascript:alert(1)', t0: 'x' });
	is(answer.status, 422, 'status');
	is((answer.whole.match(/class="err"/g) ?? []).length, 4, 'faults');
	has(answer.whole, 'Fund &lt;unit&gt;');
	answer = await boss.send(`/answers/${soon}`, { do: 'look', state: 'yes', 'b-en': 'Yes', review: '', u0: '/i/99999999', t0: '' });
	is(answer.status, 422, 'an item that is none');
	is(state(soon), '0', 'state');
});

await test('a draft is kept for the office and for nobody else', async () => {
	await boss.get(`/answers/${soon}`);
	const answer = await boss.send(`/answers/${soon}`, { do: 'draft', 'b-en': 'Half a <thought>', 'b-fr': 'Une idée' });
	has(answer.whole, 'The draft is saved');
	has((await boss.get(`/answers/${soon}`)).whole, 'Half a &lt;thought&gt;');
	has(boss.page, '(1 of 5)');
	is(answers(soon), 0, 'answers');
	ok(!(await page('1.2')).includes('Half a'), 'public');
});

await test('it is looked at first, then published, and sent twice it is one answer', async () => {
	await boss.get(`/answers/${soon}`);
	const fields = { state: 'part', 'b-en': 'We open a small fund.\n– from July.', 'b-fr': 'Un petit fonds.', unit: 'Fund unit',
		review: day(30), u0: 'https://example.org/rules', t0: 'Rules of the fund', u1: `/i/${contribution}`, t1: '' };
	let answer = await boss.send(`/answers/${soon}`, { do: 'look', ...fields });
	has(answer.whole, 'This is how people will see it');
	has(answer.whole, 'Un petit fonds.');
	is(answers(soon), 0, 'not yet');
	answer = await boss.send(`/answers/${soon}`, { do: 'change' });
	has(answer.whole, 'We open a small fund.\n– from July.', 'back to the form');
	await boss.send(`/answers/${soon}`, { do: 'look' });
	const kept = boss.page;
	answer = await boss.send(`/answers/${soon}`, { do: 'publish' });
	is(boss.at, '/c/civic-space/asks/1.2', 'where it leads');
	boss.page = kept;
	answer = await boss.send(`/answers/${soon}`, { do: 'publish' });
	is(answer.status, 200, 'again');
	is(answers(soon), 1, 'answers');
	is(state(soon), '3', 'state');
	is(one(`SELECT answered_at FROM ask WHERE item = ${soon}`), String(today), 'the day');
	is(one(`SELECT count(*) FROM answer_draft`), '0', 'drafts');
	const shown = await page('1.2');
	for (const words of ['Accepted in part', 'Fund unit', 'https://example.org/rules', 'Rules of the fund', `href="/i/${contribution}"`]) has(shown, words);
	has((await new Visitor(server, { lang: 'fr' }).get('/c/civic-space/asks/1.2')).whole, 'Un petit fonds.');
});

await test('only what may follow is offered, and taken', async () => {
	await boss.get(`/answers/${soon}`);
	ok(!boss.page.includes('value="read"'), 'not back to read');
	has(boss.page, 'value="done"');
	is((await boss.send(`/answers/${soon}`, { do: 'publish', state: 'read', 'b-en': 'Hm' })).status, 422, 'by force');
	is(answers(soon), 1, 'answers');
});

await test('who comes second reads the first before answering', async () => {
	await boss.get(`/answers/${soon}`);
	const early = boss.page;
	await boss.get(`/answers/${soon}`);
	await boss.send(`/answers/${soon}`, { do: 'publish', state: 'begun', 'b-en': 'Begun.' });
	boss.page = early;
	boss.at = `/answers/${soon}`;
	const answer = await boss.send(`/answers/${soon}`, { do: 'publish', state: 'done', 'b-en': 'Done.' });
	is(answer.status, 422, 'status');
	has(answer.whole, 'Somebody answered since you opened this page');
	is(answers(soon), 2, 'answers');
});

await test('what is changed after it was sent is not lost', async () => {
	await boss.get(`/answers/${soon}`);
	await boss.send(`/answers/${soon}`, { do: 'look', state: 'begun', 'b-en': 'Half way.' });
	const [kept, n] = [boss.page, answers(soon)];
	await boss.send(`/answers/${soon}`, { do: 'publish' });
	[boss.page, boss.at] = [kept, `/answers/${soon}`];
	const answer = await boss.send(`/answers/${soon}`, { do: 'look', 'b-en': 'More than half way.' });
	is(answer.status, 422, 'it is told');
	await boss.send(`/answers/${soon}`, { do: 'look' });
	await boss.send(`/answers/${soon}`, { do: 'publish' });
	is(answers(soon), n + 2, 'answers');
	has(await page('1.2'), 'More than half way.');
});

await test('a correction is a new answer that names the one it corrects', async () => {
	const first = one(`SELECT min(item) FROM answer WHERE ask = ${soon}`);
	await boss.get(`/answers/${soon}`);
	await boss.send(`/answers/${soon}`, { do: 'publish', state: 'begun', 'b-en': 'In August.', corrects: first });
	is(answers(soon), 5, 'answers');
	const shown = await page('1.2');
	has(shown, `href="#n${first}"`);
	has(shown, 'We open a small fund.', 'the first one stays');
	await other.get(`/answers/${theirs}`);
	is((await other.send(`/answers/${theirs}`, { do: 'publish', state: 'yes', 'b-en': 'x', corrects: first })).status, 400, 'another’s');
});

await test('an ask and an answer are found at their lasting address', async () => {
	const v = new Visitor(server, { lang: 'en' });
	for (const id of [soon, one(`SELECT max(item) FROM answer WHERE ask = ${soon}`)]) {
		is((await v.get(`/i/${id}`)).status, 200, id);
		is(v.at, '/c/civic-space/asks/1.2', 'where it leads');
	}
});

await test('an acknowledgement is no answer', async () => {
	await boss.get(`/answers/${late}`);
	await boss.send(`/answers/${late}`, { do: 'publish', state: 'read', 'b-en': 'We have read it.' });
	is(state(late), '1', 'state');
	is(one(`SELECT count(*) FROM ask WHERE item = ${late} AND answered_at IS NULL`), '1', 'no day');
	const room = (await boss.get('/answers')).whole;
	has(room, '12 days late');
	has(room, '<b>50%</b> answered');
	has(room, '<b>90</b> days to answer');
	has((await boss.get('/answers?tab=answered')).whole, 'Set up a fund');
});

await test('days are whole days of UTC', async () => {
	sql(`UPDATE ask SET due_at = ${today} WHERE item = ${late}`);
	ok(!(await boss.get('/answers')).whole.includes('late</span>'), 'on its day');
	sql(`UPDATE ask SET due_at = ${today - 3600} WHERE item = ${late}`);
	has((await boss.get('/answers')).whole, '1 day late', 'an hour before midnight');
	sql(`UPDATE ask SET due_at = ${today + DAY - 1} WHERE item = ${late}`);
	ok(!(await boss.get('/answers')).whole.includes('late</span>'), 'to its last second');
});

await test('an ask goes on with both names and the date, and what was due stays due', async () => {
	await boss.get(`/answers/${late}/hand`);
	is((await boss.send(`/answers/${late}/hand`, { org: '' })).status, 422, 'to nobody');
	is((await boss.send(`/answers/${late}/hand`, { org: '99999' })).status, 422, 'to who is not there');
	is((await boss.send(`/answers/${late}/hand`, { org: office })).status, 422, 'to themselves');
	await boss.send(`/answers/${late}/hand`, { org: ministry });
	has(boss.page, 'Handed on to <bdi>The ministry</bdi>');
	has(await page('1.1'), '<bdi>The office</bdi> handed it on to <bdi>The ministry</bdi>');
	is((await boss.get(`/answers/${late}`)).status, 403, 'no longer theirs');
	has((await other.get('/answers')).whole, 'Publish the yearly figures');
	is(one(`SELECT due_at FROM ask WHERE item = ${late}`), String(today + DAY - 1), 'the day');
	const v = await signIn('translator');
	is((await v.get(`/answers/${soon}/hand`)).status, 409, 'who has answered keeps it');
});

const writer = new Visitor(server, { lang: 'en' });
await writer.get('/c/civic-space/q/1/write');
await writer.send('name="body"', { body: 'Tell people what became of it.' });
const mine = one('SELECT max(id) FROM item WHERE kind = 2');
const reply = () => one(`SELECT value, body, status, version FROM ask_reply WHERE ask = ${soon}`);
const HIDDEN = 'Not quite <what> I said.';

await test('only those who are cited may say whether it reflects them, while there is time', async () => {
	is((await writer.get(`/me/asks/${soon}`)).status, 404, 'not cited');
	sql(`INSERT INTO edge (from_item, to_item, relation, quote, at) VALUES (${soon}, ${mine}, 2, 'what became', 1)`);
	is((await new Visitor(server).get(`/me/asks/${soon}`)).status, 404, 'a stranger');
	has((await writer.get(`/me/asks/${soon}`)).whole, 'The time for replies is over');
	sql(`UPDATE ask SET reply_until = ${today} WHERE item = ${soon}`);
	has((await writer.get('/me')).whole, 'You wrote 1 thing. 1 is used in an ask. 1 has an answer.');
	has(writer.page, '1 question for you');
	has(writer.page, 'Quoted: “<bdi>what became</bdi>”');
	has(writer.page, 'In August.', 'the newest answer');
	for (const lang of [...LANGS, 'en']) {
		is((await writer.get(`/${lang}/me`)).status, 200, lang);
		is((await writer.get(`/${lang}/me/asks/${soon}`)).status, 200, lang);
	}
	await writer.get(`/me/asks/${soon}`);
	is((await writer.send(`/me/asks/${soon}`, { body: 'x' })).status, 422, 'without a choice');
	is((await writer.send(`/me/asks/${soon}`, { value: 'perhaps' })).status, 400, 'no choice of ours');
	await writer.get(`/me/asks/${soon}`);
	const open = writer.page;
	await writer.send(`/me/asks/${soon}`, { value: 'no', body: HIDDEN });
	is(writer.at, '/me', 'where it leads');
	has(writer.page, 'Your comment waits for a moderator');
	ok(!writer.page.includes('question for you'), 'it is answered');
	[writer.page, writer.at] = [open, `/me/asks/${soon}`];
	await writer.send(`/me/asks/${soon}`, { value: 'no', body: HIDDEN });
	is(reply(), `0|${HIDDEN}|0|1`, 'the same twice');
	sql(`UPDATE ask SET reply_until = ${today - 1} WHERE item = ${soon}`);
	[writer.page, writer.at] = [open, `/me/asks/${soon}`];
	is((await writer.send(`/me/asks/${soon}`, { value: 'yes' })).status, 409, 'too late');
	sql(`UPDATE ask SET reply_until = ${today} WHERE item = ${soon}`);
});

await test('a comment is shown when a moderator has read it, and not before', async () => {
	const queue = '/desk/civic-space/replies';
	ok(!(await page('1.2?a')).includes('Not quite'), 'waiting');
	is((await boss.get(queue)).status, 403, 'a translator');
	for (const lang of [...LANGS, 'en']) is((await other.get(`/${lang}${queue}`)).status, 200, lang);
	has((await other.get('/desk')).whole, '1 comment on the asks waits');
	await other.get(queue);
	has(other.page, 'Not quite &lt;what&gt; I said.');
	const read = other.page;
	is((await other.send('value="hide"', { do: 'hide', reason: '' })).status, 422, 'without a reason');
	await writer.get(`/me/asks/${soon}`);
	await writer.send(`/me/asks/${soon}`, { value: 'yes', body: 'Changed.' });
	[other.page, other.at] = [read, queue];
	is((await other.send('value="show"', { do: 'show' })).status, 409, 'other words than were read');
	await other.get(queue);
	const [, , seat] = /name="ask" value="(\d+)"><input type="hidden" name="seat" value="(\d+)"/.exec(other.page);
	const [, csrf] = /name="csrf" value="([^"]+)"/.exec((await boss.get('/account'), boss.page));
	const byForce = { ask: soon, seat, version: 2, do: 'show', csrf };
	is((await boss.ask(queue, { method: 'POST', body: new URLSearchParams(byForce) })).status, 403, 'by force');
	await other.send('value="hide"', { do: 'hide', reason: 'names' });
	is(reply(), '1|Changed.|3|2', 'hidden');
	ok(!(await page('1.2?b')).includes('Changed.'), 'hidden words');
	has((await writer.get('/me')).whole, 'Your comment is not shown');
	await other.get(queue);
	await other.send('value="show"', { do: 'show' });
	has(await page('1.2?c'), 'Changed.');
	has(await page('1.2?c'), 'Too few of those who are cited', 'fewer than five');
	is(one('SELECT count(*) FROM ask_reply_past'), '2', 'log');
	has((await writer.get('/me/data.json')).whole, '"comment": "Changed."');
});

await test('who takes all words away takes the comment, too', async () => {
	await writer.get('/me/delete');
	await writer.send('/me/delete');
	is(reply(), '1||1|3', 'only the mark stays');
	ok(!(await page('1.2?d')).includes('Changed.'), 'words');
});

await test('the figures stand on the list, on the office’s page and on the front page', async () => {
	const get = async (at, lang = 'en') => (await new Visitor(server, { lang }).get(at)).whole;
	sql(`UPDATE ask SET due_at = ${today - 3 * DAY} WHERE item = ${late}`);
	for (const lang of LANGS)
		for (const at of ['/', '/c/civic-space/asks', '/o/ministry']) has(await get(at, lang), 'class="kpi"', `${lang} ${at}`);
	const list = await get('/c/civic-space/asks?now');
	has(list, '<b>33%</b> answered');
	has(list, '1 of 3 asks have an answer');
	has(await get('/'), 'What people asked for, and what came of it');
	const theirPage = await get('/o/ministry?page=1');
	has(theirPage, '3 days late');
	ok(theirPage.indexOf('Publish the yearly') < theirPage.indexOf('Teach rights early'), 'late first');
	has(theirPage, '<b>0%</b> answered');
	has(await get('/o/office'), '<b>90</b> days to answer');
	is((await new Visitor(server).get('/o/nobody')).status, 404, 'no such office');
	sql('UPDATE space SET access = 1 WHERE id = 1');
	ok(!(await get('/o/ministry?page=2')).includes('Publish the yearly'), 'what not everyone may read');
	sql('UPDATE space SET access = 0 WHERE id = 1');
});

await test('the desk reminds of reviews and of a summary that is missing', async () => {
	const editor = await signIn('editor');
	ok(!(await editor.get('/desk')).whole.includes('Reminders'), 'nothing is due');
	sql(`UPDATE ask SET review_at = ${today} WHERE item = ${soon}`);
	has((await editor.get('/desk')).whole, '1 ask has reached its review date');
	sql('UPDATE ask SET is_public = 0; UPDATE space SET state = 2 WHERE id = 1');
	has((await editor.get('/desk')).whole, 'The summary is missing');
	sql('UPDATE ask SET is_public = 1; UPDATE space SET state = 1 WHERE id = 1');
});

await test('an answer that was acknowledged outlives a crash', async () => {
	await boss.get(`/answers/${soon}`);
	const [, csrf] = /name="csrf" value="([^"]+)"/.exec(boss.page);
	const fields = Object.fromEntries([...boss.page.matchAll(/name="(once|last|lang)" value="([^"]*)"/g)].map((m) => [m[1], m[2]]));
	const body = new URLSearchParams({ ...fields, csrf, do: 'publish', state: 'done', 'b-en': 'It is done.' });
	is((await boss.ask(`/answers/${soon}`, { method: 'POST', body })).status, 303, 'acknowledged');
	await server.stop('SIGKILL');
	server = await serve({ dir });
	is(answers(soon), 6, 'answers');
	is(state(soon), '6', 'state');
	has(await page('1.2'), 'It is done.');
});

is(await server.stop(), 0, 'exit status');
fs.rmSync(dir, { recursive: true, force: true });
done();
