#!/usr/bin/env node
// What it costs to take large files away: a million votes, as one file and as many at a time.
//   [tests/pg/with-pg] node tests/bench/take.mjs BINARY
import fs from 'node:fs';
import http from 'node:http';
import process from 'node:process';

process.env.BARAZA_BIN = process.argv[2] ?? 'build/src/baraza';
const { serve, sql } = await import('../web/lib.mjs');

const PEOPLE = 50000, STATEMENTS = 20, AT_ONCE = 4;
let server = await serve({ env: { BARAZA_RATES: 'no' } });
const { dir } = server;
const [space] = sql(server, "SELECT id FROM space WHERE slug = 'civic-space'").split('|');
const bytes = server.env.BARAZA_DB ? "('x' || n)::bytea" : "CAST('x' || n AS BLOB)";
const count = `WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < ${PEOPLE})`;
sql(server, `${count} INSERT INTO participant (id, code_key) SELECT 100000 + n, ${bytes} FROM x;
	${count} INSERT INTO seat (id, space, participant, number, alias, lang, country, is_trusted)
		SELECT 100000 + n, ${space}, 100000 + n, 100000 + n, '', 'en', 'KE', 0 FROM x;
	INSERT INTO vote (space, seat, item, value, at) SELECT ${space}, s.id, i.id, (s.id + i.number) % 3 - 1, 0 FROM seat s JOIN item i ON i.space = s.space
		WHERE s.space = ${space} AND s.id > 100000 AND i.kind = 4 AND i.status = 1 AND i.number <= ${STATEMENTS}`);
server.child.kill('SIGTERM');
await new Promise((r) => server.child.on('exit', r));
server = await serve({ dir, env: { BARAZA_RATES: 'no' } });

const memory = (what) => Number(new RegExp(`${what}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]) / 1024;
const cpu = () => {
	const [u, s] = fs.readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
	return (Number(u) + Number(s)) * 10;
};

// One file; how long to its first and last byte, and how large it is.
function take(file) {
	const from = performance.now();
	return new Promise((resolve, reject) => http.get(`${server.origin}/c/civic-space/data/${file}`, (answer) => {
		let size = 0, first = 0;
		answer.on('data', (d) => { first ||= performance.now() - from; size += d.length; });
		answer.on('end', () => resolve({ status: answer.statusCode, size, first, last: performance.now() - from }));
	}).on('error', reject));
}

for (;;) {
	const answer = await fetch(`${server.origin}/c/civic-space/data/figures.json`);
	if (answer.ok && (await answer.json()).votes > 1e6) break;
	await new Promise((r) => setTimeout(r, 1000));
}
await new Promise((r) => setTimeout(r, 5000));
const rested = memory('VmRSS');
fs.writeFileSync(`/proc/${server.child.pid}/clear_refs`, '5'); // the most begins anew
for (const file of ['votes.csv', 'statements.csv', 'figures.json', 'tables.xlsx']) {
	const before = cpu();
	const one = await take(file);
	console.log(`${file}: ${one.status}, ${(one.size / 1e6).toFixed(1)} MB, first byte ${Math.round(one.first)} ms, last ${Math.round(one.last)} ms, ${cpu() - before} ms of the processor`);
}
console.log(`memory: ${rested.toFixed(1)} MB before, ${memory('VmHWM').toFixed(1)} MB at most`);
fs.writeFileSync(`/proc/${server.child.pid}/clear_refs`, '5');
const all = await Promise.all(Array.from({ length: AT_ONCE }, () => take('votes.csv')));
console.log(`${AT_ONCE} at once: ${all.map((a) => `${a.status} after ${Math.round(a.last)} ms`).join(', ')}; ${memory('VmHWM').toFixed(1)} MB at most`);
server.child.kill('SIGTERM');
await new Promise((r) => server.child.on('exit', r));
fs.rmSync(dir, { recursive: true, force: true });
