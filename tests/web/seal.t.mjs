#!/usr/bin/env node
// A file sealed without a house goes through the form of one that cannot read it, and is opened by whoever has the key.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binary, serve } from './lib.mjs';
import { fill, makeChannel, makeReady, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'seal-'));
const at = (...names) => path.join(dir, ...names);
const run = (words, cwd = dir) => spawnSync(binary, words, { cwd, encoding: 'utf8' });
const PLANTED = 'wolkenkuckucksheim';
const one = Buffer.from(`${PLANTED}\n${'y'.repeat(70000)}`);
let mine, other;

await test('a pair of keys is made once; the secret one stays in its file', async () => {
	mine = run(['open', '--new', 'mine.key']).stdout.trim();
	ok(/^baraza-public-1-[\w-]{43}$/.test(mine), mine);
	is(fs.statSync(at('mine.key')).mode & 0o777, 0o600, 'mode');
	ok(run(['open', '--new', 'mine.key']).status !== 0, 'not over an older one');
	other = run(['open', '--new', 'other.key']).stdout.trim();
	ok(mine !== other && !fs.readFileSync(at('mine.key'), 'utf8').includes(mine.slice(16)), 'two halves');
});

await test('what is sealed to two is opened by each, and by nobody else', async () => {
	fs.mkdirSync(at('out'));
	for (const [name, bytes] of [['note.txt', one], ['empty', Buffer.alloc(0)], ['exact', randomBytes(65536)], ['large', randomBytes(300001)]]) {
		fs.writeFileSync(at(name), bytes);
		is(run(['seal', '--to', mine, '--to', other, name]).stdout.trim(), `${name}.sealed`, name);
		ok(!fs.readFileSync(at(`${name}.sealed`)).includes(PLANTED), 'not in clear');
		for (const key of ['mine.key', 'other.key']) {
			is(run(['open', '--key', at(key), at(`${name}.sealed`)], at('out')).stdout.trim(), name, `${name} by ${key}`);
			ok(fs.readFileSync(at('out', name)).equals(bytes), 'whole');
			fs.rmSync(at('out', name));
		}
	}
	run(['open', '--new', 'third.key']);
	has(run(['open', '--key', at('third.key'), at('note.txt.sealed')], at('out')).stderr, 'not sealed to this key', 'a third');
	ok(run(['seal', '--to', mine, 'note.txt']).status !== 0, 'not over an older one');
	fs.writeFileSync(at('out', 'note.txt'), 'mine');
	ok(run(['open', '--key', at('mine.key'), at('note.txt.sealed')], at('out')).status !== 0, 'nor over a file of that name');
	is(fs.readFileSync(at('out', 'note.txt'), 'utf8'), 'mine', 'which stays');
	fs.rmSync(at('out', 'note.txt'));
});

await test('a byte that was changed, cut or added opens nothing and leaves nothing', async () => {
	const was = fs.readFileSync(at('note.txt.sealed'));
	const tries = [20, 60, 300, 400, 66000, was.length - 1].map((i) => Buffer.from(was.map((b, k) => (k === i ? b ^ 1 : b))));
	for (const bytes of [...tries, was.subarray(0, was.length - 1), was.subarray(0, 300), Buffer.concat([was, Buffer.from('x')]), Buffer.alloc(0)]) {
		fs.writeFileSync(at('bad'), bytes);
		// A wrap for the other key may be harmed without harm to ours.
		const { status } = run(['open', '--key', at('mine.key'), at('bad')], at('out'));
		const left = fs.readdirSync(at('out'));
		ok(status !== 0 ? left.length === 0 : fs.readFileSync(at('out', 'note.txt')).equals(one), 'all or nothing');
		for (const f of left) fs.rmSync(at('out', f));
	}
});

await test('it goes through the form, and comes out at the desk as it went in', async () => {
	const server = await serve({ command: 'serve' });
	const secrets = {};
	const admin = await makeReady(server, 'Ada', 'admin', secrets);
	for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
	await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
	const v = await fill(server, 'west', { what: 'sealed twice' });
	await v.get('/r/file');
	const form = new FormData();
	form.append('csrf', /action="\/r\/file"[^]*?name="csrf" value="([^"]+)"/.exec(v.page)[1]);
	form.append('file', new Blob([fs.readFileSync(at('note.txt.sealed'))]), 'note.txt.sealed');
	is((await v.get('/r/file', { method: 'POST', body: form })).status, 200, 'taken');
	await v.get('/r/code');
	await v.send('action="/r/code"', { code: /<p class="code">([^<]+)</.exec(v.page)[1] });
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	await ben.get(/href="(\/cases\/[^"]+)"/.exec(ben.page)[1]);
	const link = /href="(\/cases\/[^"]+\/file\/[^"]+)"/.exec(ben.page)[1];
	const answer = await fetch(server.origin + link, { headers: { cookie: [...ben.jar].map(([k, x]) => `${k}=${x}`).join('; ') } });
	fs.writeFileSync(at('got'), Buffer.from(await answer.arrayBuffer()));
	is(run(['open', '--key', at('mine.key'), at('got')], at('out')).stdout.trim(), 'note.txt', 'opened');
	ok(fs.readFileSync(at('out', 'note.txt')).equals(one), 'whole');
	await server.stop();
});

fs.rmSync(dir, { recursive: true });
done();
