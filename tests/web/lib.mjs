// I know a real server in a temporary folder, and a visitor who speaks plain HTTP to it: cookies,
// forms with their token, no script. The binary under test is named by BARAZA_BIN.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const LANGS = ['ar', 'zh', 'en', 'fr', 'ru', 'es'];
export const binary = path.resolve(process.env.BARAZA_BIN ?? 'build/src/baraza');

const running = new Set();
process.on('exit', () => running.forEach((s) => s.kill()));
for (const sign of ['SIGINT', 'SIGTERM']) process.on(sign, () => process.exit(130));

// A folder's database: SQLite inside it, or one of the PostgreSQL that BARAZA_TEST_PG names (see
// tests/pg/with-pg), made when it is first asked for.
const made = new Map();
export function databaseOf(folder) {
	const pg = process.env.BARAZA_TEST_PG;
	if (!pg) return '';
	if (!made.has(folder)) {
		const name = `w${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
		execFileSync('psql', ['-qX', pg, '-c', `CREATE DATABASE ${name}`], { stdio: ['ignore', 'ignore', 'inherit'] });
		made.set(folder, pg.replace(/\/postgres\?/, `/${name}?`));
	}
	return made.get(folder);
}

// serve({ command, args, env, dir }): a server that accepts. A folder of the caller's is kept.
export async function serve({ command = 'demo', args = [], env = {}, dir } = {}) {
	const folder = dir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-'));
	const all = { ...process.env, BARAZA_LISTEN: '127.0.0.1:0', BARAZA_DATA: folder,
		BARAZA_DB: databaseOf(folder), ...env };
	const child = spawn(binary, [command, ...args], { env: all, stdio: ['ignore', 'pipe', 'pipe'] });
	const server = { child, dir: folder, env: all, log: '', origin: '', kill: () => child.kill('SIGKILL') };
	running.add(server);
	const ended = new Promise((gone) => child.on('exit', (code, signal) => gone(code ?? signal)));
	const open = new Promise((resolve) => {
		const hear = (bytes) => {
			server.log += bytes;
			const line = /Baraza is open at (http:\S+)/.exec(server.log);
			if (line) resolve(line[1].replace(/\/$/, ''));
		};
		child.stdout.on('data', hear);
		child.stderr.on('data', hear);
	});
	const slow = new Promise((resolve) => setTimeout(resolve, 60000, null).unref());
	server.origin = await Promise.race([open, slow, ended.then(() => null)]);
	// Ends the server and tells its exit status.
	server.stop = async (sign = 'SIGTERM') => {
		child.kill(sign);
		const status = await ended;
		running.delete(server);
		if (!dir) fs.rmSync(folder, { recursive: true, force: true });
		return status;
	};
	if (!server.origin) {
		await server.stop('SIGKILL');
		throw new Error(`the server did not open:\n${server.log}`);
	}
	return server;
}

// sql(server, text): its database's answer, columns parted by "|"; written so that both can read it.
export function sql(server, text) {
	const pg = server.env.BARAZA_DB;
	const words = pg ? ['psql', '-qXAt', '-v', 'ON_ERROR_STOP=1', pg, '-c', text]
		: ['sqlite3', '-cmd', '.timeout 5000', `${server.dir}/baraza.db`, text];
	return execFileSync(words[0], words.slice(1), { encoding: 'utf8' }).trim();
}

// forgetSummary(server): the sample's asks and answers leave, for tests that count their own.
export function forgetSummary(server) {
	sql(server, `DELETE FROM ask_reply; DELETE FROM ask_method; DELETE FROM ask_theme; DELETE FROM ask_sdg; DELETE FROM answer; DELETE FROM ask;
		DELETE FROM edge WHERE relation BETWEEN 2 AND 4 OR from_item IN (SELECT id FROM item WHERE kind IN (5, 6)); DELETE FROM item_text WHERE item IN (SELECT id FROM item WHERE kind IN (5, 6));
		DELETE FROM item WHERE kind = 6; DELETE FROM item WHERE kind = 5; DELETE FROM org_account; DELETE FROM org_text; DELETE FROM org`);
}

// forgetDocuments(server): the same with the sample's document.
export function forgetDocuments(server) {
	sql(server, `DELETE FROM disposition; DELETE FROM item_clause; DELETE FROM document_words; DELETE FROM document_clause; DELETE FROM document_version;
		DELETE FROM document_text; DELETE FROM document; DELETE FROM edge WHERE relation = 1 OR to_item IN (SELECT i.id FROM item i JOIN item c ON c.id = i.parent WHERE c.kind = 7);
		DELETE FROM item_past WHERE item IN (SELECT id FROM item WHERE kind = 7);
		DELETE FROM item_text WHERE item IN (SELECT i.id FROM item i LEFT JOIN item c ON c.id = i.parent WHERE i.kind = 7 OR c.kind = 7);
		DELETE FROM item WHERE parent IN (SELECT id FROM item WHERE kind = 7); DELETE FROM item WHERE kind = 7`);
}

// baraza(server, words, input): what the command line says, run beside the server on its data.
export function baraza(server, words, input = '') {
	return execFileSync(binary, words, { env: server.env, encoding: 'utf8', input });
}

const decode = (s) => s.replace(/&(lt|gt|amp|quot|#39);/g,
	(_, n) => ({ lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" })[n]);

// The fields of the first form whose action (or any part of whose markup) contains ${mark}: what
// a browser would send if nothing were changed.
export function formOf(html, mark = '') {
	for (const [whole, open, inner] of html.matchAll(/(<form\b[^>]*>)([^]*?)<\/form>/g)) {
		if (!whole.includes(mark)) continue;
		const attr = (tag, name) => {
			const m = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
			return m ? decode(m[1]) : undefined;
		};
		const fields = {};
		for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
			const name = attr(tag, 'name');
			const isBox = /type="(checkbox|radio)"/.test(tag);
			if (!name || /type="(submit|file)"/.test(tag) || (isBox && !/\schecked\b/.test(tag))) continue;
			fields[name] = attr(tag, 'value') ?? (isBox ? 'on' : '');
		}
		for (const [, tag, text] of inner.matchAll(/(<textarea\b[^>]*>)([^]*?)<\/textarea>/g))
			fields[attr(tag, 'name')] = decode(text);
		for (const [, tag, options] of inner.matchAll(/(<select\b[^>]*>)([^]*?)<\/select>/g)) {
			const picked = /<option\b[^>]*\sselected\b[^>]*>/.exec(options) ?? /<option\b[^>]*>/.exec(options);
			fields[attr(tag, 'name')] = picked ? (attr(picked[0], 'value') ?? '') : '';
		}
		return { action: attr(open, 'action'), method: (attr(open, 'method') ?? 'get').toLowerCase(), fields };
	}
	return null;
}

// One person with a browser and no script.
export class Visitor {
	constructor(server, { lang } = {}) {
		this.server = server;
		this.lang = lang;
		this.jar = new Map();
		this.page = '';
		this.at = '/';
	}

	async ask(to, { method = 'GET', body, headers = {} } = {}) {
		const url = new URL(to, this.server.origin + this.at);
		const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
		const answer = await fetch(url, {
			method, body, redirect: 'manual',
			headers: { ...(this.lang && { 'accept-language': this.lang }), ...(cookie && { cookie }), ...headers },
		});
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
			if (/max-age=(0|-)/i.test(line)) this.jar.delete(name);
			else this.jar.set(name, value);
		}
		answer.whole = await answer.text();
		return answer;
	}

	// Opens a page and follows where it sends us, as a browser does.
	async get(to, more) {
		let answer = await this.ask(to, more);
		this.at = new URL(to, this.server.origin + this.at).pathname;
		for (let hops = 0; answer.status >= 300 && answer.status < 304 && hops < 5; hops++) {
			const next = new URL(answer.headers.get('location'), this.server.origin + this.at);
			answer = await this.ask(next.pathname + next.search);
			this.at = next.pathname;
		}
		this.page = answer.whole;
		return answer;
	}

	// Fills the form that contains ${mark} on the page we are on, and sends it.
	async send(mark, fields = {}) {
		const form = formOf(this.page, mark);
		if (!form) throw new Error(`no form with ${mark} at ${this.at}:\n${this.page.slice(0, 2000)}`);
		const body = new URLSearchParams({ ...form.fields, ...fields });
		const to = form.action ?? this.at;
		if (form.method === 'get') return this.get(`${to}?${body}`);
		return this.get(to, { method: 'POST', body });
	}
}

// Sends bytes as they are and tells all that comes back until the server closes, or ${ms}.
export function raw(server, bytes, ms = 2000) {
	const { hostname, port } = new URL(server.origin);
	return new Promise((resolve, reject) => {
		let got = '';
		const s = net.connect(Number(port), hostname, () => s.write(bytes));
		s.setEncoding('latin1');
		s.setTimeout(ms, () => s.destroy());
		s.on('data', (d) => (got += d));
		s.on('close', () => resolve(got));
		s.on('error', (e) => (e.code === 'ECONNRESET' || e.code === 'EPIPE' ? resolve(got) : reject(e)));
	});
}

// signIn(server, name): somebody of the staff of the sample house, by the password that its first start printed (${words}:
// what that start said, where it is not this server's own).
export async function signIn(server, name, { lang = 'en', words = server.log } = {}) {
	const v = new Visitor(server, { lang });
	await v.get('/sign-in');
	const [, password] = new RegExp(`^ *${name} +(\\S+)`, 'm').exec(words);
	await v.send('action="/sign-in"', { name, password });
	return v;
}
