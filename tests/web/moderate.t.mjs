#!/usr/bin/env node
// What waits is decided on, once, by somebody who did not write it; and everybody sees that it was.
import { randomBytes } from 'node:crypto';
import { LANGS, Visitor, serve, signIn as enter, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const QUEUE = '/desk/civic-space/queue';
const sql = (text) => ask(server, text);
const signIn = (name, lang = 'en') => enter(server, name, { lang });
const waiting = () => sql('SELECT id FROM item WHERE space = 1 AND status = 0 ORDER BY created_at, id').split('\n');
const status = (id) => Number(sql(`SELECT status FROM item WHERE id = ${id}`));
const decisions = () => Number(sql('SELECT count(*) FROM decision'));

// The forms of one card: the quick buttons, and the rarer choices.
const decide = (v, id, fields, to = QUEUE) => {
	const card = new RegExp(`<article class="card" id="i${id}"[^]*?</article>`).exec(v.page);
	if (!card) throw new Error(`no card of ${id}`);
	const body = { item: id };
	for (const name of ['last', 'ver', 'csrf'])
		[, body[name]] = new RegExp(`name="${name}" value="([^"]*)"`).exec(card[0]);
	return v.get(to, { method: 'POST', body: new URLSearchParams({ ...body, ...fields }) });
};

// Somebody else writes a statement; votes by the first ${n} seats.
const addStatement = (body, { seat = 'NULL', n = 0, value = 1, state = 0 } = {}) => {
	const id = sql(`INSERT INTO item (uid, space, kind, number, seat, lang, status, is_seed, is_meta, useful, created_at, changed_at)
		VALUES ('${randomBytes(8).toString('hex')}', 1, 4, (SELECT max(number) + 1 FROM item WHERE space = 1 AND kind = 4), ${seat}, 'en', ${state}, 0, 0, 0, 1, 1) RETURNING id`);
	sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${id}, 'en', 1, 0, 1, '', '${body}', 1);
		DELETE FROM vote WHERE item = ${id};
		INSERT INTO vote (space, seat, item, value, at) SELECT 1, id, ${id}, ${value}, 0 FROM seat WHERE space = 1 ORDER BY id LIMIT ${n}`);
	return id;
};

const mod = await signIn('moderator');
const boss = await signIn('organiser');

await test('the queue stands in every language', async () => {
	for (const lang of LANGS) {
		const v = await signIn('moderator', lang);
		for (const tab of ['waiting', 'flagged', 'back', 'words', 'decided'])
			is((await v.get(`${QUEUE}?tab=${tab}`)).status, 200, `${lang} ${tab}`);
	}
});

await test('letting through publishes, and the log says so without names', async () => {
	const [id] = waiting();
	await mod.get(QUEUE);
	const answer = await decide(mod, id, { d: 'ok' });
	is(answer.status, 200, 'status');
	has(answer.whole, 'role="status"', 'note');
	is(status(id), 1, 'published');
	const log = (await new Visitor(server, { lang: 'en' }).get('/c/civic-space/log')).whole;
	has(log, 'Let through', 'log');
	has(log, 'Moderator', 'role');
	ok(!log.includes('>moderator<'), 'no name of an account');
	const data = JSON.parse((await new Visitor(server).get('/c/civic-space/log.json')).whole);
	is(data.decisions[0].verdict, 'let-through');
	is(data.decisions[0].by, 'moderator');
});

await test('sending back and hiding need a reason, and keep what was typed', async () => {
	const [id] = waiting();
	const before = decisions();
	await mod.get(QUEUE);
	const answer = await decide(mod, id, { d: 'hide', word: 'Take <b>the name</b> out' });
	is(answer.status, 422, 'status');
	has(answer.whole, 'role="alert"', 'faults');
	has(answer.whole, 'Take &lt;b&gt;the name&lt;/b&gt; out', 'typed');
	is(decisions(), before, 'nothing decided');
	await decide(mod, id, { d: 'back', reason: 'names', word: 'Take the name out' });
	is(status(id), 2, 'sent back');
	is(sql(`SELECT word FROM decision WHERE item = ${id} ORDER BY id DESC LIMIT 1`), 'Take the name out');
	const log = (await new Visitor(server).get('/c/civic-space/log')).whole;
	ok(!log.includes('Take the name out'), 'the word is for the author alone');
});

await test('of two moderators at once the second is told', async () => {
	const [id] = waiting();
	await mod.get(QUEUE);
	await boss.get(QUEUE);
	await decide(mod, id, { d: 'hide', reason: 'hate' });
	const before = decisions();
	const late = await decide(boss, id, { d: 'ok' });
	is(late.status, 409, 'status');
	has(late.whole, 'Hidden', 'what the first decided');
	is(status(id), 3, 'stays hidden');
	is(decisions(), before, 'one decision');
	has(late.whole, 'aria-current="page"', 'the queue again');
});

await test('words that changed meanwhile are read again first', async () => {
	const [id] = waiting();
	await mod.get(QUEUE);
	sql(`UPDATE item_text SET version = version + 1 WHERE item = ${id}`);
	is((await decide(mod, id, { d: 'ok' })).status, 409, 'status');
	is(status(id), 0, 'waits');
});

await test('nobody decides on their own words', async () => {
	const account = sql("SELECT id FROM account WHERE name = 'moderator'");
	const seat = sql('SELECT id FROM seat WHERE space = 1 ORDER BY id DESC LIMIT 1');
	sql(`INSERT INTO account_held (participant, account) SELECT participant, ${account} FROM seat WHERE id = ${seat}`);
	const id = addStatement('I wrote this myself, and I like it.', { seat });
	await mod.get(QUEUE);
	has(mod.page, 'You wrote this. Another moderator decides.', 'note');
	const csrf = /name="csrf" value="([^"]*)"/.exec(mod.page)[1];
	const answer = await mod.ask(QUEUE, { method: 'POST',
		body: new URLSearchParams({ csrf, item: id, last: 0, ver: 1, d: 'ok' }) });
	is(answer.status, 403, 'status');
	is(status(id), 0, 'waits');
	await boss.get(QUEUE);
	is((await decide(boss, id, { d: 'ok' })).status, 200, 'another one may');
});

await test('a double is noticed, and its votes count on the other', async () => {
	const target = addStatement('Every village needs a clean well and a teacher', { n: 3, value: -1, state: 1 });
	const twin = addStatement('Every village needs a clean well and one teacher', { n: 5, value: 1 });
	const number = sql(`SELECT number FROM item WHERE id = ${target}`);
	await mod.get(QUEUE);
	has(mod.page, `Close to <bdi>S-${number}</bdi>`, 'note');
	await decide(mod, twin, { d: 'same', other: number });
	is(status(twin), 4, 'merged');
	is(sql(`SELECT merged_into FROM item WHERE id = ${twin}`), target);
	is(sql(`SELECT count(CASE value WHEN -1 THEN 1 END) || ' ' || count(CASE value WHEN 1 THEN 1 END) FROM vote WHERE item = ${target}`), '3 2');
	is(sql(`SELECT count(*) FROM vote WHERE item = ${twin}`), '5', 'kept');
	is(sql(`SELECT count(*) FROM edge WHERE from_item = ${twin} AND to_item = ${target} AND relation = 7`), '1');
	await mod.get(`${QUEUE}?tab=decided`);
	has(mod.page, 'This cannot be changed any more.', 'final');
});

await test('a number that does not fit is a fault of its field', async () => {
	const id = addStatement('Something else');
	const own = sql(`SELECT number FROM item WHERE id = ${id}`);
	for (const other of ['', own, '999999', 'x']) {
		await mod.get(QUEUE);
		const answer = await decide(mod, id, { d: 'same', other });
		is(answer.status, 422, `status for ${other}`);
		has(answer.whole, 'href="#f-other"', 'link to the field');
		has(answer.whole, 'aria-invalid="true" aria-describedby="e-other ', 'mark on the field');
	}
	await mod.get(QUEUE);
	is((await decide(mod, id, { d: 'move', q: '1' })).status, 409, 'a statement has no question');
	is(status(id), 0, 'waits');
});

await test('a contribution moves to another question', async () => {
	const id = sql('SELECT id FROM item WHERE space = 1 AND kind = 2 AND status = 0 LIMIT 1');
	const other = sql(`SELECT number || ' ' || id FROM item WHERE space = 1 AND kind = 1 AND status = 1
		AND id <> (SELECT parent FROM item WHERE id = ${id}) LIMIT 1`).split(' ');
	await mod.get(QUEUE);
	await decide(mod, id, { d: 'move', q: other[0] });
	is(sql(`SELECT parent FROM item WHERE id = ${id}`), other[1]);
});

await test('flags are put aside, or the text is hidden; both close them', async () => {
	const [a, b] = sql('SELECT id FROM item WHERE space = 1 AND kind = 2 AND status = 1 ORDER BY id LIMIT 2').split('\n');
	sql(`INSERT INTO flag SELECT i.id, s.id, 1, 2, 1, 0 FROM item i, seat s WHERE i.id IN (${a}, ${b})
		AND s.id IN (SELECT id FROM seat WHERE space = 1 ORDER BY id LIMIT 2)`);
	await mod.get(`${QUEUE}?tab=flagged`);
	has(mod.page, 'Flagged by 2 readers', 'count');
	await decide(mod, a, { d: 'keep' }, `${QUEUE}?tab=flagged`);
	is(status(a), 1, 'stays');
	await decide(mod, b, { d: 'hide', reason: 'danger' }, `${QUEUE}?tab=flagged`);
	is(status(b), 3, 'hidden');
	is(sql(`SELECT count(*) FROM flag WHERE is_open = 1 AND item IN (${a}, ${b})`), '0');
});

await test('an author is trusted where the rule is trust', async () => {
	const seat = sql('SELECT id FROM seat WHERE space = 1 AND is_trusted = 0 ORDER BY id LIMIT 1');
	const id = addStatement('Trust me', { seat });
	sql('UPDATE space SET moderation = 2 WHERE id = 1');
	await mod.get(QUEUE);
	has(mod.page, 'Trust this author', 'button');
	await decide(mod, id, { d: 'trust' });
	is(sql(`SELECT is_trusted FROM seat WHERE id = ${seat}`), '1');
	await decide(mod, id, { d: 'doubt' });
	is(sql(`SELECT is_trusted FROM seat WHERE id = ${seat}`), '0');
	sql('UPDATE space SET moderation = 0 WHERE id = 1');
});

await test('nobody else may decide', async () => {
	const id = addStatement('Nobody may');
	const translator = await signIn('translator');
	is((await translator.get(QUEUE)).status, 403, 'translator sees');
	await translator.get('/account');
	const csrf = /name="csrf" value="([^"]*)"/.exec(translator.page)[1];
	const fields = { csrf, item: id, last: 0, ver: 1, d: 'ok' };
	const post = (v, more = {}, to = QUEUE) => v.ask(to, { method: 'POST', body: new URLSearchParams({ ...fields, ...more }) });
	is((await post(translator)).status, 403, 'translator');
	is((await post(new Visitor(server))).status, 403, 'a stranger');
	await mod.get(QUEUE);
	is((await post(mod, { csrf: 'forged' })).status, 422, 'a forged token');
	fields.csrf = /name="csrf" value="([^"]*)"/.exec(mod.page)[1];
	is((await post(mod, { d: 'burn' })).status, 400, 'a verdict of their own');
	is((await post(mod, { item: 999999 })).status, 404, 'no such item');
	is((await post(mod, {}, '/desk/no-such/queue')).status, 404, 'no such space');
	const question = sql('SELECT id FROM item WHERE space = 1 AND kind = 1 LIMIT 1');
	is((await post(mod, { item: question })).status, 404, 'a question');
	is(status(id), 0, 'waits');
});

await test('the digest is for those who decide, the log for everybody', async () => {
	is((await mod.get('/desk/civic-space/digest')).status, 200, 'digest');
	is((await (await signIn('translator')).get('/desk/civic-space/digest')).status, 403, 'translator');
	for (const lang of LANGS)
		is((await new Visitor(server, { lang }).get('/c/civic-space/log')).status, 200, lang);
	is((await new Visitor(server).get('/c/civic-space/log?page=99')).status, 404, 'page');
	is((await new Visitor(server).get('/c/civic-space/log.json?before=x')).status, 404, 'before');
});

// The form that decides on several things: ticks as they stand on the page.
const ticksOf = (v) => [...v.page.matchAll(/<input type="checkbox" form="many" id="k-(\d+)" name="(k\d+)" value="([^"]*)"( checked)?/g)]
	.map(([, id, name, value, on]) => ({ id, name, value, on: Boolean(on) }));
const many = (v, ids, fields, to = `${QUEUE}/many?tab=waiting`) => {
	const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]*)"/.exec(v.page)[1], ...fields });
	for (const t of ticksOf(v)) if (ids.includes(t.id)) body.set(t.name, t.value);
	return v.get(to, { method: 'POST', body });
};

await test('several are let through at once, each with its line in the public log', async () => {
	const ids = [addStatement('Many one'), addStatement('Many two'), addStatement('Many three')];
	await mod.get(`${QUEUE}?order=new`);
	const before = decisions();
	const answer = await many(mod, ids.slice(0, 2), { d: 'ok' });
	is(answer.status, 200, 'status');
	has(answer.whole, 'Decided on 2 texts.', 'told');
	is(ids.map(status).join(), '1,1,0', 'the third waits');
	is(decisions(), before + 2, 'two decisions');
	is(sql(`SELECT count(*) FROM audit_line WHERE ref IN (${ids})`), '2', 'two lines');
});

await test('several are hidden for one reason, and not without', async () => {
	const ids = [addStatement('Hide one'), addStatement('Hide two')];
	await mod.get(`${QUEUE}?order=new`);
	is((await many(mod, ids, { d: 'hide' })).status, 422, 'no reason');
	has(mod.page, 'href="#f-reason"', 'named');
	is(ticksOf(mod).filter((t) => t.on).map((t) => t.id).sort().join(), [...ids].sort().join(), 'ticks are kept');
	is((await many(mod, [], { d: 'ok' })).status, 422, 'no tick');
	is((await many(mod, ids, {})).status, 422, 'no decision');
	is(ids.map(status).join(), '0,0', 'nothing yet');
	is((await many(mod, ids, { d: 'hide', reason: 'dull' })).status, 400, 'a reason of their own');
	await mod.get(`${QUEUE}?order=new`);
	const [, reason] = /<select id="many-reason"[^]*?<option value="(\w+)"/.exec(mod.page.replace('<option value="">', ''));
	is((await many(mod, ids, { d: 'hide', reason })).status, 200, 'hidden');
	is(ids.map(status).join(), '3,3', 'both');
	is(sql(`SELECT count(DISTINCT reason) || '|' || min(verdict) FROM decision WHERE item IN (${ids})`), '1|3', 'one reason');
});

await test('what somebody decided first stays, and is named; the others are done', async () => {
	const ids = [addStatement('Late one'), addStatement('Late two')];
	await mod.get(`${QUEUE}?order=new`);
	await boss.get(`${QUEUE}?order=new`);
	const [, reason] = /<select id="reason-\d+"[^]*?<option value="(\w+)"/.exec(boss.page.replaceAll('<option value="">', ''));
	await decide(boss, ids[0], { d: 'hide', reason });
	const answer = await many(mod, ids, { d: 'ok' });
	is(ids.map(status).join(), '3,1', 'not overwritten');
	has(answer.whole, 'Decided on 1 text.', 'told');
	has(answer.whole, '1 text stays as it was', 'told');
	has(answer.whole, /S-\d+: Hidden/, 'named');
	const again = await mod.get(`${QUEUE}/many?tab=waiting`, { method: 'POST', body: new URLSearchParams({
		csrf: /name="csrf" value="([^"]*)"/.exec(mod.page)[1], d: 'ok', k0: `${ids[1]}.0.1`, k1: `${ids[1]}.0.1` }) });
	has(again.whole, '2 texts stay as they were', 'the same form twice');
	const changed = addStatement('Changed');
	await mod.get(`${QUEUE}?order=new`);
	sql(`UPDATE item_text SET version = 2 WHERE item = ${changed}`);
	has((await many(mod, [changed], { d: 'ok' })).whole, '1 text stays as it was', 'other words than those that were read');
	is(status(changed), 0, 'waits');
	sql(`UPDATE item SET status = 5 WHERE id = ${changed}`);
});

await test('the ticks of own words are not shown, and not taken', async () => {
	const id = addStatement('My own statement');
	sql(`UPDATE item SET account = (SELECT id FROM account WHERE name = 'moderator') WHERE id = ${id}`);
	await mod.get(`${QUEUE}?order=new`);
	ok(!ticksOf(mod).some((t) => t.id === id), 'no tick');
	const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]*)"/.exec(mod.page)[1], d: 'ok', k0: `${id}.0.1` });
	const answer = await mod.get(`${QUEUE}/many?tab=waiting`, { method: 'POST', body });
	has(answer.whole, '1 text stays as it was', 'told');
	is(status(id), 0, 'waits');
	is((await mod.get(`${QUEUE}?order=new&all=1`)).whole.match(/form="many"[^>]* checked/g).length, ticksOf(mod).length, 'tick all');
	sql(`UPDATE item SET status = 5 WHERE id = ${id}`);
});

await test('ticks from elsewhere are refused', async () => {
	const id = addStatement('Hostile');
	await mod.get(QUEUE);
	const csrf = /name="csrf" value="([^"]*)"/.exec(mod.page)[1];
	const post = (v, fields, to = `${QUEUE}/many`) => v.ask(to, { method: 'POST', body: new URLSearchParams(fields) });
	for (const k0 of ['x', '1', '1.2', '..', `${id}.0`, '1.0.1x', '9999999999999999999999.0.1'])
		is((await post(mod, { csrf, d: 'ok', k0 })).status, 400, k0);
	is((await post(mod, { csrf, d: 'ok', k0: '999999.0.1' })).status, 404, 'no such item');
	is((await post(mod, { csrf, d: 'merge', k0: `${id}.0.1` })).status, 400, 'no such decision');
	is((await post(mod, { csrf, d: 'ok', k0: `${id}.0.1` }, '/desk/no-such/queue/many')).status, 404, 'no such space');
	is((await post(mod, { csrf: 'x', d: 'ok', k0: `${id}.0.1` })).status, 422, 'token');
	is((await mod.ask(`${QUEUE}/many`)).status, 405, 'to read');
	const pen2 = await signIn('translator');
	await pen2.get('/account');
	is((await post(pen2, { csrf: /name="csrf" value="([^"]*)"/.exec(pen2.page)[1], d: 'ok', k0: `${id}.0.1` })).status, 403, 'a translator');
	is((await post(new Visitor(server), { csrf, d: 'ok', k0: `${id}.0.1` })).status, 403, 'a stranger');
	is(status(id), 0, 'waits');
	is((await mod.get(`${QUEUE}?did=3&not=2&late=999999&late=x`)).status, 200, 'numbers made up');
	sql(`UPDATE item SET status = 5 WHERE id = ${id}`);
});

await test('the filter says how many there are of each kind', async () => {
	await mod.get(QUEUE);
	const n = (kind) => sql(`SELECT count(*) FROM item WHERE space = 1 AND status = 0 AND kind = ${kind}`);
	has(mod.page, `>Statement (${n(4)})</option>`, 'statements');
	has(mod.page, `>Contribution (${n(2)})</option>`, 'contributions');
	ok(!(await mod.get(`${QUEUE}?tab=decided`)).whole.includes('>Statement ('), 'not of what was decided');
});

const LIST = '/desk/civic-space/translate';
const missing = (lang) => sql(`SELECT i.id FROM item i WHERE i.space = 1 AND i.status = 1 AND i.kind = 2 AND i.lang <> '${lang}'
	AND NOT EXISTS (SELECT 1 FROM item_text t WHERE t.item = i.id AND t.lang = '${lang}') ORDER BY i.useful DESC, i.id LIMIT 1`);
const text = (id, lang) => sql(`SELECT body || '|' || origin || '|' || is_reviewed FROM item_text WHERE item = ${id} AND lang = '${lang}'`);
const pen = await signIn('translator');

await test('what is missing is listed, translated, and looked at by somebody else', async () => {
	for (const lang of [...LANGS, ...LANGS.map((l) => `${l}-easy`)])
		is((await pen.get(`${LIST}?lang=${lang}`)).status, 200, lang);
	const id = missing('ru');
	await pen.get(`${LIST}?lang=ru&kind=2`);
	has(pen.page, `translate/${id}?lang=ru`, 'link');
	const original = sql(`SELECT t.body FROM item i JOIN item_text t ON t.item = i.id AND t.lang = i.lang WHERE i.id = ${id}`);
	await pen.get(`${LIST}/${id}?lang=ru`);
	const answer = await pen.send(`translate/${id}`, { body: 'Перевод <b>здесь</b>' });
	is(answer.status, 200, 'status');
	has(answer.whole, 'role="status"', 'saved');
	is(text(id, 'ru'), 'Перевод <b>здесь</b>|1|0');
	is(sql(`SELECT t.body FROM item i JOIN item_text t ON t.item = i.id AND t.lang = i.lang WHERE i.id = ${id}`), original, 'original');
	await mod.get(`${QUEUE}?tab=words`);
	has(mod.page, `id="t${id}-ru"`, 'card');
	is((await mod.send(`name="item" value="${id}"`)).status, 200, 'status');
	is(text(id, 'ru').slice(-1), '1', 'looked at');
});

await test('nobody looks over their own translation', async () => {
	const id = missing('es');
	await mod.get(`${LIST}/${id}?lang=es`);
	await mod.send(`translate/${id}`, { body: 'Traducido' });
	await mod.get(`${QUEUE}?tab=words`);
	has(mod.page, 'You translated this.', 'note');
	const csrf = /name="csrf" value="([^"]*)"/.exec(mod.page)[1];
	const body = new URLSearchParams({ csrf, item: id, lang: 'es', ver: 1 });
	is((await mod.ask('/desk/civic-space/review', { method: 'POST', body })).status, 409, 'own');
	await pen.get('/account');
	body.set('csrf', /name="csrf" value="([^"]*)"/.exec(pen.page)[1]);
	is((await pen.ask('/desk/civic-space/review', { method: 'POST', body })).status, 403, 'a translator');
	is(text(id, 'es').slice(-1), '0');
});

await test('easy words stand beside the original, under their own label', async () => {
	const id = sql("SELECT id FROM item WHERE space = 1 AND status = 1 AND kind = 4 AND lang = 'en' LIMIT 1");
	await pen.get(`${LIST}/${id}?lang=en-easy`);
	is((await pen.send(`translate/${id}`, { body: 'x'.repeat(600) })).status, 422, 'too long');
	is((await pen.send(`translate/${id}`, { body: '' })).status, 422, 'empty');
	await pen.send(`translate/${id}`, { body: 'Short words.' });
	is(text(id, 'en-easy'), 'Short words.|3|0');
});

await test('the author\'s own words are nobody else\'s to write', async () => {
	const id = sql("SELECT id FROM item WHERE space = 1 AND status = 1 AND kind = 2 AND lang = 'fr' LIMIT 1");
	const before = text(id, 'fr');
	is((await pen.get(`${LIST}/${id}?lang=fr`)).status, 404, 'page');
	await pen.get(`${LIST}/${id}?lang=zh`);
	is((await pen.send(`translate/${id}`, { lang: 'fr', ver: 1, body: 'Mine now' })).status, 404, 'post');
	is(text(id, 'fr'), before);
});

await test('of two translators the second is told, and loses nothing', async () => {
	const id = missing('zh');
	await pen.get(`${LIST}/${id}?lang=zh`);
	await boss.get(`${LIST}/${id}?lang=zh`);
	await pen.send(`translate/${id}`, { body: '第一' });
	const late = await boss.send(`translate/${id}`, { body: '第二' });
	is(late.status, 409, 'status');
	has(late.whole, '第一', 'the first');
	has(late.whole, '第二</textarea>', 'the second');
	is(text(id, 'zh').split('|')[0], '第一');
	await boss.send(`translate/${id}`);
	is(text(id, 'zh').split('|')[0], '第二');
	is(sql(`SELECT body FROM item_past WHERE item = ${id} AND lang = 'zh'`), '第一', 'kept');
});

await test('what is not public is not translated, nor by strangers', async () => {
	const id = addStatement('Still waiting');
	is((await pen.get(`${LIST}/${id}?lang=fr`)).status, 404, 'waiting');
	is((await (await signIn('editor')).get(LIST)).status, 403, 'editor');
	const other = missing('fr');
	await pen.get(`${LIST}/${other}?lang=fr`);
	const form = { lang: 'fr', ver: 0, body: 'x', csrf: /name="csrf" value="([^"]*)"/.exec(pen.page)[1] };
	const post = (v, to, body) => v.ask(to, { method: 'POST', body: new URLSearchParams(body) });
	is((await post(pen, `${LIST}/${id}`, form)).status, 404, 'waiting');
	is((await post(new Visitor(server), `${LIST}/${other}`, form)).status, 403, 'stranger');
	is((await post(pen, `${LIST}/${other}`, { ...form, csrf: 'x' })).status, 422, 'token');
	is((await post(new Visitor(server), '/desk/civic-space/review', { item: other, lang: 'fr', ver: 1 })).status, 403, 'review');
	is(text(other, 'fr'), '');
});

await server.stop();
done();
