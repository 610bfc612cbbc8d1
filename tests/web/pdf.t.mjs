#!/usr/bin/env node
// The closing summary as PDF: in every language what stands on its page, in order, with headings, an outline
// and links; and a clear word where fonts are missing. Needs pdftotext, pdfinfo of poppler-utils.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { LANGS, Visitor, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const sql = (text) => ask(server, text);
const PDF = '/c/civic-space/summary.pdf';
const fetchFrom = (lang, s = server) => fetch(`${s.origin}/${lang}${PDF}`);
const file = path.join(server.dir, 'summary.pdf');
const tool = (name, ...words) => execFileSync(name, words, { encoding: 'utf8' });
// Forms that a font's joined letters may come back as, and what is only there to order directions.
// Of Arabic the marks and the letters that join with lam are left out: readers of PDF put them where they like.
const plain = (text) => text.normalize('NFKC').replace(/[\u0622-\u0627\u064b-\u0652\s\u200e\u200f\u2066-\u2069\u202a-\u202e]/g, '');

await test('in every language it holds each ask, and says where it stands', async () => {
	for (const lang of LANGS) {
		const answer = await fetchFrom(lang);
		is(answer.status, 200, lang);
		is(answer.headers.get('content-type'), 'application/pdf');
		fs.writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
		const info = tool('pdfinfo', file);
		ok(Number(/^Pages: +(\d+)$/m.exec(info)[1]) >= 5, `${lang} pages`);
		has(info, 'A4');
		ok(/^Tagged: +yes$/m.test(info), `${lang} is tagged`);
		const title = sql(`SELECT t.title FROM space_text t WHERE t.space = 1 AND t.lang = '${lang}'`);
		has(plain(/^Title: +(.*)$/m.exec(info)[1]), plain(title), lang);
		const words = plain(tool('pdftotext', file, '-'));
		const titles = sql(`SELECT t.title FROM item_text t JOIN ask a ON a.item = t.item WHERE t.lang = '${lang}'`).split('\n');
		is(titles.length, 48);
		const found = titles.filter((one) => words.includes(plain(one)));
		ok(found.length >= (lang === 'ar' ? 30 : 48), `${lang}: ${found.length}`);
		ok(tool('pdfinfo', '-url', file).includes(`${server.origin}/${lang}/c/civic-space/asks/3.22`), `${lang} links`);
	}
});

await test('headings are headings', async () => {
	fs.writeFileSync(file, Buffer.from(await (await fetchFrom('en')).arrayBuffer()));
	const tree = tool('pdfinfo', '-struct', file);
	is(tree.match(/^\s*H1 /gm).length, 1);
	is(tree.match(/^\s*H2 /gm).length, 1);
	is(tree.match(/^\s*H3 /gm).length, 48);
	ok(/BlockQuote/.test(tree), 'answers');
	const words = tool('pdftotext', '-layout', file, '-');
	has(words, 'Page 1 of ');
	has(words, 'Sample content');
	has(words, 'Done: 2');
});

// Cairo 1.16 leaves some characters of OpenType fonts (CID Type 0C) blank.
await test('Chinese is drawn with a TrueType font', async () => {
	fs.writeFileSync(file, Buffer.from(await (await fetchFrom('zh')).arrayBuffer()));
	const fonts = tool('pdffonts', file);
	ok(/WenQuanYi\S* +CID TrueType/.test(fonts), fonts);
	ok(!fonts.includes('CJK'), fonts);
});

await test('what is not for everyone is not in it', async () => {
	const secret = sql("SELECT title FROM item_text t JOIN ask a ON a.item = t.item WHERE a.section = 3 AND a.number = 22 AND t.lang = 'en'");
	sql('UPDATE ask SET is_public = 0 WHERE section = 3 AND number = 22');
	fs.writeFileSync(file, Buffer.from(await (await fetchFrom('en')).arrayBuffer()));
	ok(!tool('pdftotext', file, '-').includes(secret), 'taken back');
	sql('UPDATE ask SET is_public = 1 WHERE section = 3 AND number = 22; UPDATE space SET access = 2 WHERE id = 1');
	is((await fetchFrom('en')).status, 404, 'members only');
	sql('UPDATE space SET access = 0 WHERE id = 1');
	is((await fetch(`${server.origin}/c/no-such/summary.pdf`)).status, 404);
});

await test('an ask in it leads to its page in the language of the file', async () => {
	for (const lang of LANGS) {
		const bytes = Buffer.from(await (await fetchFrom(lang)).arrayBuffer()).toString('latin1');
		const links = [...bytes.matchAll(/\/URI \(([^)]*)\)/g)].map((m) => m[1]);
		is(links.length, Number(sql('SELECT count(*) FROM ask WHERE is_public = 1')), `${lang}: links`);
		ok(links.every((l) => l.includes(`/${lang}/c/civic-space/asks/`)), `${lang}: ${links[0]}`);
	}
});

await test('hostile words are words', async () => {
	const id = sql('SELECT item FROM ask WHERE section = 1 AND number = 1');
	sql(`UPDATE item_text SET body = '<b>&amp;</b>) endobj (%%EOF \u202e${'x'.repeat(3000)}' WHERE item = ${id} AND lang = 'en'`);
	fs.writeFileSync(file, Buffer.from(await (await fetchFrom('en')).arrayBuffer()));
	has(tool('pdftotext', '-raw', file, '-'), 'endobj (%%EOF');
});

await test('many at once are made one by one, and none is lost', async () => {
	const all = await Promise.all(Array.from({ length: 6 }, (_, i) => fetchFrom(LANGS[i])));
	is(all.map((one) => one.status).join(), '200,200,200,200,200,200');
	await Promise.all(all.map((one) => one.arrayBuffer()));
});

await test('the page leads there', async () => {
	has((await new Visitor(server, { lang: 'en' }).get('/c/civic-space/summary')).whole, `href="${PDF}"`);
});

await test('without fonts a page says what is missing', async () => {
	const config = path.join(server.dir, 'no-fonts.conf');
	fs.writeFileSync(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${server.dir}/none</dir></fontconfig>`);
	const bare = await serve({ env: { FONTCONFIG_FILE: config } });
	const answer = await fetchFrom('en', bare);
	is(answer.status, 503);
	has(await answer.text(), 'fonts-noto-core');
	is(await bare.stop(), 0);
});

is(await server.stop(), 0, 'exit status');
done();
