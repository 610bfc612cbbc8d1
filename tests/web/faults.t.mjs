#!/usr/bin/env node
// A bad day for somebody who reports: the house is killed at each step, its vault dies under load, the disk is full, the
// clock goes back. What was acknowledged is there, what was not is there wholly or not at all.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, formOf, serve, sql } from './lib.mjs';
import { comeBack, fill, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const DAY = 86400;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-faults-'));
const clock = path.join(dir, 'clock'), late = path.join(dir, 'late.so');
const set = (seconds) => fs.writeFileSync(clock, `${seconds}\n`);
set(0);
let hasClock = true;
try {
	execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', late, path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../torture/clock.c'), '-ldl']);
} catch {
	hasClock = false;
}
const data = path.join(dir, 'data');
fs.mkdirSync(data);
const turned = hasClock ? { LD_PRELOAD: late, CLOCK_FILE: clock, ASAN_OPTIONS: 'verify_asan_link_order=0' } : {};
let server = await serve({ command: 'serve', dir: data, env: { ...turned, BARAZA_RATES: 'no' } });
const env = { ...turned, BARAZA_RATES: 'no', BARAZA_DB: server.env.BARAZA_DB };
const again = async () => {
	server = await serve({ command: 'serve', dir: data, env });
};
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const count = (what) => Number(sql(server, `SELECT count(*) FROM ${what}`));
const TABLES = ['object', 'wrap', 'slot'];
const halves = () => TABLES.map((t) => count(`protect_${t} x WHERE NOT EXISTS (SELECT 1 FROM protect_case c WHERE c.id = x.of)`)).join();
// A step that is sent, and the house killed so many milliseconds later; whoever visits comes back to the new one.
const tokenOf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
async function kill(v, to, body, ms) {
	const jar = new Map(v.jar);
	const sent = v.ask(to, { method: 'POST', body }).then((a) => a.status, () => 0);
	await wait(ms);
	await server.stop('SIGKILL');
	const status = await sent;
	await again();
	v.server = server;
	return { status, jar };
}
// All pages of a handler's list.
async function list(v) {
	let whole = '';
	for (let to = '/cases'; to;) {
		const page = (await v.ask(to)).whole;
		whole += page;
		to = /href="(\/cases\?[^"]*)" rel="next"/.exec(page)?.[1].replace('&amp;', '&');
	}
	return whole;
}
const form = (v, fields) => new URLSearchParams({ csrf: tokenOf(v), ...fields });
const at = async (v) => (await v.get('/r/check')).whole;

await test('killed at each question: what was answered stays, the last one is there or it is not', async () => {
	const v = await fill(server, 'west', {}, { stop: 'danger' });
	let told = 0, kept = 0, n = 0;
	const texts = [];
	for (let left = 40; v.at.startsWith('/r/write/') && left; left--) {
		const name = v.at.split('/').pop();
		const isText = new RegExp(`<textarea[^>]*name="q-${name}"|<input[^>]*type="text"[^>]*name="q-${name}"`).test(v.page);
		if (!isText) {
			await v.send('action="/r/write/', { skip: '1' });
			continue;
		}
		const word = `plover${n} said`;
		const where = v.at;
		const { status } = await kill(v, where, new URLSearchParams({ ...formOf(v.page, 'action="/r/write/').fields, [`q-${name}`]: word }), n++ % 2 ? 1 + n : 40);
		const check = await at(v);
		for (const t of texts) has(check, t, `${name}: what was answered before`);
		if (status === 303) told++, has(check, word, `${name}: it was acknowledged`);
		if (check.includes(word)) kept++;
		texts.push(word);
		await v.get(where);
		await v.send('action="/r/write/', { [`q-${name}`]: word });
		ok(v.at !== where, `${name} goes on`);
	}
	ok(n >= 3, `${n} kills`);
	console.log(`# ${n} kills, ${told} answers acknowledged, ${kept} kept`);
	is(v.at, '/r/file', 'to the end');
	const draft = count('protect_draft');
	is(draft, 1, 'one draft');
	// While a file is on its way.
	for (const ms of [5, 60]) {
		await v.get('/r/file');
		const body = new FormData();
		body.append('csrf', tokenOf(v));
		body.append('file', new Blob([Buffer.alloc(3 << 20, 'x')]), `dunlin${ms}.txt`);
		const { status } = await kill(v, '/r/file', body, ms);
		const files = (await v.get('/r/file')).whole;
		if (status === 303) has(files, `dunlin${ms}.txt`, 'acknowledged');
		const known = count('protect_file');
		ok([0, 1, 2].includes(known) && files.split('dunlin').length - 1 >= known, 'each that is known is shown');
	}
	const check = await at(v);
	for (const t of texts) has(check, t, 'all of it');
});

await test('killed while it is sent, a report is there whole, or still a draft', async () => {
	let sent = 0, drafts = 0;
	for (let i = 0; i < 10; i++) {
		const cases = count('protect_case');
		const v = await fill(server, 'west', { what: `curlew${i}`, contact: `amina${i}`, consent: 'contact' });
		await v.get('/r/file');
		const body = new FormData();
		body.append('csrf', tokenOf(v));
		body.append('file', new Blob([`knot${i}`]), `knot${i}.txt`);
		await v.get('/r/file', { method: 'POST', body });
		await v.get('/r/code');
		const code = /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)[1];
		const { status, jar } = await kill(v, '/r/code', form(v, { code }), i * 3 + (sent ? 0 : 4 * i * i));
		is(halves(), '0,0,0', `${i}: nothing half`);
		const isSent = count('protect_case') > cases;
		if (status === 303) ok(isSent, `${i}: it was acknowledged`);
		if (isSent) sent++;
		else {
			drafts++;
			v.jar = jar;
			await v.get('/r/code');
			await v.send('action="/r/code"', { code });
			is(v.at, '/r/case', `${i}: sent from the draft`);
		}
		const back = (await comeBack(server, code)).page;
		for (const word of [`curlew${i}`, `knot${i}.txt`]) has(back, word, `${i}: ${isSent ? 'sent' : 'sent later'}`);
		is(count('protect_case'), cases + 1, `${i}: once`);
		is(count("protect_object WHERE field = 'contact'"), i + 1, `${i}: with the name`);
		const blobs = sql(server, "SELECT count(*) FROM protect_object WHERE field = '/file'");
		ok(fs.readdirSync(path.join(data, 'files')).length >= Number(blobs), `${i}: each card has its body`);
	}
	console.log(`# ${sent} sent, ${drafts} still a draft`);
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	for (let i = 0; i < 10; i++) has(ben.page, `curlew${i}`, `${i}: its handler reads it`);
});

// The vault's process: of this house, behind a filter of system calls.
function vaultOf() {
	for (const pid of fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)))
		try {
			if (!/^Seccomp:\s*2$/m.test(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))) continue;
			if (fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`BARAZA_DATA=${data}`)) return Number(pid);
		} catch {
			// another one's, or gone
		}
	return 0;
}

const mayKill = vaultOf() > 0;
await test(mayKill ? 'the vault is killed under load: people hear so, and go on; nothing acknowledged is lost' : 'vault # SKIP whose process it is cannot be seen', async () => {
	if (!mayKill) return;
	const seen = new Map();
	const note = (a) => seen.set(a.status, (seen.get(a.status) ?? 0) + 1);
	const sent = [];
	let isOver = false, kills = 0;
	// Somebody who tries again when the house says that it cannot right now: it has done nothing then.
	class Patient extends Visitor {
		async ask(to, how) {
			for (let tries = 0; ; tries++) {
				const a = await super.ask(to, how);
				note(a);
				if (a.status !== 503 || tries === 200) return a;
				await wait(20);
			}
		}
	}
	const reporter = async (k) => {
		for (let i = 0; !isOver; i++) {
			const word = `sandpiper${k}x${i}x`;
			const v = await fill(server, 'west', { what: word }, { v: new Patient(server, { lang: 'en' }) });
			await v.get('/r/code');
			const code = /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)[1];
			await v.send('action="/r/code"', { code });
			if (v.at === '/r/case') sent.push([word, code]);
		}
	};
	const handler = async (name) => {
		while (!isOver) {
			const v = await signIn(server, name, secrets).catch(() => null);
			if (!v) continue;
			for (let i = 0; i < 8 && !isOver; i++) note(await v.ask('/cases'));
		}
	};
	const load = Promise.all([reporter(0), reporter(1), reporter(2), handler('Ben')]).finally(() => (isOver = true));
	load.catch(() => {}); // heard below
	for (; kills < 8; kills++) {
		await wait(700);
		const pid = vaultOf();
		if (pid) process.kill(pid, 'SIGKILL');
	}
	await wait(1500);
	for (let i = 0; i < 300 && sent.length < 8; i++) await wait(100); // a busy machine is slower
	isOver = true;
	await load;
	console.log(`# ${sent.length} reports acknowledged; answers ${[...seen].map(([s, n]) => `${s}: ${n}`).join(', ')}`);
	ok(sent.length >= 8, 'reports came through');
	for (const s of seen.keys()) ok([200, 303, 422, 503].includes(s), `status ${s}`);
	is(halves(), '0,0,0', 'nothing half');
	for (const [word, code] of sent) has((await comeBack(server, code)).page, word, 'there');
	const ben = await signIn(server, 'Ben', secrets);
	is((await ben.ask('/cases')).status, 200, 'and the handlers read');
});

await test('no room for a file: it is said in the reporter’s language, nothing stays, and it goes on when there is', async () => {
	const v = await fill(server, 'west', { what: 'no room' }, { lang: 'fr' });
	await v.get('/r/file');
	const folder = path.join(data, 'files');
	const before = fs.readdirSync(folder).length;
	const send = async (bytes) => {
		const body = new FormData();
		body.append('csrf', tokenOf(v));
		body.append('file', new Blob([Buffer.alloc(bytes, 'x')]), 'turnstone.txt');
		return v.ask('/r/file', { method: 'POST', body });
	};
	for (const limit of [1, 65536, 500000]) {
		execFileSync('prlimit', ['--pid', server.child.pid, `--fsize=${limit}:unlimited`]);
		const answer = await send(2 << 20);
		execFileSync('prlimit', ['--pid', server.child.pid, '--fsize=unlimited:unlimited']);
		is(answer.status, 422, `status with ${limit}`);
		has(answer.whole, '<html lang="fr"', 'in French');
		has(answer.whole, /n’a pas pu|n&#39;a pas pu|Réessayez/, 'which says so');
		for (let i = 0; i < 100 && fs.readdirSync(folder).length !== before; i++) await wait(50);
		is(fs.readdirSync(folder).length, before, 'nothing stays');
	}
	is((await send(2 << 20)).status, 303, 'with room it is taken');
	has((await v.get('/r/file')).whole, 'turnstone.txt', 'and there');
});

// A file system of its own that fills up while the file comes, where this process may mount one.
const small = path.join(dir, 'small');
fs.mkdirSync(small);
let isMounted = true;
try {
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'baraza-faults', small], { stdio: 'ignore' });
} catch {
	isMounted = false;
}
await test(isMounted ? 'a disk that fills up while a file comes' : 'a disk that fills up # SKIP this process may not mount one', async () => {
	if (!isMounted) return;
	fs.mkdirSync(path.join(small, 'data'));
	const house = await serve({ command: 'serve', dir: path.join(small, 'data') });
	try {
		const keys = {};
		const boss = await makeReady(house, 'Ada', 'admin', keys);
		for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(house, name, 'none', keys);
		await makeChannel(boss, 'west', ['Ben', 'Cy'], ['Dee']);
		const { code } = await report(house, 'west', { what: 'before it was full' });
		const v = await fill(house, 'west', { what: 'a file too large' });
		await v.get('/r/file');
		const send = async (megabytes) => {
			const body = new FormData();
			body.append('csrf', tokenOf(v));
			body.append('file', new Blob([Buffer.alloc(megabytes << 20, 'x')]), 'whimbrel.txt');
			return v.ask('/r/file', { method: 'POST', body });
		};
		const answer = await send(60);
		is(answer.status, 422, 'refused');
		has(answer.whole, 'could not be taken right now', 'and told');
		for (let i = 0; i < 100 && fs.readdirSync(path.join(small, 'data/files')).length; i++) await wait(50);
		is(fs.readdirSync(path.join(small, 'data/files')).length, 0, 'nothing stays');
		is((await send(2)).status, 303, 'a smaller one has room');
		await v.get('/r/code');
		const mine = /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)[1];
		await v.send('action="/r/code"', { code: mine });
		is(v.at, '/r/case', 'sent');
		has(v.page, 'whimbrel.txt', 'with its file');
		has((await comeBack(house, code)).page, 'before it was full', 'what was there before is there');
	} finally {
		await house.stop();
		execFileSync('umount', ['-l', small]);
	}
});

await test(hasClock ? 'a clock that goes back a day: drafts, cases and promises stay as they are' : 'clock # SKIP no compiler', async () => {
	if (!hasClock) return;
	const { code } = await report(server, 'west', { what: 'godwit of today' });
	const draft = await fill(server, 'west', { what: 'whinchat unsent' });
	const ben = await signIn(server, 'Ben', secrets);
	const link = /href="(\/cases\/[A-Za-z0-9_-]{22})">godwit/.exec(await list(ben))[1];
	await ben.get(link);
	await ben.send('/take"');
	await ben.send('/say"', { text: 'stonechat answers' });
	const picture = () => sql(server, 'SELECT hex(id), state, due_on, due_hour FROM protect_case ORDER BY 1'.replace('hex(id)', env.BARAZA_DB ? "encode(id, 'hex')" : 'hex(id)'));
	const before = picture(), promises = sql(server, 'SELECT * FROM protect_promise ORDER BY 1, 2, 3, 4').replace(/^.*$/gm, (l) => l);
	set(-DAY);
	await wait(2500); // it tidies up once a second
	is(picture(), before, 'no state and no deadline has moved');
	is(sql(server, 'SELECT * FROM protect_promise ORDER BY 1, 2, 3, 4'), promises, 'no promise counts as broken or kept');
	has(await at(draft), 'whinchat unsent', 'a draft from the future opens');
	has((await comeBack(server, code)).page, 'stonechat answers', 'a case from the future opens');
	await draft.get('/r/code');
	const later = /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(draft.page)[1];
	await draft.send('action="/r/code"', { code: later });
	is(draft.at, '/r/case', 'a report is taken');
	set(0);
	await wait(2500);
	has((await comeBack(server, later)).page, 'whinchat unsent', 'and is there when the clock is right again');
	ok(picture().includes(before.split('\n')[0]), 'nothing has moved');
	const cy = await signIn(server, 'Cy', secrets);
	has(await list(cy), 'godwit of today', 'handlers read');
	is(halves(), '0,0,0', 'nothing half');
});

await server.stop();
fs.rmSync(dir, { recursive: true, force: true });
done();
