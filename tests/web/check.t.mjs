#!/usr/bin/env node
// "baraza check" finds each thing that can be wrong, says how to mend it, and changes nothing.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Visitor, binary, databaseOf, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'a bench under a tree';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const env = { PATH: process.env.PATH, BARAZA_DATA: dir, BARAZA_DB: databaseOf(dir), BARAZA_LISTEN: '127.0.0.1:0' };
const check = (...words) => {
	const { status, stdout, stderr } = spawnSync(binary, ['check', ...words], { encoding: 'utf8', env });
	return { status, stdout, stderr, wrong: stdout.split('\n').filter((line) => line.startsWith('wrong')) };
};
// One thing is wrong, and the line says ${what}.
const finds = (what, ...words) => {
	const c = check(...words);
	is(c.status, 1, 'exit status');
	is(c.wrong.length, 1, c.stdout);
	has(c.wrong[0], what, 'line');
};
const key = path.join(dir, 'server.key');
const database = path.join(dir, 'baraza.db');

await test('a house that was never opened is fine, and stays so', async () => {
	const c = check();
	is(c.status, 0, c.stdout);
	has(c.stdout, 'the first start makes it', 'line');
	is(fs.readdirSync(dir).length, 0, 'files made');
});

const server = await serve({ command: 'serve', dir });
await test('without an administrator it says how to get one', async () => finds(/administrator.*\/setup/));

await test('a whole house, open meanwhile', async () => {
	const [, code] = /([0-9A-Z]{4}(?: [0-9A-Z]{4}){4})/.exec(server.log);
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/setup');
	await v.send('action="/setup"', { code, name: 'keeper', password: PASSWORD, again: PASSWORD });
	const c = check();
	is(c.status, 0, c.stdout);
	is(c.wrong.length, 0, 'wrong');
	has(c.stdout, /log +\d+ lines of what was done, and all of them fit/, 'log');
	is(/keeper|bench/.test(c.stdout + c.stderr), false, 'names');
	is(await server.stop(), 0, 'exit status');
});

await test('a word that is none ends with 2', async () => {
	const c = check('--lisen', '127.0.0.1:1');
	is(c.status, 2, 'exit status');
	has(c.stderr, '--lisen', 'which');
});

await test('values of the configuration', async () => {
	finds(/https is "maybe"/, '--https', 'maybe');
	finds(/loops is "0"/, '--loops', '0');
	finds(/map .*no\/such\/file/, '--map', '/no/such/file');
});

await test('addresses', async () => {
	finds(/not an address/, '--listen', 'here');
	finds(/TLS/, '--listen', '0.0.0.0:0');
	is(check('--listen', '0.0.0.0:0', '--https', 'yes').status, 0, 'behind a front server');
	finds(/No such file/, '--listen', 'unix:/no/such/folder/x.sock');
	const taken = net.createServer().listen(0, '127.0.0.1');
	await new Promise((open) => taken.on('listening', open));
	const c = check('--listen', `127.0.0.1:${taken.address().port}`);
	taken.close();
	is(c.status, 0, c.stdout);
	has(c.stdout, 'is taken', 'line');
});

await test('a folder and a key that others may read', async () => {
	fs.chmodSync(dir, 0o755);
	finds(/data folder.*chmod 700/);
	fs.chmodSync(dir, 0o700);
	fs.chmodSync(key, 0o644);
	finds(/key.*chmod 600/);
	fs.chmodSync(key, 0o600);
});

await test('a key that is gone is not made anew', async () => {
	fs.renameSync(key, `${key}.away`);
	finds(/key.*backup/);
	ok(!fs.existsSync(key), 'no new key');
	fs.renameSync(`${key}.away`, key);
});

await test('a key of the vault that is gone, when accounts have keys', async () => {
	const file = path.join(dir, 'vault-1.key');
	fs.renameSync(file, `${file}.away`);
	is(check().status, 0, 'nobody needs it');
	const one = server.env.BARAZA_DB ? "'a'" : "x'61'";
	sql(server, `INSERT INTO account_key VALUES (1, 1, ${one}, ${one}, ${one}, ${one}, NULL)`);
	finds(/vault key.*backup/);
	ok(!fs.existsSync(file), 'no new key');
	fs.renameSync(`${file}.away`, file);
	sql(server, 'DELETE FROM account_key');
});

if (!server.env.BARAZA_DB) await test('a database that is none', async () => {
	const bytes = fs.readFileSync(database);
	fs.rmSync(`${database}-wal`, { force: true });
	fs.rmSync(`${database}-shm`, { force: true });
	fs.writeFileSync(database, 'not a database at all, however long one looks at it'.repeat(100));
	const c = check();
	is(c.status, 1, 'exit status');
	ok(c.wrong.length > 0, c.stdout);
	fs.writeFileSync(database, bytes);
	is(check().status, 0, 'whole again');
});

await test('a database of a later program', async () => {
	sql(server, 'INSERT INTO schema_step (step, at) VALUES (999, 1)');
	finds(/schema.*999/);
	sql(server, 'DELETE FROM schema_step WHERE step = 999');
	sql(server, "INSERT INTO space VALUES (1,'00','bare',1,0,'',0,'en',1,NULL,NULL,1,NULL,0,1,1,NULL)");
	finds(/consultations.*\/c\/bare has no title/);
	sql(server, 'DELETE FROM space');
	sql(server, 'UPDATE schema_step SET at = 99999999999');
	finds(/clock/);
});
done();
