// What a register costs with 250,000 recommendations, in milliseconds of processor a page, and a page
// of a form. By hand, on a machine that does nothing else:
//   [tests/pg/with-pg] node tests/bench/records.mjs [BINARY [HOW_MANY]]
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';

process.env.BARAZA_BIN ??= process.argv[2] ?? 'build/src/baraza';
const N = Number(process.argv[3] ?? 250000);
const { Visitor, baraza, serve, sql } = await import('../web/lib.mjs');
let server = await serve({ env: { BARAZA_RATES: 'no' } });
const pg = server.env.BARAZA_DB;

// Countries, bodies and themes in uneven shares, as in life: (k % 30030) * (k % 30030) % n.
const CODES = 'KE SN PE JO SC NP GH MX FR DE IN ID BR CO TN MA ZA NG PK PH TH VN KZ UZ AM GE'.split(' ');
const code = `CASE ((k % 30030) * (k % 30030)) % ${CODES.length} ${CODES.map((c, i) => `WHEN ${i} THEN '${c}'`).join(' ')} END`;
const day = `'20' || CASE WHEN k % 18 < 10 THEN '0' ELSE '1' END || (k % 18) % 10 || '-0' || (1 + k % 9) || '-1' || (k % 9)`;
const body = `'{"symbol":"A/' || (k / 150) || '","para":"' || (k % 150) || '","kind":"rec","words":"Recommendation ' || k
	|| CASE WHEN k % 7 = 0 THEN ' to protect the press' ELSE ' to hold open hearings' END || CASE WHEN k % 5 = 0 THEN ' and defenders' ELSE '' END
	|| '","country":"' || (${code}) || '","body":"Body ' || ((k % 30030) * (k % 30030) % 40) || '","published":"' || (${day}) || '","themes":"Theme ' || ((k % 30030) * (k % 30030) % 60)
	|| '","position":"' || CASE k % 3 WHEN 0 THEN 'supported' WHEN 1 THEN 'noted' ELSE 'none' END || '"}'`;
sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
	WITH RECURSIVE c(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < ${N - 1})
	SELECT 'bench' || (10000000000 + k), 'recommendation', (SELECT max(id) FROM record_form WHERE name = 'recommendation'), 2001, k, 'A/' || (k / 150) || '#' || (k % 150),
	CASE WHEN k % 11 = 0 THEN 'planned' ELSE 'received' END, 'en', 0, 1, ${body}, 1, 0, 0 FROM c`);
// The order comes from the day, as record_write has it.
sql(server, pg ? `UPDATE record SET ord = extract(epoch FROM ((body::json)->>'published')::date)::bigint WHERE year = 2001`
	: `UPDATE record SET ord = unixepoch(json_extract(body, '$.published')) WHERE year = 2001`);
const folder = server.dir;
server.child.kill('SIGTERM');
await new Promise((r) => setTimeout(r, 1500));
const from = performance.now();
// On PostgreSQL the index is written as a whole: one record after the other takes it half an hour.
if (pg) {
	sql(server, `INSERT INTO record_cell (field, val, ord, record, rep, nth) SELECT f.id, CASE f.field WHEN '' THEN r.state ELSE r.body::json->>f.field END, r.ord, r.id, 0, 0
		FROM record r JOIN record_field f ON f.name = r.name WHERE r.year = 2001 AND (f.field = '' OR r.body::json->>f.field IS NOT NULL);
		INSERT INTO record_tally (field, val, state, n) SELECT c.field, c.val, r.state, count(*) FROM record_cell c JOIN record r ON r.id = c.record WHERE r.year = 2001 GROUP BY 1, 2, 3
		ON CONFLICT (field, val, state) DO UPDATE SET n = record_tally.n + excluded.n;
		INSERT INTO search_record (id, words) SELECT id, to_tsvector('simple', body::json->>'words') FROM record WHERE year = 2001`);
	execFileSync('psql', ['-qX', pg, '-c', 'VACUUM ANALYZE']);
} else {
	console.log(baraza(server, ['reindex']).trim(), `indexed in ${((performance.now() - from) / 1000).toFixed(1)} s`);
	execFileSync('sqlite3', [`${folder}/baraza.db`, 'ANALYZE']);
}
server = await serve({ env: { BARAZA_RATES: 'no' }, dir: folder, command: 'serve' });

const ticks = () => fs.readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(' ').slice(13, 15).reduce((a, b) => a + Number(b), 0);
console.log(`| page (${pg ? 'PostgreSQL' : 'SQLite'}) | ms of processor | ms until it is there |\n|---|---|---|`);
const reader = new Visitor(server, { lang: 'en' });
async function measure(name, path, runs = 60) {
	await reader.ask(path);
	const [before, start] = [ticks(), performance.now()];
	for (let i = 0; i < runs; i++) await reader.ask(`${path}${path.includes('?') ? '&' : '?'}n=${i}`);
	console.log(`| ${name} | ${((ticks() - before) * 10 / runs).toFixed(2)} | ${((performance.now() - start) / runs).toFixed(1)} |`);
}
await measure('first page', '/records/recommendation');
await measure('country and theme', '/records/recommendation?f-country=KE&f-themes=Theme 4');
await measure('country and theme that never meet', '/records/recommendation?f-country=KE&f-themes=Theme 1');
await measure('country', '/records/recommendation?f-country=SC');
await measure('a rare body and a kind', '/records/recommendation?f-body=Body 4&f-position=noted');
await measure('two words', '/records/recommendation?q=defenders press');
await measure('a year', '/records/recommendation?from=2012-01-01&to=2012-12-31');
await measure('one record', `/record/${sql(server, `SELECT max(uid) FROM record WHERE year = 2001`)}`);
await reader.get('/records/barrier/new');
await reader.send('/records/barrier/new');
await measure('page of a form', reader.at, 300);
server.child.kill('SIGTERM');
fs.rmSync(folder, { recursive: true, force: true });
process.exit(0);
