#!/usr/bin/env node
// A card of an ask or a space: in a frame of those whom the caretaker named, of nobody else; without script,
// without a cookie.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const OTHERS = 'https://example.org https://*.example.com';
const closed = await serve();
const open = await serve({ env: { BARAZA_EMBED: OTHERS } });
const CARDS = ['/embed/c/civic-space', '/embed/c/civic-space/asks/1.10'];
const card = (server, lang, path) => fetch(`${server.origin}/${lang}${path}`, { headers: { Cookie: 'lang=zh' } });

await test('those who are named may frame a card, and only a card', async () => {
	for (const path of CARDS) {
		const answer = await card(open, 'en', path);
		is(answer.status, 200, path);
		has(answer.headers.get('content-security-policy'), `; frame-ancestors ${OTHERS}`);
		is(answer.headers.get('x-frame-options'), null);
		is(answer.headers.get('x-content-type-options'), 'nosniff');
		const page = await fetch(`${open.origin}${path.replace('/embed', '')}`);
		has(page.headers.get('content-security-policy'), "frame-ancestors 'none'");
		is(page.headers.get('x-frame-options'), 'DENY');
	}
});

await test('unless somebody is named, nobody may', async () => {
	for (const path of CARDS) {
		const answer = await card(closed, 'en', path);
		is(answer.status, 200, path);
		has(answer.headers.get('content-security-policy'), "frame-ancestors 'none'");
		is(answer.headers.get('x-frame-options'), 'DENY');
	}
});

await test('no cookie, no script, in six languages', async () => {
	for (const lang of LANGS)
		for (const path of CARDS) {
			const answer = await card(open, lang, path);
			is(answer.headers.get('set-cookie'), null, lang);
			const html = await answer.text();
			ok(!/<script|<form/.test(html), 'plain');
			has(html, `<html lang="${lang === 'zh' ? 'zh-Hans' : lang}"`);
			is(html.match(/<h1/g).length, 1);
			ok(!/<a /.test(html), 'no link: our pages do not open in a frame');
			has(html, `${open.origin}${path.replace('/embed', '')}<`, 'but its address');
		}
});

await test('the page shows the line to copy, where it is allowed', async () => {
	for (const path of CARDS) {
		const page = path === CARDS[0] ? '/c/civic-space/asks' : path.replace('/embed', '');
		has((await new Visitor(open, { lang: 'en' }).get(page)).whole, `&lt;iframe src="${open.origin}/en${path}"`);
		ok(!(await new Visitor(closed, { lang: 'en' }).get(page)).whole.includes('&lt;iframe'), page);
	}
});

await test('what is not for everyone has no card', async () => {
	sql(open, 'UPDATE ask SET is_public = 0 WHERE section = 1 AND number = 10');
	is((await card(open, 'en', CARDS[1])).status, 404);
	sql(open, 'UPDATE space SET access = 1 WHERE id = 1');
	is((await card(open, 'en', CARDS[0])).status, 404);
	is((await card(open, 'en', '/embed/c/no-such')).status, 404);
});

await test('what is no origin stops the start', async () => {
	for (const wrong of ["'self'", 'example.org', 'https://example.org;script-src', 'https://a/b'])
		is(await serve({ command: 'serve', env: { BARAZA_EMBED: wrong } }).then((s) => s.stop(), () => 'refused'), 'refused', wrong);
});

is(await open.stop(), 0, 'exit status');
is(await closed.stop(), 0, 'exit status');
done();
