#!/usr/bin/env node
// The key of an account: it comes with the first sign-in, goes with the session, and a code on paper brings it back.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { Visitor, baraza, binary, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'four words not related';
const OTHER = 'another four words here';
const server = await serve({ command: 'serve' });
const user = (...words) => baraza(server, ['user', ...words], `${PASSWORD}\n`);
user('add', 'Ana', 'admin');
user('add', 'Ben', 'moderator');

const signIn = async (name, password = PASSWORD) => {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password });
	return v;
};
const keyOf = (name, what = 'public') => sql(server,
	`SELECT ${what} FROM account_key k JOIN account a ON a.id = k.account WHERE a.name = '${name}'`);
const hex = (column) => (server.env.BARAZA_DB ? `encode(${column}, 'hex')` : `hex(${column})`);
const shown = (v) => /<p class="code" dir="ltr">([0-9A-Z ]{24})<\/p>/.exec(v.page)?.[1];

// The processes that the server has beside itself: its keeper, and the vault below that.
const vaultOf = () => {
	const all = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
		.map((line) => line.trim().split(/\s+/)).filter((w) => w.length > 2);
	const args = all.find((w) => Number(w[0]) === server.child.pid).slice(2).join(' ');
	const same = all.filter((w) => w.slice(2).join(' ') === args).filter((w) => {
		try {
			return fs.readFileSync(`/proc/${w[0]}/environ`, 'latin1').includes(server.dir);
		} catch {
			return true;
		}
	}).map((w) => [Number(w[0]), Number(w[1])]);
	return same.find(([, parent]) => same.some(([pid]) => pid === parent && pid !== server.child.pid))?.[0];
};

await test('an account from before gets its key when it signs in, and the hash goes', async () => {
	is(keyOf('Ana'), '', 'no key yet');
	ok(sql(server, "SELECT password FROM account WHERE name = 'Ana'").startsWith('$argon2id'), 'a hash');
	const v = await signIn('Ana');
	is(v.at, '/account');
	ok(v.jar.get('k')?.length === 43, 'a cookie for the key');
	ok(keyOf('Ana', hex('public')).length === 64, 'a key');
	is(sql(server, "SELECT password FROM account WHERE name = 'Ana'"), '', 'no hash');
});

await test('the next time the same key opens, by the same password alone', async () => {
	const before = keyOf('Ana', `${hex('public')} || ${hex('slot')}`);
	is((await signIn('Ana')).at, '/account');
	is(keyOf('Ana', `${hex('public')} || ${hex('slot')}`), before, 'as it was');
	const wrong = await signIn('Ana', OTHER);
	ok(!wrong.jar.has('s') && !wrong.jar.has('k'), 'nobody');
});

await test('the code for paper is shown, and counts when it is typed again', async () => {
	const v = await signIn('Ana');
	has(v.page, 'You have no recovery code for it yet', 'state');
	await v.get('/account/key');
	const code = shown(v);
	ok(code, 'a code');
	is((await v.send('action="/account/key"', { code: '0000 0000 0000 0000 0000' })).status, 422, 'another code');
	is(shown(v), code, 'still the same');
	is(keyOf('Ana', 'recovery IS NULL').slice(0, 1).replace('t', '1'), '1', 'not kept');
	await v.send('action="/account/key"', { code: code.toLowerCase().replaceAll(' ', '-') });
	is(v.at, '/account/key');
	ok(!shown(v), 'not shown again');
	is(keyOf('Ana', 'recovery IS NULL').slice(0, 1).replace('f', '0'), '0', 'kept');
	ok(!sql(server, 'SELECT hash FROM account_recovery').includes(code), 'not written');
	server.paper = code;
});

await test('a new password opens the same key; the old one opens nothing', async () => {
	const before = keyOf('Ana', hex('public'));
	const elsewhere = await signIn('Ana');
	const v = await signIn('Ana');
	await v.get('/account/password');
	is((await v.send('action="/account/password"', { old: OTHER, password: OTHER, again: OTHER })).status, 422, 'wrong');
	await v.send('action="/account/password"', { old: PASSWORD, password: OTHER, again: OTHER });
	is(v.at, '/account');
	is(keyOf('Ana', hex('public')), before, 'the same key');
	await v.get('/account/key');
	await v.send('action="/account/key/new"');
	ok(shown(v), 'this session has its key still');
	await elsewhere.get('/account');
	is(elsewhere.at, '/sign-in', 'the other session');
	ok(!(await signIn('Ana')).jar.has('s'), 'the old password');
	ok((await signIn('Ana', OTHER)).jar.has('s'), 'the new one');
});

await test('signing out locks the key at once', async () => {
	const v = await signIn('Ana', OTHER);
	const k = v.jar.get('k');
	await v.send('action="/sign-out"');
	ok(!v.jar.has('k'), 'cookie is gone');
	const again = await signIn('Ana', OTHER);
	again.jar.set('k', k); // as if somebody had kept it
	await again.get('/account/key');
	await again.send('action="/account/key/new"');
	is((await again.send('action="/account/key"', { code: shown(again) })).status, 403, 'locked');
});

await test('a lost password and the code on paper: the same key; without the code another', async () => {
	const before = keyOf('Ana', hex('public'));
	const reset = async (fields) => {
		const v = new Visitor(server, { lang: 'en' });
		const link = user('reset', 'Ana').trim();
		await v.get(link);
		const answer = await v.send(`action="${link}"`, { password: PASSWORD, again: PASSWORD, ...fields });
		return [v, answer];
	};
	const [, wrong] = await reset({ key: '0000 0000 0000 0000 0000' });
	is(wrong.status, 422, 'a wrong code');
	is(keyOf('Ana', hex('public')), before, 'nothing changed');
	const [v] = await reset({ key: server.paper });
	is(v.at, '/account/second-step');
	is(keyOf('Ana', hex('public')), before, 'the same key');
	ok(v.jar.has('k'), 'and unlocked');
	is((await signIn('Ana')).at, '/account');
	await reset({ key: '' });
	is(keyOf('Ana'), '', 'the key is given up');
	await signIn('Ana');
	ok(keyOf('Ana', hex('public')).length === 64 && keyOf('Ana', hex('public')) !== before, 'another key');
});

await test('two first sign-ins at once make one key', async () => {
	const both = await Promise.all([signIn('Ben'), signIn('Ben')]);
	ok(both.some((v) => v.jar.has('k')), 'one is in');
	is((await signIn('Ben')).at, '/account');
});

await test('when the vault dies, sessions with keys end and people sign in again', async () => {
	const v = await signIn('Ben');
	const pid = vaultOf();
	ok(pid, 'there is a vault');
	process.kill(pid, 'SIGKILL');
	for (let i = 0; i < 100 && v.at !== '/sign-in'; i++) {
		await new Promise((r) => setTimeout(r, 50));
		await v.get('/account');
	}
	is(v.at, '/sign-in', 'out');
	const again = await signIn('Ben');
	is(again.at, '/account');
	await again.get('/account/key');
	ok(shown(again), 'with a key');
	ok(vaultOf() && vaultOf() !== pid, 'another vault');
});

await test('without the vault’s key the house does not open, and makes no other', async () => {
	const file = `${server.dir}/vault-1.key`;
	fs.renameSync(file, `${file}.away`);
	const { status, stderr } = spawnSync(binary, ['serve'], { env: { ...server.env, BARAZA_LISTEN: '127.0.0.1:0' }, encoding: 'utf8' });
	is(status, 1, 'exit status');
	has(stderr, 'vault-1.key is missing', 'why');
	ok(!fs.existsSync(file), 'no other key');
	fs.renameSync(`${file}.away`, file);
});

await test('the vault ends with the house', async () => {
	const pid = vaultOf();
	is(await server.stop(), 0, 'exit status');
	for (let i = 0; i < 100 && fs.existsSync(`/proc/${pid}`); i++) await new Promise((r) => setTimeout(r, 50));
	ok(!fs.existsSync(`/proc/${pid}`), 'gone');
});

done();
