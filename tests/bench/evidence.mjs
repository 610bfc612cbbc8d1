// What the evidence desk, the list of asks and an ask cost with 10,000 contributions, 10,000 asks and
// 100,000 links, in milliseconds of processor a page. By hand, on a machine that does nothing else:
//   [tests/pg/with-pg] node tests/bench/evidence.mjs [BINARY]
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';

process.env.BARAZA_BIN ??= process.argv[2] ?? 'build/src/baraza';
const { serve, signIn, sql } = await import('../web/lib.mjs');
const server = await serve({ env: { BARAZA_RATES: 'no' } });
const pg = server.env.BARAZA_DB;

const [question, first] = sql(server, `SELECT min(id), (SELECT max(id) FROM item) + 1 FROM item WHERE space = 1 AND kind = 1`).split('|').map(Number);
const [seats] = sql(server, 'SELECT count(*) FROM seat WHERE space = 1').split('|').map(Number);
const seat = sql(server, 'SELECT min(id) FROM seat WHERE space = 1');
const N = 10000;
const count = (n) => `WITH RECURSIVE c(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < ${n - 1})`;
const item = (kind, from, parent, number) => `INSERT INTO item (id, uid, space, kind, parent, number, seat, lang, status, is_seed, is_meta, useful, created_at, published_at, changed_at)
	${count(N)} SELECT ${from} + k, 'bench-${kind}-' || k, 1, ${kind}, ${parent}, ${number} + k, ${kind === 2 ? `${seat} + k % ${seats}` : 'NULL'}, 'en', 1, 0, 0, 0, 1, 1, 1 FROM c;`;
const words = (from) => `INSERT INTO item_text (item, lang, version, origin, is_reviewed, title, body, at)
	${count(N)} SELECT ${from} + k, 'en', 1, 0, 1, 'Title ' || k, 'What somebody wrote about it, number ' || k, 1 FROM c;`;
sql(server, item(2, first, question, 100000) + item(5, first + N, 'NULL', 100000) + words(first) + words(first + N) +
	`INSERT INTO ask (item, space, section, number, state, version, is_public) ${count(N)} SELECT ${first + N} + k, 1, 1 + k % 3, 1000 + k, k % 7, 1, 1 FROM c;
	INSERT INTO edge (from_item, to_item, relation, quote, at) ${count(10 * N)} SELECT ${first + N} + k / 10, ${first} + (k * 7 + k / 10) % ${N * 9 / 10}, 2 + k % 3, '', 1 FROM c;`);
// A third of the asks waits for the office of the responder.
const [office, org] = sql(server, 'SELECT o.id, o.slug FROM org o ORDER BY o.id LIMIT 1').split('|');
sql(server, `UPDATE ask SET org = ${office}, asked_at = 86400, due_at = 172800 WHERE item >= ${first + N} AND section = 1`);
if (pg) execFileSync('psql', ['-qX', pg, '-c', 'ANALYZE']);
const editor = await signIn(server, 'editor'), responder = await signIn(server, 'responder');
const ticks = () => fs.readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(' ').slice(13, 15).reduce((a, b) => a + Number(b), 0);
console.log(`| page (${pg ? 'PostgreSQL' : 'SQLite'}) | ms of processor | ms until it is there |\n|---|---|---|`);
// Each with another query, so that no kept page is sent.
for (const [name, path] of [['evidence desk', '/desk/civic-space/evidence?use=none'], ['evidence desk, used', '/desk/civic-space/evidence?use=some&page=400'],
	['evidence desk, words', '/desk/civic-space/evidence?use=any&q=somebody'], ['list of asks', '/c/civic-space/asks?page=500'],
	['list of asks, page 250', '/c/civic-space/asks?page=250'], ['list of asks, one stand', '/c/civic-space/asks?stand=done&page=30'], ['ask', '/c/civic-space/asks/1.1000?'],
	['not used', '/c/civic-space/unused?'], ['room of who answers', '/answers?'], ['an organisation', `/o/${org}?`]]) {
	const runs = 60;
	const who = path.startsWith('/answers') ? responder : editor;
	await who.ask(path);
	const [before, start] = [ticks(), performance.now()];
	for (let i = 0; i < runs; i++) await who.ask(`${path}&n=${i}`);
	console.log(`| ${name} | ${((ticks() - before) * 10 / runs).toFixed(1)} | ${((performance.now() - start) / runs).toFixed(1)} |`);
}
if (process.env.KEEP) execFileSync("sqlite3", [`${server.dir}/baraza.db`, `VACUUM INTO "${process.env.KEEP}"`]);
await server.stop();
process.exit(0);
