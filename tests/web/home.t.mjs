#!/usr/bin/env node
// The front page answers in every language, whole, and says nothing to third parties.
import { LANGS, Visitor, raw, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });

for (const lang of LANGS)
	await test(`the front page in ${lang}`, async () => {
		const answer = await new Visitor(server, { lang }).get('/');
		is(answer.status, 200, 'status');
		has(answer.whole, new RegExp(`<html lang="${lang}[^"]*" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`), 'language');
		has(answer.whole, /<h1[ >]/, 'heading');
		is((answer.whole.match(/<main\b/g) ?? []).length, 1, 'main');
	});

await test('headers keep third parties out', async () => {
	const h = (await new Visitor(server).get('/')).headers;
	has(h.get('content-security-policy'), "default-src 'none'", 'policy');
	has(h.get('content-security-policy'), "frame-ancestors 'none'", 'policy');
	is(h.get('referrer-policy'), 'no-referrer');
	is(h.get('x-content-type-options'), 'nosniff');
});

await test('nothing on the page comes from elsewhere', async () => {
	const page = (await new Visitor(server, { lang: 'en' }).get('/')).whole;
	for (const [, address] of page.matchAll(/<(?:link|img|script|iframe)\b[^>]*?(?:href|src)="([^"]*)"/g))
		ok(address.startsWith('/') && !address.startsWith('//'), address);
	is(/<script|\son[a-z]+=|\sstyle=/.test(page), false, 'inline script or style');
});

await test('a name that somebody else gives the house is seen within the minute', async () => {
	const given = 'Bench in the shade', until = Date.now() + 60000;
	sql(server, `INSERT INTO site_setting (name, value) VALUES ('name', '${given}') ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
	let page = '';
	while (!page.includes(given) && Date.now() < until) {
		await new Promise((go) => setTimeout(go, 500));
		page = (await new Visitor(server, { lang: 'en' }).get('/')).whole;
	}
	has(page, given, 'name');
});

await test('the stylesheet is kept for a year', async () => {
	const v = new Visitor(server);
	const page = (await v.get('/')).whole;
	const [, href] = /<link rel="stylesheet" href="([^"]+)"/.exec(page);
	const css = await v.ask(href);
	is(css.status, 200, 'status');
	has(css.headers.get('cache-control'), 'immutable', 'cache');
	has(css.headers.get('content-type'), 'text/css', 'type');
});

await test('a page that is not there says so', async () => {
	const answer = await new Visitor(server, { lang: 'fr' }).get('/no/such/page');
	is(answer.status, 404, 'status');
	has(answer.whole, '<html lang="fr"', 'language');
});

await test('a form sent to a page that takes none is told so, with its words or without', async () => {
	const post = async (at, body) => (await new Visitor(server, { lang: 'fr' }).ask(at, { method: 'POST', body })).status;
	for (const body of [undefined, '', 'a=b', 'a'.repeat(60000)]) {
		is(await post('/about', body), 405, `${body?.length} bytes to a page`);
		is(await post('/fr-easy/about', body), 405, `${body?.length} bytes to a page in easy words`);
		is(await post('/no/such/page', body), 404, `${body?.length} bytes to nothing`);
	}
	is(await post('/about', 'a'.repeat(70000)), 413, 'more than anybody reads');
});

await test('two lengths are refused', async () => {
	const answer = await raw(server, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx');
	has(answer, /^HTTP\/1\.1 400 /, 'status');
});

await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
