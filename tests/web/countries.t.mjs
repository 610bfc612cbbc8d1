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

await test('the feed has the newest of what there is: incidents, recommendations, alerts, answers that are due', async () => {
	const code = sql(server, 'SELECT country FROM monitor_public ORDER BY record DESC LIMIT 1');
	const answer = await v.ask(`/country/${code}/feed`);
	is(answer.headers.get('content-type').split(';')[0], 'application/atom+xml', 'type');
	const n = (answer.whole.match(/<entry[ >]/g) ?? []).length;
	const of = (what) => Number(sql(server, what));
	const all = of(`SELECT count(*) FROM monitor_public WHERE country = '${code}'`)
		+ of(`SELECT count(*) FROM record WHERE name = 'recommendation' AND body LIKE '%"country":"${code}"%'`)
		+ of(`SELECT count(*) FROM record WHERE name = 'alert' AND state = 'shown' AND body LIKE '%"country":"${code}"%'`)
		+ of(`SELECT count(*) FROM ask a JOIN org o ON o.id = a.org JOIN space s ON s.id = a.space WHERE o.country = '${code}' AND a.is_public = 1 AND a.state <= 1 AND a.due_at IS NOT NULL AND s.access = 0 AND s.state > 0`);
	is(n, Math.min(20, all), 'entries');
	const at = [...answer.whole.matchAll(/<updated>([^<]*)<\/updated>/g)].map(([, t]) => t).slice(1);
	is(at.join(), [...at].sort().reverse().join(), 'the newest first');
	sql(server, "UPDATE record SET created_at = created_at + 100 WHERE name = 'recommendation' OR name = 'alert'; UPDATE ask SET due_at = 2000000000, state = 0 WHERE is_public = 1");
	sql(server, "UPDATE item SET created_at = 4000000000 WHERE id = (SELECT a.item FROM ask a JOIN org o ON o.id = a.org WHERE o.country = 'KE' AND a.is_public = 1 ORDER BY a.item LIMIT 1)");
	const kenya = (await new Visitor(server, { lang: 'fr' }).ask('/country/KE/feed')).whole;
	ok(/<title[^>]*>R[^<]+:[^<]*Register associations within thirty days/.test(kenya), 'a recommendation');
	has(kenya, '/asks/', 'an answer that is due');
	has((await v.ask(`/country/${code}`)).whole, `href="/country/${code}/feed"`);
});

await test('what is no country is not there', async () => {
	for (const code of ['ZZ', 'ke', '999', '%3Cb%3E', 'KEN']) is((await v.ask(`/country/${code}`)).status, 404, code);
	is((await v.ask('/country/002/feed')).status, 404, 'no feed of a region');
});
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
