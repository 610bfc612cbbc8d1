#!/usr/bin/env node
// Bringing a house back from its parts, as docs/operator/backup.md says, before somebody needs it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { baraza, binary, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const { code, v: author } = await report(server, 'west', { what: 'A kingfisher was seen.' });
const proof = `%PDF-1.4\n${'x'.repeat(100000)}\n%%EOF\n`;
{
	await author.get('/r/case');
	const to = /<form[^>]*action="(\/r\/[^"]*)"[^>]*enctype="multipart\/form-data"/.exec(author.page)[1];
	const form = new FormData();
	form.append('csrf', /name="csrf" value="([^"]+)"/.exec(author.page)[1]);
	form.append('file', new Blob([proof]), 'proof.pdf');
	await author.get(to, { method: 'POST', body: form });
	has(author.page, 'proof.pdf', 'a file of it');
}
const { code: gone } = await report(server, 'west', { what: 'An otter was seen.' });
const box = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-box-'));
const backup = path.join(box, 'house.db');
baraza(server, ['export', '--backup', backup]);
fs.copyFileSync(path.join(server.dir, 'server.key'), path.join(box, 'server.key'));
fs.copyFileSync(path.join(server.dir, 'vault-1.key'), path.join(box, 'vault-1.key'));

// After the backup a case is destroyed; shred.bin is copied last, as always.
const ben = await signIn(server, 'Ben', secrets);
await ben.get('/cases');
const otter = /href="(\/cases\/[A-Za-z0-9_-]{22})">An otter/.exec(ben.page)[1];
await ben.get(otter);
await ben.send('/close"', { outcome: '1' });
await ben.get(`${otter}/end`);
await ben.send('/end"', { sure: '1' });
fs.cpSync(path.join(server.dir, 'files'), path.join(box, 'files'), { recursive: true });
fs.copyFileSync(path.join(server.dir, 'shred.bin'), path.join(box, 'shred.bin'));
await server.stop();

const pg = server.env.BARAZA_DB;
const restore = (parts) => {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-new-'));
	for (const name of parts) {
		if (name === 'files') fs.cpSync(path.join(box, name), path.join(dir, name), { recursive: true });
		if (name === 'files') continue;
		fs.copyFileSync(path.join(box, name), path.join(dir, name));
		fs.chmodSync(path.join(dir, name), 0o600);
	}
	const env = { ...server.env, BARAZA_DATA: dir, BARAZA_DB: pg };
	const said = spawnSync(binary, ['import', '--backup', backup, '--replace'], { env, encoding: 'utf8' });
	return { dir, said };
};

await test('with all parts the house is as it was, but for what was destroyed since', async () => {
	const { dir, said } = restore(['server.key', 'vault-1.key', 'shred.bin', 'files']);
	is(said.status, 0, said.stderr);
	const back = await serve({ command: 'serve', dir, env: { BARAZA_DB: pg } });
	const v = await signIn(back, 'Ben', secrets);
	await v.get('/cases');
	has(v.page, 'A kingfisher was seen.', 'opens');
	await v.get(/href="(\/cases\/[A-Za-z0-9_-]{22})">A kingfisher/.exec(v.page)[1]);
	const link = /href="(\/cases\/[^"]+\/file\/[^"]+)"/.exec(v.page)[1];
	is((await v.ask(link)).whole, proof, 'its file, byte for byte');
	is(sql(back, 'SELECT count(*) FROM protect_case'), '2', 'the rows of both are back');
	ok(!v.page.includes('An otter'), 'but one does not open');
	has((await comeBack(back, code)).page, 'We have your report', 'for its author');
	has((await comeBack(back, gone)).page, 'Nothing is open', 'not for the author of the other');
	await back.stop();
	fs.rmSync(dir, { recursive: true, force: true });
});

await test('without the vault’s key it does not start; without shred.bin no report opens', async () => {
	const keyless = restore(['server.key', 'shred.bin']);
	const env = { ...server.env, BARAZA_DATA: keyless.dir, BARAZA_DB: pg };
	const said = spawnSync(binary, ['serve', '--listen', '127.0.0.1:0'], { env, encoding: 'utf8', timeout: 20000 });
	ok(said.status !== 0 && said.status !== null, 'refuses');
	has(said.stderr, 'vault-1.key', 'and says which');
	const { dir } = restore(['server.key', 'vault-1.key']);
	const back = await serve({ command: 'serve', dir, env: { BARAZA_DB: pg } });
	const v = await signIn(back, 'Ben', secrets);
	ok(!(await v.get('/cases')).whole.includes('kingfisher'), 'closed');
	await back.stop();
	for (const d of [keyless.dir, dir]) fs.rmSync(d, { recursive: true, force: true });
});

fs.rmSync(box, { recursive: true, force: true });
fs.rmSync(server.dir, { recursive: true, force: true });
done();
