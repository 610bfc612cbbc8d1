#!/usr/bin/env node
// What a definition says of a step is true: who follows a record, who made it and whose role it names is told by
// mail; each said yes before; and nothing is said of a record that not everybody may read.
import { LANGS, Visitor, serve, signIn, sql as ask } from './lib.mjs';
import { fill, move, send } from './incident.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const sink = await listen();
const server = await serve({ env: { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org', BARAZA_RATES: 'no' } });
const sql = (text) => ask(server, text);
const BASE = 'https://baraza.example';
const admin = await signIn(server, 'admin');
const first = await signIn(server, 'organiser');
const second = await signIn(server, 'moderator');
const idOf = (name) => sql(`SELECT id FROM account WHERE name = '${name}'`);
const grant = (form, role, name) => sql(`INSERT INTO record_grant (name, role, account) SELECT '${form}', '${role}', id FROM account WHERE name = '${name}' AND NOT EXISTS (SELECT 1 FROM record_grant g WHERE g.name = '${form}' AND g.role = '${role}' AND g.account = account.id)`);
const waiting = () => Number(sql('SELECT count(*) FROM notify_move'));
const soon = () => sql('UPDATE notify_move SET due_at = 0');
const linkOf = (letter, end = '') => new RegExp(`${BASE}(/[a-z]{2}/mail/[\\w-]+${end})\\n`).exec(letter.text)[1];
const sayYes = async (letter) => {
	const v = new Visitor(server, { lang: 'en' });
	await v.get(linkOf(letter));
	await v.send('name="do" value="yes"', { do: 'yes' });
	has(v.page, 'role="status"', 'saved');
	return v;
};
const quiet = async (n) => {
	await new Promise((go) => setTimeout(go, 6500));
	is(sink.letters.length, n, 'letters');
};
await admin.get('/site/settings');
await admin.send('action="/site/settings"', { base_url: BASE });
for (const [form, role, name] of [['incident', 'reviewer', 'organiser'], ['incident', 'reviewer', 'moderator'], ['barrier', 'reviewer', 'organiser'], ['barrier', 'lead', 'organiser'],
	['recommendation', 'focal', 'organiser'], ['recommendation', 'reviewer', 'moderator']]) grant(form, role, name);

await test('an account asks for letters, says yes, and is told of what waits for its role', async () => {
	has((await second.get('/account')).whole, 'href="/account/records"', 'linked');
	for (const lang of LANGS) is((await second.get('/account/records', { headers: { 'accept-language': lang } })).status, 200, lang);
	await second.get('/account/records');
	is((await second.send('action="/account/records"', { address: 'boss' })).status, 422, 'no address');
	await second.send('action="/account/records"', { address: 'second@example.org' });
	has(second.page, '0 addresses get these letters', 'not yet');
	const asks = await sink.next(1);
	const author = new Visitor(server, { lang: 'en' });
	await send(author, await fill(author, { title: 'Before a yes', sources: ['yes', 'yes'] }));
	is(waiting(), 0, 'nothing waits before a yes');
	await sayYes(asks);
	const uid = await send(author, await fill(author, { title: 'A title of nobody else', sources: ['yes', 'yes'] }));
	is(waiting(), 1, 'waits');
	soon();
	const letter = await sink.next(2);
	is(letter.to.join(), 'second@example.org', 'to');
	is(letter.head.subject, '1 record has moved', 'subject');
	has(letter.text, `${BASE}/en/record/${uid}\n`, 'where to read it');
	has(letter.text, 'A record that is not public has moved.', 'that it moved');
	for (const word of ['A title of nobody else', 'ncident', 'INC', 'Sent', 'eview', 'Botswana']) ok(!letter.text.includes(word), `not a word of it: ${word}`);
	has(letter.text, '/stop\n', 'one link ends it');
	is(waiting(), 0, 'told');
});

await test('several steps are one letter, one’s own step is none, and an author is told by an address', async () => {
	const author = new Visitor(server, { lang: 'en' });
	const uid = await send(author, await fill(author, { title: 'Sent back', sources: ['yes', 'yes'] }));
	is((await new Visitor(server, { lang: 'en' }).get(`/follow/record/${uid}`)).status, 404, 'not for others');
	has((await author.get(`/record/${uid}`)).whole, `href="/follow/record/${uid}"`, 'linked for its author');
	await author.get(`/follow/record/${uid}`);
	ok(!author.page.includes('Sent back'), 'not even here is it named');
	await author.send('/follow/record', { address: 'author@example.org', rhythm: 'instant' });
	const n = sink.letters.length + (author.at.endsWith('/follow/sent') ? 1 : 0);
	const asks = await sink.next(n);
	is(asks.to.join(), 'author@example.org', 'asked');
	ok(!asks.text.includes('Sent back'), 'its name is not in the letter that asks');
	await sayYes(asks);
	sql('DELETE FROM notify_move');
	is(await move(second, uid, 'return'), 'draft', 'sent back by one who gets letters');
	is(waiting(), 1, 'the author alone');
	await author.get(`/record/${uid}`);
	await author.send(`/record/${uid}/move`, { move: 'send', words: '' });
	is(await move(first, uid, 'return'), 'draft', 'sent back once more');
	soon();
	for (const one of [await sink.next(n + 1), await sink.next(n + 2)]) {
		is(one.head.subject, '1 record has moved', one.to.join());
		ok(['author@example.org', 'second@example.org'].includes(one.to.join()), 'to');
		is(one.text.split(`/record/${uid}\n`).length - 1, 1, 'once');
	}
	await quiet(n + 2);
});

await test('a step’s own words reach the author, in the thread and in the letter', async () => {
	const row = sql("SELECT uid, id FROM record WHERE name = 'barrier' AND state = 'shown' ORDER BY id LIMIT 1").split('|');
	sql(`UPDATE record SET account = ${idOf('moderator')}, participant = NULL WHERE id = ${row[1]}`);
	const n = sink.letters.length;
	is(await move(first, row[0], 'solve'), 'solved', 'state');
	is(waiting(), 1, 'its author has asked for all');
	soon();
	const letter = await sink.next(n + 1);
	has(letter.text, 'What you told us about is solved.', 'words');
	has(letter.text, 'It is now here: Solved.', 'where it stands');
	has((await second.get(`/record/${row[0]}`)).whole, 'What you told us about is solved.', 'thread');
});

await test('whoever may follow a record is told where it stands, and no more once it is not public', async () => {
	const [uid, id] = sql("SELECT uid, id FROM record WHERE name = 'recommendation' AND state = 'going' ORDER BY id LIMIT 1").split('|');
	const v = new Visitor(server, { lang: 'fr' });
	has((await v.get(`/record/${uid}`)).whole, `href="/follow/record/${uid}"`, 'linked');
	await v.get(`/follow/record/${uid}`);
	await v.send('/follow/record', { address: 'lea@example.org', rhythm: 'instant' });
	let n = sink.letters.length;
	if (!sink.letters.some((l) => l.to.join() === 'lea@example.org')) n += 1;
	await sayYes(await sink.next(n));
	is(await move(first, uid, 'report'), 'reported', 'state');
	soon();
	const letter = await sink.next(n + 1);
	is(letter.to.join(), 'lea@example.org', 'to');
	is(letter.head.subject, '1 fiche a avancé', 'subject');
	has(letter.text, 'Où elle en est', 'where it stands');
	has(letter.text, `${BASE}/fr/record/${uid}\n`, 'link');
	sql(`UPDATE notify_reader SET rhythm = 3`);
	is(await move(second, uid, 'return'), 'going', 'return');
	is(await move(first, uid, 'report'), 'reported', 'again');
	const due = Number(sql(`SELECT max(due_at) FROM notify_move m JOIN notify_follow f ON f.id = m.follow WHERE f.kind = 7 AND m.record = ${id}`));
	is(due % (7 * 86400), 4 * 86400 + 6 * 3600, 'on a Monday morning');
	sql('DELETE FROM notify_move');
	for (const one of ['/follow/record/0123456789abcdef', '/follow/record/x%27'])
		is((await v.get(one)).status, 404, one);
});

await test('what everybody could read and cannot any more is told to nobody who only followed', async () => {
	const [uid, id] = sql("SELECT uid, id FROM record WHERE name = 'barrier' AND state = 'shown' ORDER BY id LIMIT 1").split('|');
	const reader = sql("SELECT reader FROM notify_follow WHERE kind = 7 LIMIT 1");
	sql(`INSERT INTO notify_follow (reader, kind, ref, country, rhythm, is_confirmed, at) VALUES (${reader}, 7, ${id}, '', 1, 1, 0)`);
	sql(`INSERT INTO notify_move (follow, record, move, due_at) SELECT id, ref, 'reopen', 0 FROM notify_follow WHERE kind = 7 AND ref = ${id}`);
	sql(`UPDATE record SET state = 'waiting' WHERE uid = '${uid}'`);
	const n = sink.letters.length;
	await quiet(n);
	is(waiting(), 0, 'gone without a letter');
});

await test('one link ends it, and nothing is left of the address', async () => {
	const letter = sink.letters.findLast((l) => l.to.join() === 'author@example.org');
	const v = new Visitor(server, { lang: 'en' });
	const ref = sql('SELECT ref FROM notify_follow WHERE kind = 9 LIMIT 1');
	sql(`INSERT INTO notify_move (follow, record, move, due_at) SELECT id, ref, 'return', 4000000000 FROM notify_follow WHERE kind = 9 AND ref = ${ref}`);
	await v.get(linkOf(letter, '/stop'));
	await v.send('/stop', {});
	is(sql('SELECT count(*) FROM notify_follow WHERE kind = 9'), '0', 'follows');
	is(waiting(), 0, 'what waited');
	await second.get('/account/records');
	has(second.page, '1 address gets these letters', 'now');
	await second.send('action="/account/records/stop"');
	is(sql('SELECT count(*) FROM notify_follow WHERE kind = 8'), '0', 'stopped');
	is((await new Visitor(server, { lang: 'en' }).ask('/account/records', { method: 'POST', body: new URLSearchParams({ address: 'eve@example.org' }) })).status !== 200, true, 'not without signing in');
});

await sink.close?.();
await server.stop();
done();
