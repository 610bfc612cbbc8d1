#!/usr/bin/env node
// A file of the shape of the Universal Human Rights Index, with its oddities: what is odd is refused or
// asked about, never guessed, and the same file again changes nothing.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { oddity, pieces, record } from '../bench/uhri.mjs';
import { Visitor, binary, serve, sql } from './lib.mjs';
import { done, has, is, test } from './tap.mjs';

let server = await serve();
const N = 2000;
await server.child.kill('SIGTERM');
await new Promise((r) => server.child.on('exit', r));
const file = `${server.dir}/uhri.json`;
fs.writeFileSync(file, [...pieces(N)].join(''));
const count = (...which) => [...Array(N).keys()].filter((k) => which.includes(oddity(k))).length;
const WORDS = ['kind:Recommendations=rec', 'kind:Concerns/Observations=concern'].flatMap((w) => ['--word', w]);
function run(...more) {
	try {
		return execFileSync(binary, ['import', 'records', 'recommendation', file, ...WORDS, ...more], { env: server.env, encoding: 'utf8', stdio: 'pipe' });
	} catch (e) {
		return `${e.stdout}${e.stderr}`;
	}
}
const records = (where = '') => Number(sql(server, `SELECT count(*) FROM record WHERE name = 'recommendation' AND is_sample = 0 ${where}`));
const odd = count('empty', 'no country', 'twice', 'type', 'nowhere');

await test('nothing is brought in while something is odd, and all that is odd is named', async () => {
	const said = run();
	has(said, 'nothing tells it from other rows', 'empty rows');
	has(said, 'country is not answered');
	has(said, 'the same as line');
	has(said, `${count('nowhere')} rows: country "Atlantis" is not known`);
	has(said, /country "\[CEDAW\/C\/\w+\/CO\/\d\]" is not known/, 'a symbol tells the country');
	has(said, /kind "00000000-0000-4000-8000-\d{12}" is not known/, 'no type');
	has(said, 'nothing is brought in');
	is(records(), 0, 'none');
});

await test('what is not odd comes in, without the dress of its web pages', async () => {
	has(run('--skip'), `${N - odd} records are new, 0 changed, 0 were there already; ${odd} rows were left out`);
	is(records(), N - odd, 'each once');
	is(records(`AND body LIKE '%Take step 1 & publish it soon.%'`), 1, 'no marks');
	is(records(`AND body LIKE '%"country":"TR"%'`), [...Array(N).keys()].filter((k) => !oddity(k) && k % 7 === 3).length, 'Türkiye');
	is(records(`AND body LIKE '%"position":"supported"%'`), [...Array(N).keys()].filter((k) => !oddity(k) && k % 6 === 3).length, 'positions');
});

await test('the same file again changes nothing', async () => {
	has(run('--skip'), `0 records are new, 0 changed, ${N - odd} were there already`);
	is(records(), N - odd, 'as many');
});

await test('a word that somebody explained lets its rows in', async () => {
	const k = [...Array(N).keys()].find((i) => oddity(i) === 'no country' && i % 3);
	const { Symbol } = record(k);
	const alike = [...Array(N).keys()].filter((i) => oddity(i) === 'no country' && record(i).Symbol === Symbol).length;
	has(run('--skip', '--word', `country:[${Symbol}]=AL`), `${alike} records are new`);
	is(records(`AND body LIKE '%"symbol":"${Symbol}"%' AND body LIKE '%"country":"AL"%'`) >= alike, true, 'by hand');
});

await test('and they are found', async () => {
	server = await serve({ dir: server.dir, command: 'serve' });
	const reader = new Visitor(server, { lang: 'en' });
	has((await reader.get('/records/recommendation?f-country=TR&f-sdgs=16.10')).whole, 'Take step');
});

done();
process.exit(process.exitCode ?? 0);
