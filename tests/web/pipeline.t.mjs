#!/usr/bin/env node
// What every request goes through, whatever page it is for: language, route, method, size, token,
// cache, compression.
import zlib from 'node:zlib';
import { LANGS, Visitor, raw, serve } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });

// One request as bytes, closed by the server: { status, head, body }.
async function plain(method, path, fields = {}, body = '') {
	const head = { Host: 'a', Connection: 'close', ...(body && { 'Content-Length': body.length }), ...fields };
	const lines = Object.entries(head).map(([k, v]) => `${k}: ${v}\r\n`).join('');
	const all = await raw(server, `${method} ${path} HTTP/1.1\r\n${lines}\r\n${body}`);
	const at = all.indexOf('\r\n\r\n');
	const got = all.slice(0, at);
	return {
		status: Number(/^HTTP\/1\.1 (\d+)/.exec(got)?.[1]),
		head: Object.fromEntries(got.split('\r\n').slice(1).map((l) => /^(.*?): (.*)$/.exec(l).slice(1))
			.map(([k, v]) => [k.toLowerCase(), v])),
		body: Buffer.from(all.slice(at + 4), 'latin1'),
	};
}

await test('an address that does not exist is told in six languages', async () => {
	const titles = new Set();
	for (const lang of LANGS) {
		const answer = await new Visitor(server, { lang }).get('/no/such');
		is(answer.status, 404, lang);
		has(answer.whole, `<html lang="${lang}`, 'language');
		is(answer.headers.get('cache-control'), 'no-store', 'cache');
		titles.add(/<h1[^>]*>([^<]*)/.exec(answer.whole)[1]);
	}
	is(titles.size, LANGS.length, 'different words');
});

await test('tricks with paths find nothing', async () => {
	for (const path of ['/../etc/passwd', '/static/../../etc/passwd', '/static/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd',
		'/c/%00', '/c/%ff', '/c/..%2f', '/%', '/c/%zz']) {
		const { status } = await plain('GET', path);
		ok([400, 404].includes(status), `${path}: ${status}`);
	}
});

await test('the wrong method is told with the right ones', async () => {
	const post = await plain('POST', '/', { 'Content-Length': 0 });
	is(post.status, 405, 'POST of a page');
	has(post.head.allow, 'GET', 'Allow');
	const get = await plain('GET', '/sign-out');
	is(get.status, 405, 'GET of an action');
	for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE'])
		ok([400, 405, 501].includes((await plain(method, '/')).status), method);
});

await test('a body that is too large is refused before it is sent', async () => {
	const fields = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': 9000000 };
	const answer = await plain('POST', '/sign-in', { ...fields, 'Accept-Language': 'ru' }, 'name=a');
	is(answer.status, 413, 'with its length');
	has(answer.body.toString(), /[а-я]{3}/, 'in the language asked for');
	const chunk = `ffff\r\n${'x'.repeat(65535)}\r\n`;
	const chunked = await plain('POST', '/sign-in', { 'Content-Type': fields['Content-Type'],
		'Transfer-Encoding': 'chunked', 'Content-Length': undefined }, chunk.repeat(4) + '0\r\n\r\n');
	ok([400, 413].includes(chunked.status), `chunked: ${chunked.status}`);
	is((await plain('POST', '/no/such', fields, 'a=b')).status, 413, 'where nothing takes a body');
});

await test('a form without its token is shown again with what was typed', async () => {
	const v = new Visitor(server, { lang: 'en' });
	const body = new URLSearchParams({ name: 'Ana & "co"', password: 'secret-word', to: '' });
	const answer = await v.ask('/sign-in', { method: 'POST', body });
	is(answer.status, 422, 'status');
	has(answer.whole, 'value="Ana &amp; &#34;co&#34;"', 'name');
	ok(!answer.whole.includes('secret-word'), 'the password is not shown');
	has(answer.whole, /<title>[^<]*:/, 'the title says that something is wrong');
	const forged = await v.ask('/sign-in', { method: 'POST', body: new URLSearchParams({ name: 'a', csrf: 'x'.repeat(43) }) });
	is(forged.status, 422, 'forged');
});

await test("one browser's token is no other's", async () => {
	const [one, other] = [new Visitor(server), new Visitor(server, { lang: 'en' })];
	await one.get('/sign-in');
	await other.get('/sign-in');
	const answer = await other.ask('/sign-in', { method: 'POST', body: new URLSearchParams({ name: 'nobody', password: 'x',
		to: '', csrf: /name="csrf" value="([^"]+)"/.exec(one.page)[1] }) });
	is(answer.status, 422, 'status');
	has(answer.whole, 'open for a long time', 'the token is the fault');
});

await test('HEAD is GET without the body', async () => {
	const [get, head] = [await plain('GET', '/'), await plain('HEAD', '/')];
	is(head.status, 200, 'status');
	is(head.body.length, 0, 'body');
	for (const name of ['content-length', 'content-type', 'etag', 'cache-control'])
		is(head.head[name], get.head[name], name);
	is((await plain('HEAD', '/no/such')).status, 404, 'of what is not there');
});

await test('a page that has not changed is not sent again', async () => {
	const first = await plain('GET', '/');
	const again = await plain('GET', '/', { 'If-None-Match': `"x", W/${first.head.etag}` });
	is(again.status, 304, 'status');
	is(again.body.length, 0, 'body');
	is(again.head.etag, first.head.etag, 'etag');
	is((await plain('GET', '/', { 'If-None-Match': '"x"' })).status, 200, 'another tag');
	const other = await plain('GET', '/', { 'Accept-Language': 'fr', 'If-None-Match': first.head.etag });
	is(other.status, 200, 'another language');
});

await test('only who brings no cookie of a person gets a kept page', async () => {
	const nobody = await plain('GET', '/');
	is(nobody.head['cache-control'], 'public, no-cache', 'cache');
	has(nobody.head.vary, 'Cookie', 'vary');
	for (const cookie of ['c=ABCDE', 's=x', 'lang=en; c=']) {
		const somebody = await plain('GET', '/', { Cookie: cookie });
		is(somebody.status, 200, cookie);
		is(somebody.head['cache-control'], 'no-store', cookie);
		is(somebody.head.etag, undefined, cookie);
	}
	is((await plain('GET', '/', { Cookie: 'lang=en' })).head.etag, nobody.head.etag, 'a language is no person');
});

await test('the address of a page can name its language, and that is kept', async () => {
	for (const lang of LANGS) {
		const v = new Visitor(server, { lang: 'en' });
		const page = (await v.get(`/${lang}/`)).whole;
		has(page, `<html lang="${lang}`, 'language');
		is(v.jar.get('lang'), lang, 'cookie');
		v.lang = 'sw';
		has((await v.get('/')).whole, `<html lang="${lang}`, 'later');
	}
	is((await plain('GET', '/xx/')).status, 404, 'no language of ours');
	has((await plain('GET', '/', { Cookie: 'lang=xx', 'Accept-Language': 'es' })).body.toString(), '<html lang="es"', 'a broken cookie');
	has((await plain('GET', '/ar')).body.toString(), 'dir="rtl"', 'without a slash');
});

await test('a page comes compressed as the browser likes it', async () => {
	const page = (await plain('GET', '/')).body.toString();
	const ways = [['br', 'br', zlib.brotliDecompressSync], ['gzip', 'gzip', zlib.gunzipSync],
		['gzip, br', 'br', zlib.brotliDecompressSync], ['br;q=0, gzip', 'gzip', zlib.gunzipSync],
		['GZIP;q=0.5', 'gzip', zlib.gunzipSync], ['deflate', undefined, (b) => b], ['br;q=0.000', undefined, (b) => b],
		['brotli', undefined, (b) => b]];
	for (const [accept, want, open] of ways) {
		const answer = await plain('GET', '/', { 'Accept-Encoding': accept });
		is(answer.head['content-encoding'], want, accept);
		is(Number(answer.head['content-length']), answer.body.length, accept);
		is(open(answer.body).toString(), page, accept);
		has(answer.head.vary, 'Accept-Encoding', 'vary');
	}
});

await test("a page of one person's is not compressed", async () => {
	const answer = await plain('GET', '/sign-in', { 'Accept-Encoding': 'br, gzip' });
	is(answer.head['content-encoding'], undefined);
	has(answer.body.toString(), 'name="csrf"', 'a secret is on it');
});

await test('a page is small', async () => {
	const [, href] = /<link rel="stylesheet" href="([^"]+)"/.exec((await plain('GET', '/')).body.toString());
	let bytes = 0;
	for (const path of ['/', href]) bytes += (await plain('GET', path, { 'Accept-Encoding': 'br' })).body.length;
	ok(bytes < 15 * 1024, `${bytes} bytes`);
});

await test('whoever asks too fast is told to wait', async () => {
	const answers = await Promise.all(Array.from({ length: 300 }, () =>
		plain('POST', '/sign-in', { 'Content-Type': 'application/x-www-form-urlencoded', 'Accept-Language': 'fr' }, 'a=b')));
	const told = answers.filter((a) => a.status === 429);
	ok(told.length > 0, 'somebody is told');
	has(told[0].body.toString(), '<html lang="fr"', 'in their language');
	is((await plain('GET', '/')).status, 200, 'reading goes on');
});

is(await server.stop(), 0, 'exit status');
done();
