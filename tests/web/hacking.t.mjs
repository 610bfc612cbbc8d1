#!/usr/bin/env node
// The five steps of HACKING.md, followed to the letter in a copy of the tree: the page is there.
// Builds the program once more, so it takes minutes.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { done, has, is, test } from './tap.mjs';

if (process.env.BARAZA_TEST_PG) {
	console.log('1..0 # skipped: once is enough, and SQLite will do');
	process.exit();
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-hacking-'));
process.on('exit', () => fs.rmSync(copy, { recursive: true, force: true }));
const run = (command, ...words) =>
	execFileSync(command, words, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });

// Blocks of the five steps: "sh" is run, "file NAME" is written.
function steps() {
	const text = fs.readFileSync(path.join(root, 'HACKING.md'), 'utf8');
	const from = text.indexOf('## Add a page in five steps');
	const part = text.slice(from, text.indexOf('\n## ', from + 1));
	return [...part.matchAll(/^```(sh|file) ?(\S*)\n([^]*?)^```$/gm)].map(([, kind, name, body]) => ({ kind, name, body }));
}

const all = steps();
await test('the document has its steps', async () => {
	is(all.filter((s) => s.kind === 'sh').length, 2, 'commands');
	is(all.filter((s) => s.kind === 'file').map((s) => path.extname(s.name)).join(' '), '.sql .h .html .c', 'files');
});

await test('the copy builds with them', async () => {
	for (const name of execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')) {
		const from = path.join(root, name);
		if (!name || !fs.existsSync(from)) continue;
		fs.mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
		fs.copyFileSync(from, path.join(copy, name));
	}
	run('meson', 'setup', 'build', '-Doptimization=0', '-Ddebug=false');
	run('ninja', '-j2', '-C', 'build', 'tool/poc/poc');
	for (const { kind, name, body } of all) {
		if (kind === 'file') fs.writeFileSync(path.join(copy, name), body);
		else run('bash', '-euc', body);
	}
	run('ninja', '-j2', '-C', 'build', 'src/baraza');
});

await test('the new files keep to the layout of the house', async () => {
	run('clang-format', '--dry-run', '--Werror', 'src/site/hello.c', 'src/site/hello.h', 'src/app/routes.c');
});

await test('the page is there, in two languages, and is kept', async () => {
	process.env.BARAZA_BIN = path.join(copy, 'build/src/baraza');
	const { Visitor, serve } = await import('./lib.mjs');
	const server = await serve({ command: 'serve' });
	const english = await new Visitor(server, { lang: 'en' }).get('/hello');
	is(english.status, 200, 'status');
	has(english.whole, '<h1>Good to see you</h1>', 'heading');
	has(english.whole, 'There are 0 consultations here.', 'plural');
	has(english.headers.get('cache-control'), 'public', 'cache');
	has((await new Visitor(server, { lang: 'ar' }).get('/hello')).whole, 'لا مشاورات هنا.', 'Arabic');
	is(await server.stop(), 0, 'exit status');
});
done();
