#!/usr/bin/env node
// A list finds by several values at once and by words: all that fits, each once, newest first, page
// after page, whichever way it is looked for.
import { Visitor, baraza, serve, sql } from './lib.mjs';
import { done, is, ok, test } from './tap.mjs';

let server = await serve();
const pg = server.env.BARAZA_DB;
const N = 360;
// Two countries, three bodies, two positions, and a theme of which there are few.
const body = `'{"symbol":"T/1","para":"' || k || '","kind":"rec","words":"' || CASE k % 3 WHEN 0 THEN 'Zebrawood press' WHEN 1 THEN 'Zebrawood pressing' ELSE 'Zebrawood people' END
	|| '","country":"' || CASE k % 2 WHEN 0 THEN 'KE' ELSE 'PE' END || '","body":"Body ' || (k % 3) || '","published":"20' || (10 + k % 9) || '-03-0' || (1 + k % 7)
	|| '","themes":"' || CASE WHEN k % 60 = 0 THEN 'Rare; Other' ELSE 'Other' END || '","position":"' || CASE WHEN k % 4 < 2 THEN 'noted' ELSE 'supported' END || '"}'`;
sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
	WITH RECURSIVE c(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < ${N - 1})
	SELECT 'find' || (100000000000 + k), 'recommendation', (SELECT max(id) FROM record_form WHERE name = 'recommendation'), 2001, k, 'T/1#' || k,
	CASE WHEN k % 5 = 0 THEN 'planned' ELSE 'received' END, 'en', 0, 1, ${body}, 0, 0, 0 FROM c`);
sql(server, pg ? `UPDATE record SET ord = extract(epoch FROM ((body::json)->>'published')::date)::bigint WHERE year = 2001`
	: `UPDATE record SET ord = unixepoch(json_extract(body, '$.published')) WHERE year = 2001`);
const folder = server.dir;
server.child.kill('SIGTERM');
await new Promise((r) => server.child.on('exit', r));
baraza(server, ['reindex']);
server = await serve({ dir: folder, command: 'serve', env: { BARAZA_RATES: 'no' } });

const reader = new Visitor(server, { lang: 'en' });
const all = [...Array(N).keys()];
async function walk(query) {
	const seen = [];
	let at = `/records/recommendation?${query}`;
	for (let i = 0; at && i < 20; i++) {
		const page = (await reader.get(at)).whole;
		const rows = [...page.matchAll(/\/record\/find(\d+)"/g)].map((m) => Number(m[1]) - 100000000000);
		for (const k of rows) if (seen.at(-1) !== k) seen.push(k);
		at = /href="([^"]*[?&](?:amp;)?after=[^"]+)"/.exec(page)?.[1].replaceAll('&amp;', '&');
	}
	return seen;
}
const day = (k) => (10 + (k % 9)) * 100 + (k % 7);
async function expect(query, fits, why) {
	const seen = await walk(query), wanted = all.filter(fits);
	is(seen.length, wanted.length, `${why}: as many`);
	is([...seen].sort((a, b) => a - b).join(), wanted.join(), `${why}: these`);
	ok(seen.every((k, i) => !i || day(seen[i - 1]) >= day(k)) || query.startsWith('q='), `${why}: newest first`);
}

await test('two values of which neither is rare', () => expect('f-country=KE&f-body=Body 1', (k) => k % 2 === 0 && k % 3 === 1, 'country and body'));
await test('three, and four', async () => {
	await expect('f-country=KE&f-body=Body 1&f-position=noted', (k) => k % 2 === 0 && k % 3 === 1 && k % 4 < 2, 'three');
	await expect('f-country=KE&f-body=Body 1&f-position=noted&state=planned', (k) => k % 2 === 0 && k % 3 === 1 && k % 4 < 2 && k % 5 === 0, 'four');
});
await test('two that never meet', () => expect('f-country=KE&f-country=PE', () => false, 'two countries'));
await test('a rare one and a common one', () => expect('f-themes=Rare&f-themes=Other', (k) => k % 60 === 0, 'themes'));
await test('a value from a day on', () => expect('f-country=KE&f-body=Body 2&from=2014-01-01', (k) => k % 2 === 0 && k % 3 === 2 && k % 9 >= 4, 'from'));
await test('words, of which the last may go on', async () => {
	await expect('q=zebrawood press', (k) => k % 3 < 2, 'press and pressing');
	await expect('q=zebrawood pressing', (k) => k % 3 === 1, 'pressing');
	await expect('q=zebrawood p', () => true, 'all of p');
	await expect('q=zebrawood pq', () => false, 'no such word');
	await expect('q=zebrawood press&f-country=PE', (k) => k % 3 < 2 && k % 2 === 1, 'words and a value');
});
done();
process.exit(process.exitCode ?? 0);
