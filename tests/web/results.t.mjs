#!/usr/bin/env node
// The results page and its files say the same, hide small numbers, and follow a vote.
import { LANGS, Visitor, serve } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const v = new Visitor(server, { lang: 'en' });
const home = '/c/civic-space';

// Asks again until the background has counted, for at most 30 seconds.
async function until(path, is_there) {
	for (let i = 0; i < 150; i++) {
		const text = (await v.ask(path)).whole;
		if (is_there(text)) return text;
		await new Promise((r) => setTimeout(r, 200));
	}
	throw new Error(`${path} did not come to that`);
}

// Rows of a CSV file as objects.
function rows(text) {
	const line = text.replace(/^\ufeff/, '').split('\r\n').filter(Boolean)
		.map((l) => [...l.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1]).slice(0, -1));
	const [head, ...body] = line;
	return body.map((b) => Object.fromEntries(head.map((h, i) => [h, b[i]])));
}
const sum = (list, field) => list.reduce((n, r) => n + Number(r[field]), 0);

const page = await until(`${home}/results`, (t) => t.includes('class="kpi"'));
const [people, countries, votes, written] = [...page.matchAll(/<li><b>([\d,]+)<\/b>/g)].map((m) => Number(m[1].replace(',', '')));

await test('page and figures.json say the same', async () => {
	const f = JSON.parse((await v.ask(`${home}/data/figures.json`)).whole);
	is(f.people, people, 'people');
	is(f.countries, countries, 'countries');
	is(f.votes, votes, 'votes');
	is(f.contributions, written, 'contributions');
	has(page, `${f.common} of ${f.statements.length} statements`, 'agreement');
	for (const n of f.groups) has(page, `: ${n} people`, 'group');
	for (const n of Object.values(f.by_country.people)) ok(n >= 5, `a country with ${n}`);
	for (const n of Object.values(f.by_region.people)) ok(n >= 5, `a region with ${n}`);
	is(Object.values(f.by_region.people).reduce((a, b) => a + b, 0) + f.by_region.together, people, 'sum of regions');
	has(page, `<th scope="row">Africa</th><td class="n">${f.by_region.people['002']}</td>`, 'a region on the page');
	is(Object.values(f.by_country.people).reduce((a, b) => a + b, 0) + f.by_country.together, people, 'sum of countries');
});

await test('the files add up', async () => {
	const list = rows((await v.ask(`${home}/data/statements.csv`)).whole);
	is(sum(list, 'votes'), votes, 'votes');
	is(sum(list, 'agree') + sum(list, 'disagree') + sum(list, 'pass'), votes, 'kinds of votes');
	const answer = await v.ask(`${home}/data/votes.csv`);
	has(answer.headers.get('content-disposition'), 'votes.csv');
	const all = rows(answer.whole);
	is(all.length, votes, 'rows');
	for (const s of list)
		is(all.filter((r) => r.statement === s.statement && r.vote === '1').length, Number(s.agree), `statement ${s.statement}`);
	const written_rows = (await v.ask(`${home}/data/contributions.csv`)).whole.match(/^\d+,\d+,"/gm);
	is(written_rows.length, written, 'contributions');
});

await test('a table for spreadsheets', async () => {
	const answer = await v.ask(`${home}/data/tables.xlsx`);
	is(answer.status, 200, 'status');
	ok(answer.whole.startsWith('PK'), 'a zip');
});

await test('no country of fewer than five is shown', async () => {
	const [, table] = /<caption>People by country<\/caption>([^]*?)<\/table>/.exec(page);
	const n = [...table.matchAll(/<td class="n">(\d+)<\/td>/g)].map((m) => Number(m[1]));
	ok(n.length > 3, 'rows');
	for (const one of n) ok(one >= 5, `${one} people`);
});

for (const lang of LANGS)
	await test(`results in ${lang}`, async () => {
		const answer = await new Visitor(server, { lang }).get(`${home}/results`);
		is(answer.status, 200, 'status');
		has(answer.whole, '<svg', 'pictures');
		has(answer.whole, `dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`, 'direction');
	});

await test('a vote is counted', async () => {
	const p = new Visitor(server, { lang: 'en' });
	await p.get(`${home}/vote`);
	await p.send('name="s"', { v: '1' });
	const more = (votes + 1).toLocaleString('en');
	await until(`${home}/results`, (t) => t.includes(`<b>${more}</b>`));
});

await test('no file of another name, and none of a space that is not there', async () => {
	is((await v.ask(`${home}/data/secrets.csv`)).status, 404, 'name');
	is((await v.ask('/c/nowhere/data/votes.csv')).status, 404, 'space');
	is((await v.ask('/c/nowhere/results')).status, 404, 'results');
});

await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
