#!/usr/bin/env node
// People write, see what becomes of it, change their mind, and leave with everything; others read,
// reply, mark and flag; and nobody touches what is another's.
import { LANGS, Visitor, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const SPACE = '/c/civic-space';
const sql = (text) => ask(server, text);
const count = (what) => Number(sql(`SELECT count(*) FROM ${what}`));
const newest = (kind) => Number(sql(`SELECT max(id) FROM item WHERE kind = ${kind}`));
const publish = (id) => sql(`UPDATE item SET status = 1, published_at = 1 WHERE id = ${id}`);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const write = async (v, body, more = {}, at = `${SPACE}/q/1/write`) => {
	await v.get(at);
	return v.send('name="once"', { body, ...more });
};
// Closes every phase but for reading while ${run} runs.
const closed = async (run) => {
	const was = sql('SELECT id, actions FROM phase').split('\n').map((l) => l.split('|'));
	sql('UPDATE phase SET actions = 1');
	try {
		await run();
	} finally {
		for (const [id, actions] of was) sql(`UPDATE phase SET actions = ${actions} WHERE id = ${id}`);
	}
};
const other = Number(sql(`SELECT i.id FROM item i JOIN item q ON q.id = i.parent WHERE i.space = 1 AND i.kind = 2
	AND i.status = 1 AND i.seat IS NOT NULL AND q.kind = 1 AND q.number = 1 ORDER BY i.id DESC LIMIT 1`));

await test('a question in every language', async () => {
	for (const lang of LANGS) {
		const v = visitor(lang);
		const answer = await v.get(`${SPACE}/q/1`);
		is(answer.status, 200, lang);
		has(v.page, 'aria-current="page"', lang);
		is(v.jar.has('c'), false, 'a reader gets no code');
	}
});

await test('filters combine', async () => {
	const v = visitor();
	const n = async (query) => {
		await v.get(`${SPACE}/q/1${query}`);
		return Number(/<h2 id="c">(\d+)/.exec(v.page)[1]);
	};
	const all = await n('');
	const fr = await n('?lang=fr');
	ok(fr > 0 && fr < all, `${fr} of ${all} in French`);
	is(fr, Number(sql(`SELECT count(*) FROM item i JOIN item q ON q.id = i.parent
		WHERE q.space = 1 AND q.kind = 1 AND q.number = 1 AND i.status = 1 AND i.lang = 'fr'`)), 'as kept');
	ok((await n('?lang=fr&country=KE')) <= fr, 'with a country');
	is(await n('?q=zzzzzz'), 0, 'unknown words');
	is(await n('?q=%22%27*)('), 0, 'no words at all');
	is(await n('?lang=xx&country=ZZZ&theme=abc&page=-1'), all, 'what was not offered');
});

await test('what is written waits, and only its author sees it', async () => {
	const v = visitor();
	const answer = await write(v, 'Bridges, **not** walls <b>x</b>', { country: 'KE', alias: 'Asha' });
	is(v.at, '/me', 'where it leads');
	is(answer.status, 200);
	has(v.page, /class="code"[^>]*>[0-9A-Z]{4}( [0-9A-Z]{4}){4}</, 'the code');
	has(v.page, 'Waiting for a moderator', 'state');
	has(v.page, '<strong>not</strong>', 'Markdown');
	has(v.page, '&lt;b&gt;', 'markup is text');
	const id = newest(2);
	is(sql(`SELECT status FROM item WHERE id = ${id}`), '0', 'kept');
	has((await v.get(`${SPACE}/q/1`)).whole, 'Bridges', 'its author sees it');
	is((await visitor().get(`${SPACE}/q/1`)).whole.includes('Bridges'), false, 'others do not');
	is((await visitor().get(`/i/${id}`)).status, 404, 'nor at its address');
	publish(id);
	has((await visitor().get(`/i/${id}`)).whole, 'Asha', 'then they do');
	await v.get(`${SPACE}/q/2/write`);
	has(v.page, 'value="Asha"', 'what was said of oneself is filled in');
	has(v.page, /value="KE" selected/, 'the country too');
});

await test('the same form twice is one contribution', async () => {
	const v = visitor();
	await v.get(`${SPACE}/q/1/write`);
	const form = v.page, before = count('item');
	await v.send('name="once"', { body: 'Once only' });
	v.page = form;
	v.at = `${SPACE}/q/1/write`;
	await v.send('name="once"', { body: 'Once only' });
	is(count('item'), before + 1, 'items');
});

await test('faults are shown and what was typed is kept', async () => {
	const v = visitor(), before = count('item');
	is((await write(v, '')).status, 422, 'nothing');
	has(v.page, 'aria-invalid="true"');
	is((await write(v, 'é'.repeat(5001), { alias: 'Kept' })).status, 422, 'too long');
	has(v.page, 'value="Kept"', 'alias');
	has(v.page, 'é'.repeat(5001), 'text');
	is((await write(v, 'x', { csrf: 'forged' })).status, 422, 'forged token');
	is((await write(v, 'x', { country: 'XX' })).status, 400, 'no such country');
	is((await write(v, 'x', { theme: '999999' })).status, 400, 'no such theme');
	is((await write(v, 'x', { crowd: '999999' })).status, 400, 'no such group');
	is((await write(v, 'x', { lang: 'tlh' })).status, 400, 'no such language');
	is((await visitor().get(`${SPACE}/q/99/write`)).status, 404, 'no such question');
	is(count('item'), before, 'nothing was written');
});

await test('a closed phase takes nothing, and gives the words back', async () => {
	const v = visitor(), before = count('item');
	await v.get(`${SPACE}/q/1/write`);
	await closed(async () => {
		is((await v.send('name="once"', { body: 'Too late' })).status, 409, 'contribution');
		has(v.page, 'Too late', 'kept');
		const w = visitor();
		is((await w.get(`${SPACE}/statement`)).status, 200, 'the page says so');
		is(w.page.includes('name="once"'), false, 'without a form');
	});
	is(count('item'), before, 'nothing was written');
});

await test('a reply, one level only', async () => {
	const v = visitor();
	await write(v, 'I agree', {}, `/i/${other}/reply`);
	const id = newest(3);
	is(sql(`SELECT parent FROM item WHERE id = ${id}`), String(other), 'below');
	publish(id);
	is((await visitor().get(`/i/${id}/reply`)).status, 404, 'no reply to a reply');
	has((await visitor().get(`/i/${other}`)).whole, 'I agree', 'shown below');
	is((await visitor().get('/i/999999999/reply')).status, 404, 'forged');
});

await test('a statement has at most 280 characters', async () => {
	const v = visitor(), before = count('item');
	is((await write(v, 'x'.repeat(281), {}, `${SPACE}/statement`)).status, 422, 'too long');
	is((await write(v, 'x'.repeat(280), {}, `${SPACE}/statement`)).status, 200, 'fits');
	is(count('item'), before + 1, 'one');
	is(sql('SELECT status FROM item ORDER BY id DESC LIMIT 1'), '0', 'waits');
});

await test('useful goes on and off', async () => {
	const v = visitor();
	const useful = () => Number(sql(`SELECT useful FROM item WHERE id = ${other}`));
	const marks = () => count(`useful WHERE item = ${other}`);
	const before = marks();
	await v.get(`/i/${other}/useful`);
	is((await v.send('/useful')).status, 200, 'on');
	is(marks(), before + 1, 'marks');
	is(useful(), marks(), 'count');
	await v.get(`/i/${other}/useful`);
	await v.send('/useful');
	is(marks(), before, 'off');
	await v.get(`/i/${other}/useful`);
	is((await v.send('/useful', { csrf: 'forged' })).status, 422, 'forged token');
	is((await v.send('/useful', { back: '//evil.example/' })).status, 200, 'no way out');
	is(v.at, `/i/${other}`, 'stays here');
	await v.get(`/i/${other}/useful`);
	await closed(async () => is((await v.send('/useful')).status, 409, 'closed'));
});

await test('a flag needs a reason of ours, and counts once', async () => {
	const v = visitor(), flags = () => count(`flag WHERE item = ${other}`), before = flags();
	await v.get(`/i/${other}/flag`);
	is((await v.send('/flag')).status, 422, 'no reason');
	is((await v.send('/flag', { reason: 'bored' })).status, 400, 'no such reason');
	for (const reason of ['names', 'hate']) {
		await v.get(`/i/${other}/flag`);
		is((await v.send('/flag', { reason })).status, 200, reason);
	}
	is(flags(), before + 1, 'one flag');
	await v.get(`/i/${other}/flag`);
	is((await v.send('/flag', { reason: 'hate', csrf: '' })).status, 422, 'no token');
});

await test('nobody marks their own words', async () => {
	const v = visitor();
	await write(v, 'Mine');
	const id = newest(2);
	publish(id);
	is((await v.get(`/i/${id}/useful`)).status, 404, 'useful');
	is((await v.get(`/i/${id}/flag`)).status, 404, 'flag');
});

await test('the code opens on another browser; a wrong one is always told in the same words', async () => {
	const v = visitor(), w = visitor();
	await write(v, 'From the first browser');
	const [, code] = /class="code"[^>]*>([^<]*)</.exec(v.page);
	const fault = async (typed) => {
		await w.get('/me');
		is((await w.send('/me/open', { code: typed })).status, 422, typed);
		return /id="e-code">([^<]*)</.exec(w.page)[1];
	};
	const first = await fault('abc');
	is(await fault('7K3Q W7K3 QW7K 3QW7 K3QW'), first, 'unknown');
	is(await fault(''), first, 'empty');
	is((await w.send('/me/open', { code, csrf: 'forged' })).status, 422, 'forged token');
	await w.get('/me');
	await w.send('/me/open', { code: code.toLowerCase().replaceAll(' ', '-') });
	has(w.page, 'From the first browser', 'open');
	await w.send('/me/close');
	is(w.jar.has('c'), false, 'closed');
	is(w.page.includes('From the first browser'), false, 'forgotten');
});

await test('words are corrected and the former ones kept; another cannot', async () => {
	const v = visitor();
	await write(v, 'First wording');
	const id = newest(2);
	publish(id);
	await v.get(`/me/item/${id}`);
	const form = v.page;
	await v.send(`/me/item/${id}`, { body: 'Second wording' });
	is(v.at, '/me');
	is(sql(`SELECT status FROM item WHERE id = ${id}`), '0', 'read again');
	is(sql(`SELECT body FROM item_past WHERE item = ${id}`), 'First wording', 'kept');
	v.page = form;
	is((await v.send(`/me/item/${id}`, { body: '' })).status, 422, 'empty');
	const w = visitor();
	await write(w, 'Another');
	const [, csrf] = /name="csrf" value="([^"]*)"/.exec((await w.get('/me')).whole);
	for (const at of [`/me/item/${id}`, `/me/item/${id}/withdraw`]) {
		is((await w.get(at)).status, 404, at);
		const body = new URLSearchParams({ csrf, body: 'Stolen' });
		is((await w.get(at, { method: 'POST', body })).status, 404, `POST ${at}`);
	}
	is(sql(`SELECT body FROM item_text WHERE item = ${id}`), 'Second wording', 'untouched');
	is(sql(`SELECT status FROM item WHERE id = ${id}`), '0', 'not taken back');
});

await test('words are taken back and leave a line where others replied', async () => {
	const v = visitor();
	await write(v, 'Taken back soon');
	const id = newest(2);
	publish(id);
	await write(visitor(), 'A reply to it', {}, `/i/${id}/reply`);
	publish(newest(3));
	await v.get(`/me/item/${id}/withdraw`);
	await v.send('/withdraw');
	is(sql(`SELECT status FROM item WHERE id = ${id}`), '5', 'withdrawn');
	const page = (await visitor().get(`${SPACE}/q/1`)).whole;
	is(page.includes('Taken back soon'), false, 'not shown');
	has(page, 'A reply to it', 'the reply stays');
	has(page, 'Its author has taken these words back.', 'with a line above');
	is((await v.get(`/me/item/${id}`)).status, 409, 'not corrected any more');
});

await test('what is hidden shows its reason, not its words', async () => {
	const v = visitor();
	await write(v, 'The officer was Mr X');
	const id = newest(2);
	sql(`UPDATE item SET status = 3, published_at = 1 WHERE id = ${id};
		INSERT INTO decision (space, item, account, verdict, reason, word, at) VALUES (1, ${id}, 1, 3, 1, 'Leave the name out.', 1)`);
	const page = (await visitor().get(`/i/${id}`)).whole;
	is(page.includes('Mr X'), false, 'words');
	has(page, 'It names a person', 'reason');
	is(page.includes('Leave the name out.'), false, 'the word is for its author');
	has((await v.get('/me')).whole, 'Leave the name out.', 'who reads it');
	has(v.page, 'Change and send again');
});

await test('what people say of themselves can be changed', async () => {
	const v = visitor();
	is((await v.get('/me/space/civic-space')).status, 404, 'no seat yet');
	await write(v, 'With a profile', { alias: 'Before' });
	await v.get('/me/space/civic-space');
	await v.send('/me/space/', { alias: 'After', country: 'FR', lang: '' });
	has((await v.get('/me/space/civic-space')).whole, 'value="After"', 'kept');
	is((await v.send('/me/space/', { alias: 'x'.repeat(61) })).status, 422, 'too long');
	is((await v.send('/me/space/', { country: 'QQ' })).status, 400, 'no such country');
	is((await visitor().get('/me/space/civic-space')).status, 404, 'another');
});

await test('everything can be taken along, and deleted', async () => {
	const v = visitor();
	await write(v, 'Erase "me"\nplease', { alias: 'Gone', country: 'CL' });
	const id = newest(2), seat = sql(`SELECT seat FROM item WHERE id = ${id}`);
	publish(id);
	await v.get(`${SPACE}/vote`);
	await v.send('name="s"', { v: '1' });
	is(count(`vote WHERE seat = ${seat}`), 1, 'voted');
	const data = JSON.parse((await v.get('/me/data.json')).whole);
	is(data.words[0].text, 'Erase "me"\nplease', 'words');
	is(data.consultations[0].country, 'CL', 'country');
	is(data.consultations[0].votes.length, 1, 'votes');
	is((await visitor().get('/me/data.json')).status, 404, 'nobody else');
	await v.get('/me/delete');
	is((await v.send('/me/delete', { csrf: 'forged' })).status, 403, 'forged token');
	await v.get('/me/delete');
	await v.send('/me/delete');
	is(sql(`SELECT status FROM item WHERE id = ${id}`), '5', 'withdrawn');
	is(sql(`SELECT body FROM item_text WHERE item = ${id}`), '', 'erased');
	is(sql(`SELECT alias || lang || country FROM seat WHERE id = ${seat}`), '', 'emptied');
	is(count(`vote WHERE seat = ${seat}`), 0, 'votes');
	is((await visitor().get('/me/delete')).status, 404, 'nobody has nothing to delete');
});

await test('a forged close is refused', async () => {
	const v = visitor();
	await write(v, 'Still here');
	is((await v.send('/me/close', { csrf: 'forged' })).status, 403, 'status');
	ok(v.jar.has('c'), 'the code stays');
});

is(await server.stop(), 0, 'exit status');
done();
