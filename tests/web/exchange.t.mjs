#!/usr/bin/env node
// The sample is the same at each start; what others exported comes in whole or not at all; what we
// export comes back the same.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, binary, databaseOf, serve } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-exchange-'));
process.on('exit', () => fs.rmSync(room, { recursive: true, force: true }));
const at = (...part) => path.join(room, ...part);

function baraza(house, ...words) {
	const env = { ...process.env, BARAZA_DATA: at(house), BARAZA_DB: databaseOf(at(house)) };
	const r = spawnSync(binary, words, { env, encoding: 'utf8', timeout: 120000 });
	return { status: r.status, out: r.stdout, err: r.stderr };
}

const signIns = (log) => log.split('\n').filter((line) => /^ {2}\w+ +[0-9a-z-]{19}$/.test(line)).join('\n');

const demo = await serve({ dir: at('demo') });
const said = signIns(demo.log);

await test('six sample sign-ins are printed', async () => {
	is(said.split('\n').length, 6, 'lines');
	for (const name of ['organiser', 'moderator', 'translator', 'editor', 'responder', 'admin']) has(said, name);
});

for (const lang of LANGS)
	await test(`the sample is there in ${lang}`, async () => {
		const answer = await new Visitor(demo, { lang }).get('/c/civic-space');
		is(answer.status, 200, 'status');
		has(answer.whole, /264/, 'people');
		has(answer.whole, /83/, 'countries');
	});

await test('a second start changes nothing', async () => {
	is(baraza('demo', 'export', '--space', 'civic-space', at('before')).status, 0, 'export');
	is(await demo.stop(), 0, 'exit status');
	const again = await serve({ dir: at('demo') });
	is(signIns(again.log), said, 'sign-ins');
	is(baraza('demo', 'export', '--space', 'civic-space', at('after')).status, 0, 'export');
	is(await again.stop(), 0, 'exit status');
	for (const name of fs.readdirSync(at('before')))
		ok(fs.readFileSync(at('before', name)).equals(fs.readFileSync(at('after', name))), name);
});

await test('a house with something in it gets no sample', async () => {
	is(baraza('moved', 'import', 'bundle', at('before')).status, 0, 'import');
	const server = await serve({ dir: at('moved') });
	is(signIns(server.log), '', 'sign-ins');
	is((await new Visitor(server).get('/c/young-voices')).status, 404, 'second sample space');
	is((await new Visitor(server).get('/c/civic-space')).status, 200, 'the space that moved');
	await server.stop();
});

await test('what moved can be exported, the same byte for byte', async () => {
	is(baraza('moved', 'export', '--space', 'civic-space', at('moved-out')).status, 0, 'export');
	for (const name of fs.readdirSync(at('before')))
		ok(fs.readFileSync(at('before', name)).equals(fs.readFileSync(at('moved-out', name))), name);
});

await test('a start that is killed leaves nothing half filled', async () => {
	for (const ms of [60, 150, 300, 500]) {
		const house = `killed-${ms}`;
		const env = { ...process.env, BARAZA_DATA: at(house), BARAZA_DB: databaseOf(at(house)), BARAZA_LISTEN: '127.0.0.1:0' };
		const child = spawn(binary, ['demo'], { env, stdio: 'ignore' });
		await new Promise((wait) => setTimeout(wait, ms));
		child.kill('SIGKILL');
		await new Promise((gone) => child.on('exit', gone));
		const server = await serve({ dir: at(house) });
		has((await new Visitor(server, { lang: 'en' }).get('/c/civic-space')).whole, /264/, 'people');
		is(signIns(server.log).split('\n').length, 6, 'sign-ins');
		await server.stop();
	}
});

await test('a broken folder is refused with file, line and reason', async () => {
	fs.mkdirSync(at('polis'));
	fs.writeFileSync(at('polis', 'comments.csv'), 'comment-id,comment-body\n0,a\n1,b\n');
	fs.writeFileSync(at('polis', 'participants-votes.csv'), 'participant,0,1\n1,1,1\n2,1,9\n');
	const r = baraza('polis', 'import', 'polis', at('polis'), '--space', 'broken');
	is(r.status, 1, 'exit status');
	has(r.err, 'participants-votes.csv: line 3: a vote is -1, 0 or 1', 'reason');
	fs.writeFileSync(at('polis', 'participants-votes.csv'), 'participant,0,1\n1,1,1\n2,1,\n');
	is(baraza('polis', 'import', 'polis', at('polis'), '--space', 'broken').status, 0, 'mended');
});

await test('words that make no sense are refused with status 2', async () => {
	is(baraza('x', 'import').status, 2, 'nothing');
	is(baraza('x', 'import', 'polis', at('polis')).status, 2, 'no name');
	is(baraza('x', 'import', 'polis', at('polis'), '--space', 'No Such').status, 2, 'not a name');
	is(baraza('x', 'import', 'polis', at('polis'), '--space', 'fine', '--lang', 'xx').status, 2, 'language');
	is(baraza('x', 'export').status, 2, 'nothing');
	is(baraza('x', 'export', '--space', 'fine', at('y'), '--what').status, 2, 'unknown word');
	is(baraza('x', 'import', '--help').status, 0, 'help');
	is(baraza('x', 'export', '--help').status, 0, 'help');
});

await test('a backup comes back', async () => {
	is(baraza('demo', 'export', '--backup', at('copy.db')).status, 0, 'backup');
	is(baraza('restored', 'import', '--backup', at('copy.db')).status, 0, 'restore');
	is(baraza('restored', 'export', '--space', 'civic-space', at('restored-out')).status, 0, 'export');
	ok(fs.readFileSync(at('before', 'votes.csv')).equals(fs.readFileSync(at('restored-out', 'votes.csv'))), 'votes');
});

const golden = path.resolve('../shared/golden');
const folders = fs.existsSync(golden)
	? fs.readdirSync(golden).filter((name) => fs.existsSync(path.join(golden, name, 'votes.csv'))) : [];
if (!folders.length) console.log('# skipped: no ../shared');
const expected = {};
for (const name of folders)
	await test(`a real conversation comes in: ${name}`, async () => {
		const slug = name.replace(/[^a-z0-9]+/g, '-');
		const dir = path.join(golden, name);
		const r = baraza('golden', 'import', 'polis', dir, '--space', slug);
		is(r.status, 0, r.err);
		const rows = fs.readFileSync(path.join(dir, 'participants-votes.csv'), 'utf8').trim().split('\n');
		const votes = rows.slice(1).reduce((n, row) => n + Number(row.split(',')[rows[0].split(',').indexOf('n-votes')]), 0);
		has(r.out, `${rows.length - 1} people`, 'people');
		has(r.out, `${votes} votes`, 'votes');
		is(baraza('golden', 'import', 'polis', dir, '--space', slug).status, 1, 'twice');
		const got = baraza('golden', 'analyse', dir, '--json');
		is(got.status, 0, got.err);
		expected[slug] = JSON.parse(got.out);
	});

// The sizes of groups large enough to be shown.
function groupSizes(group) {
	const sizes = new Map();
	for (const g of Object.values(group)) if (g !== null && g >= 0) sizes.set(g, (sizes.get(g) ?? 0) + 1);
	return [...sizes.values()].filter((size) => size >= 5);
}

async function resultsPage(server, slug) {
	for (let tries = 0; tries < 100; tries++) {
		const page = (await new Visitor(server, { lang: 'en' }).get(`/c/${slug}/results`)).whole;
		if (/\d opinion group/.test(page)) return page;
		await new Promise((wait) => setTimeout(wait, 100));
	}
	throw new Error(`no opinion groups of ${slug}`);
}

if (folders.length)
	await test('the results page shows what analyse computes', async () => {
		const server = await serve({ command: 'serve', dir: at('golden') });
		try {
			for (const [slug, want] of Object.entries(expected)) {
				const page = (await resultsPage(server, slug)).replace(/<[^>]*>|[\u2066-\u2069]/g, '');
				for (const n of groupSizes(want.group)) has(page, `: ${n} people`, slug);
			}
		} finally {
			await server.stop();
		}
	});

done();
