// 1,000 records from 64 devices at once, of which every third is sent again and some at the same moment: what is lost, what
// is doubled, and how long it takes. By hand, on a machine that does nothing else:
//   [tests/pg/with-pg] node tests/bench/openrosa.mjs [BINARY [HOW_MANY [DEVICES]]]
import fs from 'node:fs';

process.env.BARAZA_BIN ??= process.argv[2] ?? 'build/src/baraza';
const { serve } = await import('../web/lib.mjs');
const { flood } = await import('../web/openrosa.mjs');
const server = await serve({ env: { BARAZA_RATES: 'no' } });
const ticks = () => fs.readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(' ').slice(13, 15).reduce((a, b) => a + Number(b), 0);
const before = ticks();
const got = await flood(server, { records: Number(process.argv[3] ?? 1000), devices: Number(process.argv[4] ?? 64) });
console.log(`| ${server.env.BARAZA_DB ? 'PostgreSQL' : 'SQLite'} | records | requests | stored | lost | doubled | refused | seconds | ms of processor a request | p50 ms | p99 ms |`);
console.log(`| | ${got.records} | ${got.requests} | ${got.stored} | ${got.lost} | ${got.doubled} | ${got.refused} | ${got.seconds.toFixed(1)} | ${((ticks() - before) * 10 / got.requests).toFixed(2)} | ${got.p50.toFixed(0)} | ${got.p99.toFixed(0)} |`);
await server.stop();
process.exitCode = got.lost || got.doubled || got.refused ? 1 : 0;
