#!/usr/bin/env node
// Lessons can be read, looked through and taken away; checking oneself sends nothing anywhere.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const v = new Visitor(server, { lang: 'en' });

await test('a course has its lessons in every language, one behind the other', async () => {
	for (const lang of LANGS) {
		const reader = new Visitor(server, { lang });
		await reader.get(`/${lang}/learn/hearing`);
		const lessons = [...reader.page.matchAll(/href="\/learn\/hearing\/(\d)"/g)].map(([, n]) => Number(n));
		is([...new Set(lessons)].join(), '1,2,3', `${lang}: lessons`);
		for (const n of [1, 2, 3]) {
			const { whole } = await reader.ask(`/${lang}/learn/hearing/${n}`);
			ok(/<details>/.test(whole), `${lang} ${n}: questions`);
			is((whole.match(/<h1[ >]/g) ?? []).length, 1, `${lang} ${n}: one heading`);
			ok(!/\n[?!#] |\*\*/.test(whole), `${lang} ${n}: no mark of Markdown is left`);
			is(/rel="next"/.test(whole), n < 3, `${lang} ${n}: next`);
			is(/rel="prev"/.test(whole), n > 1, `${lang} ${n}: previous`);
		}
	}
});

await test('questions send nothing: there is no form, and nothing is kept of who reads', async () => {
	const tables = () => sql(server, process.env.BARAZA_TEST_PG ? 'SELECT sum(n_live_tup) FROM pg_stat_user_tables WHERE false'
		: "SELECT group_concat(name) FROM sqlite_master WHERE type = 'table' AND (name LIKE 'participant%' OR name LIKE 'seat%')");
	const before = tables();
	const { whole, headers } = await v.ask('/learn/hearing/2');
	const main = /<main[^]*<\/main>/.exec(whole)[0];
	ok(!/<form|<input/.test(main), 'no form');
	is(headers.getSetCookie().length, 0, 'no cookie');
	is(tables(), before, 'the same tables');
});

await test('the file stands by itself', async () => {
	const answer = await v.ask('/learn/hearing/offline.html');
	has(answer.headers.get('content-disposition') ?? '', 'attachment');
	const { whole } = answer;
	for (const words of ['Before you say yes', 'Plan the way', 'In the room, and after', '<style>']) has(whole, words);
	ok(!/(?:src|href)="(?!#)/.test(whole), 'it asks for nothing');
	ok(!/url\((?!#)|@import|<script/.test(whole), 'nor does its stylesheet');
	is((whole.match(/<details>/g) ?? []).length, 4, 'all questions');
	has((await new Visitor(server).ask('/ar/learn/hearing/offline.html')).whole, 'dir="rtl"');
});

await test('words are looked for in lessons and answers', async () => {
	const found = async (q) => [...(await v.ask(`/learn?q=${encodeURIComponent(q)}`)).whole.matchAll(/href="\/learn\/hearing\/(\d)"/g)].map(([, n]) => n).join();
	is(await found('LIST OF SPEAKERS'), '1', 'whatever its letters');
	is(await found('pictures of faces'), '2', 'in an answer');
	is(await found('nothing of that kind'), '', 'nothing');
	has((await v.ask('/learn?q=%3Cscript%3E')).whole, 'No lesson has these words');
	ok(!(await v.ask('/learn?q=%22%3E%3Cb%3E')).whole.includes('"><b>'), 'escaped');
});

await test('what is not there is not there', async () => {
	for (const path of ['/learn/nothing', '/learn/hearing/0', '/learn/hearing/4', '/learn/hearing/x', '/learn/nothing/offline.html'])
		is((await v.ask(path)).status, 404, path);
});
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
