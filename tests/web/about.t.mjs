#!/usr/bin/env node
// What the house says about itself: in every footer, in six languages, true of what is set; and
// only the administrator sets it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, serve } from './lib.mjs';
import { done, has, is, test } from './tap.mjs';

const PAGES = ['/about', '/about/protect', '/about/access', '/about/data', '/about/source'];
const PASSWORD = 'six wooden benches by the well';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
const server = await serve({ command: 'serve', dir });

for (const lang of LANGS)
	await test(`every page of the footer, in ${lang}`, async () => {
		const v = new Visitor(server, { lang });
		const home = (await v.get('/')).whole;
		for (const page of PAGES) {
			has(home, `href="${page}"`, 'linked');
			const answer = await v.get(page);
			is(answer.status, 200, page);
			is((answer.whole.match(/<h1[ >]/g) ?? []).length, 1, 'headings');
			has(answer.whole, `<a href="${page}" aria-current="page">`, 'tab');
			is(/[{}]/.test(answer.whole), false, 'a placeholder is left');
		}
	});

await test('the same bytes for every visitor, kept for the next one', async () => {
	const first = await new Visitor(server, { lang: 'en' }).get('/about/data');
	has(first.headers.get('cache-control'), 'public', 'cache');
	const again = await new Visitor(server, { lang: 'en' }).ask('/about/data',
		{ headers: { 'if-none-match': first.headers.get('etag') } });
	is(again.status, 304, 'status');
});

await test('protected reports are not promised', async () => {
	const page = (await new Visitor(server, { lang: 'en' }).get('/about/protect')).whole;
	has(page, 'Do not write here about a danger', 'warning');
	is(/you are safe|anonymous/i.test(page), false, 'promises');
});

await test('without an address the keeper owes the source', async () => {
	const page = (await new Visitor(server, { lang: 'en' }).get('/about/source')).whole;
	has(page, 'must give you the source code', 'duty');
	has(page, /Version <bdi>\d+\.\d+\.\d+<\/bdi>/, 'version');
});

await test('settings are closed to others', async () => {
	const v = new Visitor(server, { lang: 'en' });
	has((await v.ask('/site/settings')).headers.get('location'), '/sign-in', 'away');
	const body = new URLSearchParams({ name: 'Mine', csrf: 'x' });
	is((await v.ask('/site/settings', { method: 'POST', body })).status, 403, 'status');
	has((await v.get('/')).whole, '>Baraza</a>', 'name');
});

const admin = new Visitor(server, { lang: 'en' });
await test('the administrator comes in', async () => {
	const [, code] = /([0-9A-Z]{4}(?: [0-9A-Z]{4}){4})/.exec(server.log);
	await admin.get('/setup');
	await admin.send('action="/setup"', { code, name: 'keeper', password: PASSWORD, again: PASSWORD });
	has((await admin.get('/site/people')).whole, 'href="/site/settings"', 'tab');
});

await test('a wrong address is shown again with what was typed', async () => {
	await admin.get('/site/settings');
	for (const wrong of ['example.org', 'javascript:alert(1)', 'mailto:a@b.c', '//example.org']) {
		const answer = await admin.send('action="/site/settings"', { name: 'Bench', source_url: wrong });
		is(answer.status, 422, wrong);
		has(answer.whole, `value="${wrong}"`, 'typed');
		has(answer.whole, 'aria-invalid="true"', 'marked');
	}
	const empty = await admin.send('action="/site/settings"', { name: '', source_url: '' });
	is(empty.status, 422, 'empty name');
	has((await new Visitor(server, { lang: 'en' }).get('/about')).whole, '>Baraza</a>', 'name');
});

await test('what is set is on every page at once', async () => {
	await admin.get('/site/settings');
	await admin.send('action="/site/settings"', { name: 'Bench & <Well>', keeper: 'The council',
		contact: 'help@example.org', base_url: 'https://example.org/', source_url: 'https://example.org/src' });
	has(admin.page, 'value="https://example.org"', 'slash is gone');
	const other = new Visitor(server, { lang: 'en' });
	const page = (await other.get('/about')).whole;
	has(page, 'Bench &amp; &lt;Well&gt;</a>', 'name');
	has(page, 'Run by <bdi>The council</bdi>.', 'keeper');
	has(page, '<bdi>help@example.org</bdi>', 'contact');
	has((await other.get('/about/source')).whole, '<a href="https://example.org/src">', 'source');
});

await test('what is emptied is gone', async () => {
	const answer = await admin.send('action="/site/settings"', { keeper: '', contact: '' });
	is(answer.status, 200, 'status');
	const page = (await new Visitor(server, { lang: 'en' }).get('/about')).whole;
	is(page.includes('The council'), false, 'keeper');
	has(page, 'have not yet said here how to reach them', 'contact');
});

await test('and is still there after a new start', async () => {
	is(await server.stop(), 0, 'exit status');
	const next = await serve({ command: 'serve', dir });
	has((await new Visitor(next, { lang: 'en' }).get('/')).whole, 'Bench &amp; &lt;Well&gt;</a>', 'name');
	is(await next.stop(), 0, 'exit status');
	fs.rmSync(dir, { recursive: true });
});
done();
