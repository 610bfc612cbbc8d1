#!/usr/bin/env node
// Recommendations are followed: how far a country and a theme are, what is late, and civil society's view
// beside the State's, which only those whom the form names may add.
import { Visitor, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const v = new Visitor(server, { lang: 'en' });
const cells = (page, id) => [...new RegExp(`id="${id}"[^]*?</table>`).exec(page)[0].matchAll(/<tr><th scope="row"><a href="([^"]*)"[^]*?<\/tr>/g)]
	.map(([row, href]) => [href, ...[...row.matchAll(/<td class="n">([^<]*)/g)].map(([, n]) => n)]);
const kpi = (page) => Object.fromEntries([...page.matchAll(/<li><b>(\d+)<\/b>([^<]+)/g)].map(([, n, k]) => [k.trim(), Number(n)]));
const uidOf = (para) => sql(server, `SELECT uid FROM record WHERE name = 'recommendation' AND ref LIKE '%#${para}'`);

await test('countries and themes, by how far they are', async () => {
	await v.get('/recommendations');
	const kenya = cells(v.page, 'rc').find(([href]) => href.endsWith('country=KE'));
	is(kenya.slice(1).join(' '), '1 1 1 0 1 4 25%', 'received, planned, under way, reported, assessed, all, done');
	const all = Number(sql(server, "SELECT count(*) FROM record WHERE name = 'recommendation'"));
	is(cells(v.page, 'rc').reduce((n, r) => n + Number(r[6]), 0), all, 'all countries');
	ok(cells(v.page, 'rt').some(([href]) => href.includes('Freedom%20of%20association')), 'themes lead to the list');
});

await test('a country’s: late ones first, both views, steps with their days', async () => {
	await v.get('/recommendations?country=KE');
	const n = kpi(v.page);
	is(n['done, says the State'], 1, 'State');
	is(n['done, says civil society'], 0, 'civil society');
	is(n['not begun'], 1, 'not begun');
	is(n.late, 2, 'late');
	const refs = [...v.page.matchAll(/<h3><a href="\/record\/\w+"><bdi>([^<]*)/g)].map(([, r]) => r);
	is(refs.length, 4, 'all');
	is(refs.slice(0, 2).join(), 'SAMPLE/REV/4#88.7,SAMPLE/CED/2#19', 'late ones first');
	has(v.page, 'The draft was never shown.');
	has(v.page, 'Sample Registrar');
	has(v.page, 'was due on');
	has(v.page, 'https://registrar.example/report');
	ok(!/href="https:\/\/registrar/.test(v.page), 'what somebody typed is no link');
});

await test('civil society adds its view; nobody else may, and nobody takes one away', async () => {
	const uid = uidOf('19');
	const society = await signIn(server, 'translator');
	await society.get(`/record/${uid}`);
	await society.send(`/record/${uid}/change`);
	const at = society.at.split('/').slice(0, 3).join('/');
	await society.get(`${at}/view/1`);
	await society.send('q-view_by', { 'q-view_by': 'Neighbours <b>', 'q-view_as': 'done', 'q-view_why': 'We saw it.' });
	await society.get(at);
	await society.send('name="version"');
	await v.get('/recommendations?country=KE');
	is(kpi(v.page)['done, says civil society'], 1, 'counted');
	has(v.page, 'Neighbours &lt;b&gt;');
	ok(!(await v.ask(`/record/${uid}`)).whole.includes(`/record/${uid}/change`), 'not offered to anybody');
	const editor = await signIn(server, 'editor');
	ok(!(await editor.ask(`/record/${uid}`)).whole.includes(`/record/${uid}/change`), 'nor to staff');
});

await test('what is no country is not there', async () => {
	is((await v.ask('/recommendations?country=ZZ')).status, 404, 'ZZ');
	is((await v.ask('/recommendations?country=%00')).status, 400, 'NUL');
	is(kpi((await v.ask('/recommendations?country=AQ')).whole).late, 0, 'none of Antarctica');
});
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
