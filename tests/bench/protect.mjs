// What reports cost: processor time of one, 64 reporters at once, how fast and in how little memory a file is sealed, the
// list of many cases, and who waits while others sign in. By hand, on a machine that does nothing else:
//   BARAZA_BIN=build-release/src/baraza node tests/bench/protect.mjs [CASES; default 10000] [PART...; default all of them]
// With PostgreSQL: tests/pg/with-pg before it. Prints Markdown for docs/performance.md.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Visitor, formOf, serve, sql } from '../web/lib.mjs';
import { PASSWORD, comeBack, fill, makeChannel, makeReady, signIn } from '../web/protect.mjs';

const CASES = Number(process.argv[2] ?? 10000);
const PARTS = process.argv.slice(3);
const wants = (part) => !PARTS.length || PARTS.includes(part);
const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const base = server.env.BARAZA_DB ? 'PostgreSQL' : 'SQLite';
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const pid = server.child.pid;
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
const middle = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
const say = (what, got, goal) => console.log(`| ${base} | ${what} | ${got} | ${goal} |`);

// The house and the process that holds keys: whoever has this folder in its environment.
const processes = () => fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)).filter((n) => {
	try {
		return fs.readFileSync(`/proc/${n}/environ`, 'latin1').split('\0').includes(`BARAZA_DATA=${server.dir}`);
	} catch {
		return false;
	}
});
// Milliseconds that they were at work.
const worked = () => processes().reduce((sum, n) => sum + fs.readdirSync(`/proc/${n}/task`).reduce((s, t) => {
	try {
		return s + Number(fs.readFileSync(`/proc/${n}/task/${t}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
	} catch {
		return s;
	}
}, 0), 0);
const memory = (name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024;

console.log('| database | what | measured | goal |\n|---|---|---|---|');

const twelve = { danger: 'no', forwho: 'me', age: 'adult', act: 'threat', un: 'spoke', un_which: 'A meeting of ours', when: 'month', again: 'no',
	author: 'unknown', inside: 'no', what: 'It began with a letter. '.repeat(20), consent: 'contact' };
const megabyte = Buffer.alloc(1 << 20, 'words of a document ');
const codeOf = (v) => /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)[1];
async function sendFile(v, bytes, name = 'proof.txt') {
	await v.get('/r/file');
	const form = new FormData();
	form.append('csrf', formOf(v.page, 'action="/r/file"').fields.csrf);
	form.append('file', new Blob([bytes]), name);
	return v.ask('/r/file', { method: 'POST', body: form });
}
async function whole(bytes) {
	const v = await fill(server, 'west', twelve);
	if (bytes && (await sendFile(v, bytes)).status !== 303) return '';
	await v.get('/r/code');
	const code = codeOf(v);
	await v.send('action="/r/code"', { code });
	return v.at === '/r/case' ? code : '';
}

// ---- one report ----
if (wants('report')) {
	await whole(megabyte);
	const N = 100, sent = [], files = [], all = [];
	for (let i = 0; i < N; i++) {
		const t0 = worked();
		const v = await fill(server, 'west', twelve);
		const t1 = worked();
		await sendFile(v, megabyte);
		const t2 = worked();
		await v.get('/r/code');
		const form = formOf(v.page, 'action="/r/code"').fields;
		const t3 = worked();
		await v.ask('/r/code', { method: 'POST', body: new URLSearchParams({ ...form, code: codeOf(v) }) });
		const t4 = worked();
		all.push(t4 - t0), files.push(t2 - t1), sent.push(t4 - t3);
	}
	say('sending a report of 12 answers with a file: sealing and keeping it', `${middle(sent).toFixed(2)} ms of processor`, '3 ms');
	say('taking its file of 1 MB, page and encryption included', `${middle(files).toFixed(2)} ms of processor`, '');
	say('all 40 pages and forms of the way, with the file', `${middle(all).toFixed(1)} ms of processor`, '');
}

// ---- 64 at once ----
if (wants('many')) {
	const before = Number(sql(server, 'SELECT count(*) FROM protect_case'));
	const t = performance.now();
	const codes = await Promise.all(Array.from({ length: 64 }, () => whole(megabyte).catch(() => '')));
	const ms = performance.now() - t;
	let there = 0;
	for (const code of codes) there += code && (await comeBack(server, code)).page.includes('We have your report') ? 1 : 0;
	say('64 reporters at once, each with a file of 1 MB', `${codes.filter(Boolean).length} taken, ${there} found again, ${Number(sql(server, 'SELECT count(*) FROM protect_case')) - before} kept, in ${(ms / 1000).toFixed(1)} s`, '64, 64, 64');
}

// ---- a file of 500 MB ----
if (wants('large')) {
	const v = await fill(server, 'west', { what: 'a film' });
	await v.get('/r/file');
	const csrf = formOf(v.page, 'action="/r/file"').fields.csrf;
	const size = (500 << 20) - 4096, edge = 'edge-of-a-part';
	const head = Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n--${edge}\r\nContent-Disposition: form-data; name="file"; filename="film.txt"\r\n\r\n`);
	const tail = Buffer.from(`\r\n--${edge}--\r\n`);
	const was = memory('VmRSS'), t0 = worked(), w0 = performance.now();
	let most = was;
	const look = setInterval(() => (most = Math.max(most, memory('VmRSS'))), 20);
	const { hostname, port } = new URL(server.origin);
	const status = await new Promise((resolve, reject) => {
		const req = http.request({ hostname, port, path: '/r/file', method: 'POST', headers: { cookie: [...v.jar].map(([k, x]) => `${k}=${x}`).join('; '),
			'content-type': `multipart/form-data; boundary=${edge}`, 'content-length': head.length + size + tail.length } }, (res) => {
			res.resume();
			res.on('end', () => resolve(res.statusCode));
		});
		req.on('error', reject);
		req.write(head);
		const piece = Buffer.alloc(1 << 20, 'a film that is long ');
		let left = size;
		const more = () => {
			while (left) {
				const n = Math.min(left, piece.length);
				left -= n;
				if (!req.write(piece.subarray(0, n)) && left) return req.once('drain', more);
			}
			req.end(tail);
		};
		more();
	});
	clearInterval(look);
	const cpu = worked() - t0;
	say('a file of 500 MB', `${status}; ${(most - was).toFixed(1)} MB more than before, ${most.toFixed(1)} MB in all`, '32 MB');
	say('the same, from socket to disk', `${((size / 1048576) / (cpu / 1000)).toFixed(0)} MB a second of processor, ${((size / 1048576) / ((performance.now() - w0) / 1000)).toFixed(0)} MB a second by the clock`, '300 MB/s of encryption');
}

// ---- many cases ----
if (wants('list')) {
	// Made by cases.py: nobody waits until so many were reported. All that is in them was sealed for Ben.
	const pg = server.env.BARAZA_DB;
	const one = (text) => sql(server, text);
	const [ben, cy] = ['Ben', 'Cy'].map((name) => one(`SELECT id FROM account WHERE name = '${name}'`));
	const key = one(`SELECT ${pg ? "encode(public, 'hex')" : 'lower(hex(public))'} FROM account_key WHERE account = ${ben}`);
	const more = CASES - Number(one('SELECT count(*) FROM protect_case'));
	const rows = execFileSync('/usr/bin/python3', ['tests/bench/cases.py', more, path.join(server.dir, 'shred.bin'), one('SELECT id FROM protect_channel'),
		one("SELECT max(id) FROM record_form WHERE name = 'reprisal'"), ben, cy, key, ...(pg ? ['pg'] : [])], { maxBuffer: 1 << 30 });
	execFileSync(pg ? 'psql' : 'sqlite3', pg ? ['-qX', '-v', 'ON_ERROR_STOP=1', pg] : ['-cmd', '.timeout 5000', path.join(server.dir, 'baraza.db')], { input: rows });
	if (pg) one('ANALYZE');
	const v = await signIn(server, 'Ben', secrets);
	for (const at of ['', '?page=100', '?show=nobody', '?show=mine&page=50', '?show=closed']) {
		await v.ask(`/cases${at}`);
		const took = [], cpu = [];
		let opened = 0;
		for (let i = 0; i < 40; i++) {
			const t0 = worked(), t = performance.now();
			const page = (await v.ask(`/cases${at}`)).whole;
			took.push(performance.now() - t);
			cpu.push(worked() - t0);
			opened = page.split('Case number').length - 1;
		}
		say(`the list of ${one('SELECT count(*) FROM protect_case')} cases${at && `, ${at}`} (${opened} opened)`, `${middle(took).toFixed(1)} ms, of it ${middle(cpu).toFixed(1)} ms of processor; the longest ${Math.max(...took).toFixed(1)} ms`, '20 ms');
	}
}

// ---- many sign in ----
if (wants('sign')) {
	const read = async (until) => {
		const v = new Visitor(server), took = [];
		while (!until.is) {
			const t = performance.now();
			await v.ask('/r');
			took.push(performance.now() - t);
		}
		return took.sort((a, b) => a - b);
	};
	const p = (all, part) => all[Math.min(all.length - 1, Math.floor(all.length * part))].toFixed(1);
	const idle = { is: false };
	setTimeout(() => (idle.is = true), 2000);
	const alone = await read(idle);
	const busy = { is: false }, reading = read(busy);
	const tries = await Promise.all(Array.from({ length: 24 }, async (_, i) => {
		const v = new Visitor(server);
		await v.get('/sign-in');
		const t = performance.now();
		const a = await v.ask('/sign-in', { method: 'POST', body: new URLSearchParams({ ...formOf(v.page, 'action="/sign-in"').fields, name: `Somebody ${i}`, password: PASSWORD }) });
		return { status: a.status, ms: performance.now() - t, told: /busy|moment|again/i.test(a.whole) };
	}));
	await wait(100);
	busy.is = true;
	const beside = await reading;
	const most = memory('VmHWM');
	say('24 who sign in at once', `the last answer after ${(Math.max(...tries.map((x) => x.ms)) / 1000).toFixed(1)} s; ${tries.filter((x) => x.told).length} told to try again; ${most.toFixed(0)} MB at most in the house`, '');
	say('a reader meanwhile', `p50 ${p(beside, 0.5)} ms, p99 ${p(beside, 0.99)} ms; alone p50 ${p(alone, 0.5)} ms, p99 ${p(alone, 0.99)} ms`, '');
}

await server.stop();
console.log(`\n${os.cpus().length} cores, ${path.basename(process.env.BARAZA_BIN ?? '')}`);
