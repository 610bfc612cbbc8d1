#!/usr/bin/env node
// The page of a country gathers what other pages say of it, with the same figures; that of a region adds
// its countries up.
import { Visitor, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const v = new Visitor(server, { lang: 'en' });
const year = new Date().getUTCFullYear();
const kpi = (page) => Object.fromEntries([...page.matchAll(/<li><b>([\d,]+)<\/b>([^<]+)/g)].map(([, n, k]) => [k.trim(), Number(n.replace(',', ''))]));
const rows = (page) => [...page.matchAll(/<th scope="row"><a href="\/country\/(\w\w)">[^<]*<\/a><\/th><td class="n">(\d+)<\/td><td class="n">(\d+)<\/td><td class="n">(\d+)</g)]
	.map(([, code, ...n]) => [code, ...n.map(Number)]);

await test('countries are listed by region, with their incidents of this year', async () => {
	await v.get('/countries');
	has(v.page, 'href="/country/002"');
	has(v.page, 'href="/country/KE"');
	const listed = [...v.page.matchAll(/href="\/country\/(\w\w)"/g)].map(([, c]) => c);
	is(new Set(listed).size, listed.length, 'each once');
});

await test('a country’s figures are those of the register, the records and the asks', async () => {
	await v.get('/country/KE');
	const n = kpi(v.page);
	const csv = (await v.ask(`/incidents/countries.csv?f-country=KE&year=${year}`)).whole;
	is(n['Incidents this year'], Number(/KE,(\d+)/.exec(csv)?.[1] ?? 0), 'incidents');
	has(v.page, `/incidents?f-country=KE`);
	has(v.page, 'href="/recommendations?country=KE"');
	await v.get('/country/SC');
	is(kpi(v.page).Recommendations, Number(sql(server, "SELECT count(*) FROM record WHERE name = 'recommendation' AND body LIKE '%\"country\":\"SC\"%'")), 'recommendations');
});

await test('offices with what waits for their answer', async () => {
	const country = 'KE';
	ok(sql(server, "SELECT count(*) FROM ask a JOIN org o ON o.id = a.org WHERE o.country = 'KE'") > 0, 'the sample has one');
	await v.get(`/country/${country}`);
	const waits = [...v.page.matchAll(/(\d+) waits?\b/g)].reduce((n, [, c]) => n + Number(c), 0);
	is(waits, Number(sql(server, `SELECT count(*) FROM ask a JOIN org o ON o.id = a.org WHERE o.country = '${country}' AND a.is_public = 1 AND a.state <= 1`)), 'asks that wait');
	has(v.page, 'href="/o/');
	has(v.page, 'href="/c/');
});

await test('a region adds its countries up', async () => {
	await v.get('/country/002');
	const sum = kpi(v.page), all = rows(v.page);
	ok(all.length > 3, 'countries');
	is(sum['Incidents this year'], all.reduce((n, r) => n + r[1], 0), 'incidents');
	is(sum.Recommendations, all.reduce((n, r) => n + r[2], 0), 'recommendations');
	const csv = (await v.ask(`/incidents/countries.csv?year=${year}`)).whole;
	for (const [code, n] of all) is(n, Number(new RegExp(`${code},(\\d+)`).exec(csv)?.[1] ?? 0), code);
});

await test('the feed has the newest incidents', async () => {
	const code = sql(server, 'SELECT country FROM monitor_public ORDER BY record DESC LIMIT 1');
	const answer = await v.ask(`/country/${code}/feed`);
	is(answer.headers.get('content-type').split(';')[0], 'application/atom+xml', 'type');
	const n = (answer.whole.match(/<entry[ >]/g) ?? []).length;
	is(n, Math.min(20, Number(sql(server, `SELECT count(*) FROM monitor_public WHERE country = '${code}'`))), 'entries');
	has((await v.ask(`/country/${code}`)).whole, `href="/country/${code}/feed"`);
});

await test('what is no country is not there', async () => {
	for (const code of ['ZZ', 'ke', '999', '%3Cb%3E', 'KEN']) is((await v.ask(`/country/${code}`)).status, 404, code);
	is((await v.ask('/country/002/feed')).status, 404, 'no feed of a region');
});
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
