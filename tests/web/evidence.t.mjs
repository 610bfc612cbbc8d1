#!/usr/bin/env node
// The evidence desk ties what was said to what is asked, loses nobody's work, and takes back what it did;
// what no ask uses is counted and listed.
import { randomBytes } from 'node:crypto';
import { LANGS, Visitor, forgetSummary, formOf, serve, signIn as enter, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
forgetSummary(server);
const sql = (text) => ask(server, text);
const DESK = '/desk/civic-space/evidence';

const signIn = (name) => enter(server, name);
const addAsk = (section, number, title, isPublic = 1) => {
	const id = sql(`INSERT INTO item (uid, space, kind, number, account, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
		VALUES ('${randomBytes(8).toString('hex')}', 1, 5, (SELECT coalesce(max(number), 0) + 1 FROM item WHERE space = 1 AND kind = 5),
		1, 'en', 1, 0, 0, 0, 1790000000, 1790000000, 1790000000) RETURNING id`).split('\n')[0];
	sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${id}, 'en', 1, 0, 1, '${title}', 'More.', 1);
		INSERT INTO ask (item, space, section, number, state, version, is_public) VALUES (${id}, 1, ${section}, ${number}, 0, 1, ${isPublic})`);
	return id;
};
const first = addAsk(1, 90, 'Tell people what became of it');
const second = addAsk(2, 90, 'Set up a fund', 0);
const edges = (from) => sql(`SELECT to_item, relation, quote FROM edge WHERE from_item = ${from} ORDER BY to_item`);
const page = (v) => v.page;
const words = (v) => page(v).replace(/<\/?bdi[^>]*>|[\u2066-\u2069]/g, '');
const listed = (v) => [...page(v).matchAll(/name="i(\d)" value="(\d+)"/g)].map(([, slot, id]) => ({ slot, id }));
const found = (v) => Number(/What people said: ([\d,]+)/.exec(page(v))[1].replace(',', ''));

const editor = await signIn('editor');
const other = await signIn('admin');

// Sends the big form with ${boxes} ticked: the page's fields as a browser has them, but many of one name.
const press = async (v, boxes, fields) => {
	const { action, fields: given } = formOf(page(v), 'name="seen"');
	const body = new URLSearchParams({ ...given, do: 'link', ...fields });
	for (const box of boxes) body.append('k', box);
	v.last = { action, body };
	return v.get(action, { method: 'POST', body });
};

await test('it is there for editors in every language, and for nobody else', async () => {
	const reader = await signIn('editor');
	for (const lang of LANGS) is((await reader.get(`/${lang}${DESK}`)).status, 200, lang);
	is((await (await signIn('translator')).get(DESK)).status, 403, 'translator');
	is((await (await signIn('moderator')).get(DESK)).status, 403, 'moderator');
	const stranger = new Visitor(server, { lang: 'en' });
	is((await stranger.ask(DESK)).status, 303, 'stranger');
	is((await stranger.ask('/desk/civic-space/undo', { method: 'POST', body: new URLSearchParams({ batch: '1' }) })).status, 403, 'stranger');
});

await test('ticked texts are tied to an ask, with how they bear on it and what they say', async () => {
	await editor.get(DESK);
	const [a, b, c] = listed(editor);
	const said = sql(`SELECT body FROM item_text WHERE item = ${b.id} AND origin = 0`).split('\n')[0].slice(3, 30).trim();
	const before = found(editor);
	const answer = await press(editor, [a.slot, b.slot, c.slot],
		{ ask: first, [`r${b.slot}`]: 'against', [`w${b.slot}`]: `  ${said} `, [`r${c.slot}`]: 'if' });
	is(answer.status, 200);
	has(words(editor), 'Linked to ask 1.90: 3.');
	is(edges(first), [[a.id, 2, ''], [b.id, 3, said], [c.id, 4, '']].map((e) => e.join('|')).sort((x, y) => parseInt(x, 10) - parseInt(y, 10)).join('\n'));
	is(found(editor), before - 3, 'not used yet');
	ok(!listed(editor).some(({ id }) => id === a.id), 'no longer listed');
	has(page(editor), `value="${first}" aria-describedby="h${first}" checked`, 'the ask stays chosen');
	const open = (await new Visitor(server, { lang: 'en' }).get('/c/civic-space/asks/1.90')).whole;
	has(open, 'In favour: 1');
	has(open, said.slice(0, 10));
});

await test('the same form twice makes one link, and tells the same', async () => {
	const { action, body } = editor.last;
	const rows = sql('SELECT count(*) FROM edge_past');
	const before = edges(first);
	await editor.get(action, { method: 'POST', body });
	has(words(editor), 'Linked to ask 1.90: 3.');
	is(edges(first), before);
	is(sql('SELECT count(*) FROM edge_past'), rows, 'history');
});

await test('what was done is taken back by whoever did it, once', async () => {
	const undo = formOf(page(editor), 'civic-space/undo');
	const body = new URLSearchParams(undo.fields);
	await other.get(DESK);
	const csrf = formOf(page(other), 'name="seen"').fields.csrf;
	await other.get(undo.action, { method: 'POST', body: new URLSearchParams({ batch: undo.fields.batch, csrf }) });
	has(page(other), 'Nothing was taken back');
	await editor.get(undo.action, { method: 'POST', body });
	has(page(editor), 'All is as it was');
	is(edges(first), '');
	await editor.get(undo.action, { method: 'POST', body });
	has(page(editor), 'Nothing was taken back');
	is(edges(first), '');
	is(sql(`SELECT count(*) FROM edge_past WHERE from_item = ${first}`), '6', 'both stay in the history');
});

await test('wrong input is told beside its field, and what was typed stays', async () => {
	await editor.get(DESK);
	const [a, b] = listed(editor);
	is((await press(editor, [], { ask: first })).status, 422, 'nothing ticked');
	has(page(editor), 'Tick at least one text.');
	await editor.get(DESK);
	is((await press(editor, [a.slot], {})).status, 422, 'no ask');
	has(page(editor), 'Choose an ask.');
	is((await press(editor, [a.slot], { number: '7.7' })).status, 422, 'no such ask');
	is((await press(editor, [a.slot, b.slot], { ask: first, [`w${b.slot}`]: 'words nobody wrote', [`r${b.slot}`]: 'if' })).status, 422, 'quote');
	has(page(editor), 'These words are not in the text.');
	has(page(editor), 'value="words nobody wrote"');
	has(page(editor), `id="ri${b.slot}" name="r${b.slot}" value="if" checked`);
	has(page(editor), `id="k${a.slot}" name="k" value="${a.slot}" checked`);
	is(edges(first), '', 'nothing was written');
});

await test('only published words of this space can be evidence', async () => {
	await editor.get(DESK);
	const [a] = listed(editor);
	const question = sql('SELECT id FROM item WHERE kind = 1 LIMIT 1');
	const waiting = sql('SELECT coalesce(max(id), 0) FROM item WHERE kind = 2 AND status = 0');
	for (const forged of [question, first, waiting, '0', '-1', '999999999', '9223372036854775807']) {
		await editor.get(DESK);
		const { status } = await press(editor, [a.slot], { ask: first, [`i${a.slot}`]: forged });
		is(status, 422, forged);
	}
	await editor.get(DESK);
	is((await press(editor, [a.slot], { ask: '999999999' })).status, 422, 'an ask that is none');
	is((await press(editor, [a.slot], { ask: first, [`r${a.slot}`]: 'maybe' })).status, 400, 'no choice of ours');
	is(edges(first), '');
});

await test('of two editors neither loses work, and each sees the other', async () => {
	await editor.get(DESK);
	await other.get(DESK);
	const [a, b] = listed(editor);
	await press(other, [a.slot], { ask: first, [`r${a.slot}`]: 'against' });
	await press(editor, [b.slot], { ask: first });
	has(words(editor), 'Ask 1.90 changed while you worked');
	has(page(editor), 'Your work is safe.');
	is(edges(first).split('\n').length, 2, 'both links');
	const later = await signIn('editor');
	await later.get(`${DESK}?use=any`);
	const was = listed(later).find(({ id }) => id === a.id);
	ok(was, 'the text is on the page of all');
	await other.get(`${DESK}?use=any`);
	await press(other, [was.slot], { ask: first, [`r${was.slot}`]: 'if' });
	is((await press(later, [was.slot], { ask: first, [`r${was.slot}`]: 'for' })).status, 409, 'the same text');
	has(page(later), 'Nothing of yours is written yet');
	is(sql(`SELECT relation FROM edge WHERE from_item = ${first} AND to_item = ${a.id}`), '4', 'theirs stays');
	is((await press(later, [was.slot], { ask: first, [`r${was.slot}`]: 'for' })).status, 200, 'a decision');
	is(sql(`SELECT relation FROM edge WHERE from_item = ${first} AND to_item = ${a.id}`), '2');
});

await test('filters and words find, and what is no choice of ours is not said', async () => {
	const count = async (query) => {
		await editor.get(`${DESK}?${query}`);
		return found(editor);
	};
	const all = await count('use=any');
	is(all, Number(sql('SELECT count(*) FROM item WHERE space = 1 AND kind = 2 AND status = 1')));
	is(await count('use=some'), 2);
	is(await count('use=none') + 2, all);
	is(await count('use=any&kind=4'), Number(sql('SELECT count(*) FROM item WHERE space = 1 AND kind = 4 AND status = 1')), 'statements');
	is(await count('use=any&lang=fr'), Number(sql("SELECT count(*) FROM item WHERE space = 1 AND kind = 2 AND status = 1 AND lang = 'fr'")), 'language');
	is(await count('use=any&question=1'), Number(sql('SELECT count(*) FROM item i JOIN item q ON q.id = i.parent WHERE i.space = 1 AND i.kind = 2 AND i.status = 1 AND q.kind = 1 AND q.number = 1')), 'question');
	const crowd = sql('SELECT min(crowd) FROM seat_crowd c JOIN item i ON i.seat = c.seat WHERE i.space = 1 AND i.kind = 2 AND i.status = 1');
	is(await count(`use=any&crowd=${crowd}`), Number(sql(`SELECT count(*) FROM item i JOIN seat_crowd c ON c.seat = i.seat AND c.crowd = ${crowd} WHERE i.space = 1 AND i.kind = 2 AND i.status = 1`)), 'group');
	const word = sql(`SELECT body FROM item_text t JOIN item i ON i.id = t.item WHERE i.kind = 2 AND i.status = 1 AND t.lang = 'en' AND t.origin = 0 LIMIT 1`).split(/\W+/).find((w) => w.length > 6);
	ok(await count(`use=any&q=${word}`) >= 1, word);
	is(await count('use=any&q=xyzzyplugh'), 0);
	is(await count('use=x&kind=%3C&question=-1&theme=x&lang=q&country=zz&crowd=-5&page=0&ask=x'), await count('use=none'), 'nonsense');
	is((await editor.get(`${DESK}?page=99999999`)).status, 200);
	is((await editor.get(`${DESK}?did=99999999&since=x`)).status, 200);
});

await test('themes are named in the language of the reader', async () => {
	for (const lang of LANGS) {
		const whole = (await new Visitor(server, { lang }).get(`/${lang}/c/civic-space/q/1`)).whole;
		const shown = /<select id="ft"[^]*?<\/select>/.exec(whole)[0];
		for (const name of sql(`SELECT name FROM theme_text x JOIN theme t ON t.id = x.theme WHERE t.space = 1 AND x.lang = '${lang}'`).split('\n')) has(shown, `>${name}<`, lang);
	}
});

await test('a theme alone is given, and counts as used', async () => {
	await editor.get(DESK);
	const [a, b] = listed(editor);
	const theme = sql('SELECT min(id) FROM theme WHERE space = 1');
	sql(`UPDATE item SET theme = NULL WHERE id IN (${a.id}, ${b.id})`);
	is((await press(editor, [a.slot, b.slot], { do: 'theme', theme: '999999' })).status, 422, 'no theme of ours');
	is((await press(editor, [a.slot, b.slot], { do: 'theme', theme })).status, 200);
	has(page(editor), 'The theme is set.');
	is(sql(`SELECT count(*) FROM item WHERE id IN (${a.id}, ${b.id}) AND theme = ${theme}`), '2');
});

await test('the links of an ask are listed, removed and brought back', async () => {
	await editor.get(`${DESK}/1.90`);
	has(words(editor), 'Linked texts: 2');
	has(page(editor), 'What was done');
	const { action, fields } = formOf(page(editor), 'name="item"');
	await editor.get(action, { method: 'POST', body: new URLSearchParams(fields) });
	has(words(editor), 'The link to ask 1.90 is removed.');
	is(edges(first).split('\n').length, 1);
	const again = await editor.ask(action, { method: 'POST', body: new URLSearchParams(fields) });
	is(again.status, 303, 'twice is no fault');
	await editor.send('civic-space/undo');
	is(edges(first).split('\n').length, 2, 'back');
	is((await editor.get(`${DESK}/7.7`)).status, 404);
	is((await editor.get('/desk/no-such/evidence')).status, 404);
});

await test('coverage is counted as the page says, and the rest is listed', async () => {
	const [published, unused] = sql(`SELECT count(*), count(CASE WHEN i.theme IS NULL AND NOT EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item
		WHERE e.to_item = i.id AND e.relation IN (2, 3, 4) AND a.is_public = 1) THEN 1 END)
		FROM item q JOIN item i ON i.parent = q.id AND i.status = 1 WHERE q.space = 1 AND q.kind = 1`).split('|').map(Number);
	const v = new Visitor(server, { lang: 'en' });
	has((await v.get('/c/civic-space/asks')).whole, `under a theme: ${published - unused} of ${published} published`);
	if (unused) has(page(v), `Not used yet: ${unused}`);
	const shown = (await v.get('/c/civic-space/unused')).whole.match(/<article /g)?.length ?? 0;
	is(shown, Math.min(unused, 20));
	for (const lang of LANGS) is((await v.get(`/${lang}/c/civic-space/unused?page=99`)).status, 200, lang);
	is((await v.get('/c/no-such/unused')).status, 404);
});

await test('a source leads to the asks that use it, but not to drafts', async () => {
	const [source] = edges(first).split('|');
	sql(`INSERT INTO edge (from_item, to_item, relation, quote, at) VALUES (${second}, ${source}, 2, '', 1)`);
	const whole = (await new Visitor(server, { lang: 'en' }).get(`/i/${source}?x`)).whole;
	has(whole, 'Used in these asks');
	has(whole, 'href="/c/civic-space/asks/1.90"');
	ok(!whole.includes('/asks/2.90'), 'a draft');
});

await test('the marks of what is used are those of the links, whoever wrote them', () => {
	const look = () => sql(`SELECT count(*) FROM item i WHERE i.is_cited <> CASE WHEN EXISTS (SELECT 1 FROM edge e WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4) THEN 1 ELSE 0 END
		OR i.is_shown <> CASE WHEN EXISTS (SELECT 1 FROM edge e JOIN ask a ON a.item = e.from_item WHERE e.to_item = i.id AND e.relation BETWEEN 2 AND 4 AND a.is_public = 1) THEN 1 ELSE 0 END`);
	is(look(), '0', 'after all that was done here');
	ok(Number(sql('SELECT count(*) FROM item WHERE is_cited = 1')) > 0, 'some are used');
	const edge = sql('SELECT min(id) FROM edge WHERE relation BETWEEN 2 AND 4');
	const from = sql(`SELECT from_item FROM edge WHERE id = ${edge}`);
	for (const change of [`UPDATE ask SET is_public = 1 - is_public WHERE item = ${from}`, `UPDATE ask SET is_public = 1 - is_public WHERE item = ${from}`, `DELETE FROM edge WHERE id = ${edge}`]) {
		sql(change);
		is(look(), '0', change);
	}
});

is(await server.stop(), 0, 'exit status');
done();
