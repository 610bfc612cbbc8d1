#!/usr/bin/env node
// Readers choose easy words, in a path or by what was kept of it, and get them where somebody wrote
// some; with easy words off every page is the one it was without them.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, serve, signIn as enter, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
let server = await serve({ dir });
const keys = server.log;
const sql = (text) => ask(server, text);
const SPACE = '/c/civic-space';
const signIn = (name) => enter(server, name, { words: keys });
const page = async (at, lang = 'en') => (await new Visitor(server, { lang }).get(at)).whole;
const heading = (html) => /<h1[^>]*>([^]*?)<\/h1>/.exec(html)[1].replace(/&#39;/g, "'");
const question = sql('SELECT id FROM item WHERE space = 1 AND kind = 1 AND number = 1');
const words = (id, lang, what = 'title') => sql(`SELECT ${what} FROM item_text WHERE item = ${id} AND lang = '${lang}'`);
const OFFER = /<p><a href="\/\w\w-easy\/[^]*?<\/p>(?=<\/div>)/;
const NONE = 'Nobody has put this text into easy words yet.';

await test('the sample says its questions and its purpose in easy words, in every language', async () => {
	for (const lang of LANGS) {
		const html = await page(`/${lang}-easy${SPACE}/q/1`);
		is(heading(html), words(question, `${lang}-easy`), lang);
		has(html, new RegExp(`<html lang="${lang}[^"]*" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`), 'language');
		for (const [, tag] of html.matchAll(/\s(?:href)?lang="([^"]*)"/g)) ok(/^[a-z]{2}(-[A-Z][a-z]{3})?$/.test(tag), tag);
		has(await page(`/${lang}-easy${SPACE}`),
			sql(`SELECT purpose FROM space_text WHERE space = 1 AND lang = '${lang}-easy'`).slice(0, 30), 'purpose');
	}
});

await test('what is chosen is kept, told, and switched off by one link', async () => {
	const v = new Visitor(server, { lang: 'en' });
	const [, on] = /<p><a href="([^"]+)">Easy words<\/a>/.exec((await v.get(SPACE)).whole);
	is(on, `/en-easy${SPACE}`);
	const plain = v.page;
	await v.get(on);
	is(v.jar.get('lang'), 'en-easy', 'kept');
	is(heading((await v.get(`${SPACE}/q/1`)).whole), words(question, 'en-easy'), 'another page');
	has(v.page, 'English</bdi>, easy words', 'above');
	has(v.page, `<a href="/fr-easy${SPACE}/q/1"`, 'in another language');
	const [, off] = /Easy words are on\. <a href="([^"]+)">/.exec((await v.get(SPACE)).whole);
	is(off, `/en${SPACE}`);
	is((await v.get(off)).whole, plain, 'the page of before');
	is(v.jar.get('lang'), 'en', 'kept');
});

await test('one visitor\'s easy page is not another\'s', async () => {
	const easy = await page(`/en-easy${SPACE}/q/2`), plain = await page(`/en${SPACE}/q/2`);
	ok(heading(easy) !== heading(plain), 'two pages');
	is(await page(`/en-easy${SPACE}/q/2`), easy, 'kept');
	is(await page(`/en${SPACE}/q/2`), plain, 'kept');
});

await test('without easy words come the reader\'s language, then the original', async () => {
	const id = sql("SELECT id FROM item WHERE space = 1 AND kind = 2 AND status = 1 AND lang = 'fr' ORDER BY id LIMIT 1");
	const first = (s) => s.split(/['\n<&]/)[0].slice(0, 40);
	let html = await page(`/en-easy/i/${id}`);
	has(html, first(words(id, 'en', 'body')), 'translated');
	has(html, NONE, 'quiet line');
	html = await page(`/en-easy/i/${id}?original=1`);
	has(html, first(words(id, 'fr', 'body')), 'original');
	ok(!html.includes(NONE), 'asked for the original');
	ok(!(await page(`/en/i/${id}`)).includes(NONE), 'easy words are off');
	sql(`DELETE FROM item_text WHERE item = ${id} AND lang IN ('ru', 'ru-easy')`);
	has(await page(`/ru-easy/i/${id}`), first(words(id, 'fr', 'body')), 'no Russian at all');
	has(await page(`/en-easy/i/${question}?original=1`), words(question, 'en'), 'the question as it was asked');
});

await test('what is no choice of ours is none', async () => {
	for (const at of ['/xx-easy/c', '/-easy/c', '/easy/c', '/en-easy-easy/c', '/EN-EASY/c'])
		is((await new Visitor(server, { lang: 'en' }).get(at)).status, 404, at);
	const v = new Visitor(server, { lang: 'fr' });
	for (const bad of ['xx-easy', '-easy', 'easy', 'en-easy-easy', 'en-EASY']) {
		v.jar.set('lang', bad);
		has((await v.get(SPACE)).whole, '<html lang="fr"', bad);
		ok(!v.page.includes('sont activés'), bad);
	}
});

await test('what a translator puts into easy words is read; a form still works', async () => {
	const pen = await signIn('translator');
	const ask1 = sql('SELECT item FROM ask WHERE space = 1 AND is_public = 1 ORDER BY section, number LIMIT 1');
	await pen.get(`/desk/civic-space/translate/${ask1}?lang=en-easy`);
	is((await pen.send(`translate/${ask1}`, { title: 'Ask <in> short', body: 'Do it.' })).status, 200, 'saved');
	const address = sql(`SELECT section || '.' || number FROM ask WHERE item = ${ask1}`);
	has(await page(`/en-easy${SPACE}/asks/${address}`), 'Ask &lt;in&gt; short', 'ask');
	has(await page(`/en-easy${SPACE}/asks`), 'Ask &lt;in&gt; short', 'list');
	ok(!(await page(`/en${SPACE}/asks`)).includes('in&gt; short'), 'off');
	const reader = new Visitor(server, { lang: 'en' });
	await reader.get(`/en-easy${SPACE}/q/1/write`);
	is((await reader.send('/write"', { body: 'My own words' })).status, 200, 'written');
	is(sql('SELECT lang FROM item_text ORDER BY item DESC LIMIT 1'), 'en', 'in a language');
});

await test('an organiser writes the consultation\'s own easy words; the first words stay theirs', async () => {
	const boss = await signIn('organiser');
	await boss.get('/desk/civic-space/words/es-easy');
	has(boss.page, 'Short sentences', 'hint');
	is((await boss.send('/words/es-easy', { run_by: '' })).status, 422, 'half of it');
	is((await boss.send('/words/es-easy', { title: 'Corto', run_by: 'b' })).status, 200, 'saved');
	is(heading(await page(`/es-easy${SPACE}`)), 'Corto');
	ok(heading(await page(`/es${SPACE}`)) !== 'Corto', 'off');
	is((await boss.get('/desk/civic-space/words/xx-easy')).status, 404, 'no such language');
	is((await boss.get('/desk/civic-space/words/en-easy')).status, 200, 'of the first language, too');
	boss.jar.set('lang', 'en-easy');
	has((await boss.get('/desk/civic-space/edit')).whole, 'value="Protecting and promoting civic space"', 'settings');
	is((await (await signIn('editor')).get('/desk/civic-space/words/en-easy')).status, 403, 'an editor');
});

await test('easy words of a clause stand beside the law, while they are not older', async () => {
	sql(`INSERT INTO document (id, uid, space, number, kind, lang, version, edits, created_at) VALUES (900, '00000000000000aa', 1, 90, 2, 'en', 1, 1, 1);
		INSERT INTO document_text (document, lang, title, lead) VALUES (900, 'en', 'A law', '');
		INSERT INTO item (id, uid, space, kind, number, lang, status, is_seed, is_meta, useful, created_at, changed_at)
			VALUES (90001, '00000000000000ab', 1, 7, 900, 'en', 1, 0, 0, 0, 1, 1);
		INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES
			(90001, 'en', 1, 0, 1, 'Aim', 'Whosoever shall.', 50), (90001, 'en-easy', 1, 3, 1, 'Aim', 'You may.', 60);
		INSERT INTO document_version (document, version, account, at) VALUES (900, 1, 1, 1);
		INSERT INTO document_clause (document, version, ord, item) VALUES (900, 1, 1, 90001);
		INSERT INTO document_words (document, version, item, lang, wording) VALUES (900, 1, 90001, 'en', 1)`);
	let html = await page(`/en-easy${SPACE}/d/90/1`);
	has(html, 'Whosoever shall.', 'the law');
	has(html, 'You may.', 'in easy words');
	ok(!(await page(`/en${SPACE}/d/90/1`)).includes('You may.'), 'off');
	sql("UPDATE item_text SET at = 70 WHERE item = 90001 AND lang = 'en'");
	html = await page(`/en-easy${SPACE}/d/90/1?v=1`);
	has(html, 'Whosoever shall.', 'the law');
	ok(!html.includes('You may.'), 'older than the law');
});

await test('files hold the words that people voted on', async () => {
	const id = sql("SELECT id FROM item WHERE space = 1 AND kind = 4 AND status = 1 AND number = 1");
	sql(`INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at) VALUES (${id}, 'en-easy', 1, 3, 1, '', 'Easy statement', 9)`);
	const v = new Visitor(server, { lang: 'en' });
	has((await v.get(`/en-easy${SPACE}/results`)).whole, 'Easy statement', 'results');
	ok(!(await v.get(`${SPACE}/data/statements.csv`)).whole.includes('Easy statement'), 'file');
});

await test('with easy words off, each page is byte for byte the one of a house without any', async () => {
	const asks = sql('SELECT section || \'.\' || number FROM ask WHERE space = 1 AND is_public = 1 ORDER BY section, number LIMIT 1');
	const paths = ['/', '/c', SPACE, `${SPACE}/q/1`, `${SPACE}/q/2?order=useful`, `${SPACE}/vote/list`, `${SPACE}/results`, `${SPACE}/asks`,
		`${SPACE}/asks/${asks}`, `/i/${question}`, `${SPACE}/d/90/1`, `${SPACE}/log`, '/about', '/no/such'];
	// But for what is drawn anew each time, and the minute in which results were counted.
	const steady = (html) => html.replace(/(name="(?:csrf|once)" value=")[^"]*/g, '$1').replace(/\b\d?\d:\d\d\b/g, '');
	const all = async () => {
		const got = new Map();
		for (let i = 0; i < 100 && !(await page(`/es${SPACE}/results`)).includes('<svg'); i++) await new Promise((go) => setTimeout(go, 50));
		for (const lang of ['en', 'ar', 'ru'])
			for (const at of paths) got.set(`/${lang}${at}`, steady(await page(`/${lang}${at}`)));
		return got;
	};
	is(await server.stop(), 0, 'stopped'); // opened again, so that all is counted anew both times
	server = await serve({ command: 'serve', dir });
	const before = await all();
	is(await server.stop(), 0, 'stopped');
	sql("DELETE FROM item_text WHERE lang LIKE '%-easy'; DELETE FROM space_text WHERE lang LIKE '%-easy'");
	server = await serve({ command: 'serve', dir });
	const after = await all();
	for (const [at, html] of before) {
		has(html, OFFER, `${at} offers them`);
		is(html.replace(OFFER, ''), after.get(at), at);
	}
	ok(![...after.values()].some((html) => html.includes('-easy')), 'no word of it');
});

await test('readers are offered easy words once somebody wrote some', async () => {
	const pen = await signIn('translator');
	await pen.get(`/desk/civic-space/translate/${question}?lang=fr`);
	ok(!(await page(`/en${SPACE}`)).includes('Easy words'), 'not yet');
	await pen.get(`/desk/civic-space/translate/${question}?lang=fr-easy`);
	await pen.send(`translate/${question}`, { title: 'Court', body: 'Court.' });
	has(await page(`/en${SPACE}`), '>Easy words</a>', 'offered');
	is(heading(await page(`/fr-easy${SPACE}/q/1`)), 'Court');
});

await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
fs.rmSync(dir, { recursive: true, force: true });
done();
