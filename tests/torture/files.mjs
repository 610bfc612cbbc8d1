// A server that is killed, or whose files may not grow, while files come for records: each that it said yes to is there,
// whole, and the record's; what was under way is there whole or not at all.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { baraza, formOf, serve, signIn } from '../web/lib.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';

const KILLS = Number(process.env.KILLS ?? 12);
const DRAFTS = 4;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-files-'));
let server = await serve({ dir });
const words = server.log;
const env = { BARAZA_DB: server.env.BARAZA_DB };
let lead = await signIn(server, 'organiser', { words });
const found = { 'q-langs': 'en', 'q-themes': 'part', 'q-link': 'https://guide.example/a', 'q-country': '' };
let under = 0;

// One draft, and the file that its answer names: ${kept} was said yes to, ${perhaps} is under way.
class Draft {
	async begin() {
		await lead.get('/records/resource/new');
		await lead.send('/records/resource/new');
		this.at = lead.at.split('/').slice(0, 3).join('/');
		await lead.send('q-title', { 'q-title': 'A', 'q-kind': 'guide', 'q-about': 'B', 'q-made_by': 'C', 'q-published': '2025-01-02' });
		this.acks = 0;
	}
	async send() {
		const text = `${randomBytes(8 + Math.floor(Math.random() * 60000)).toString('hex')}\n`;
		this.perhaps = text;
		const body = new FormData();
		for (const [k, v] of Object.entries({ csrf: this.csrf, ...found })) body.append(k, v);
		for (const name of ['langs', 'themes', 'country', 'link', 'paper', 'cover']) body.append(`on-${name}`, '1');
		body.append('q-paper', new Blob([text]), 'paper.txt');
		const answer = await lead.ask(`${this.at}/find`, { method: 'POST', body });
		if (answer.status === 303) {
			this.kept = text;
			this.perhaps = undefined;
			this.acks++;
		}
		return answer;
	}
	async know() {
		await lead.get(`${this.at}/find`);
		this.csrf = formOf(lead.page, 'q-link').fields.csrf;
	}
	async check() {
		const answer = await lead.ask(this.at.replace('/draft/', '/file/') + '/paper/1');
		const is200 = answer.status === 200;
		ok(is200 || !this.kept, `${this.at} has its file: ${answer.status}`);
		if (!is200) return;
		ok(answer.whole === this.kept || answer.whole === this.perhaps, `${this.at} has what was acknowledged or was under way, whole`);
		this.kept = answer.whole;
		this.perhaps = undefined;
	}
}
const drafts = Array.from({ length: DRAFTS }, () => new Draft());
for (const d of drafts) await d.begin();
for (const d of drafts) await d.know();

async function sendUntilGone(d, gone) {
	while (!gone.at) {
		try {
			const answer = await d.send();
			if (answer.status !== 303) throw new Error(`a file is answered ${answer.status}: ${answer.whole.slice(0, 300)}`);
		} catch (e) {
			if (!gone.at && !/fetch failed|ECONNRESET|ECONNREFUSED|EPIPE|socket hang up|terminated/.test(String(e))) throw e;
			if (!gone.at) await new Promise((r) => setTimeout(r, 5));
		}
	}
}

await test(`${KILLS} kills lose no file that was acknowledged`, async () => {
	for (let kill = 0; kill < KILLS; kill++) {
		const gone = { at: 0 };
		const want = drafts.reduce((n, d) => n + d.acks, 0) + 1 + Math.floor(Math.random() * 20);
		const all = Promise.all(drafts.map((d) => sendUntilGone(d, gone)));
		while (drafts.reduce((n, d) => n + d.acks, 0) < want) await Promise.race([all, new Promise((r) => setTimeout(r, Math.random() * 5))]);
		const end = server.stop('SIGKILL');
		gone.at = 1;
		is(await end, 'SIGKILL', 'end');
		await all;
		under += drafts.filter((d) => d.perhaps).length;
		server = await serve({ dir, command: 'serve', env });
		lead = await signIn(server, 'organiser', { words });
		for (const d of drafts) await d.check();
		for (const d of drafts) await d.know();
	}
	ok(under >= KILLS / 2, `${under} files were under way`);
	has(baraza(server, ['check']), 'all of them are what they were');
});

await test('files that may not grow are refused by name, and what was there stays', async () => {
	execFileSync('prlimit', ['--pid', server.child.pid, '--fsize=1:unlimited']);
	for (const d of drafts) {
		const answer = await d.send();
		ok([422, 500, 503].includes(answer.status), `status ${answer.status}`);
		has(answer.whole, '<h1');
		await d.check();
	}
	execFileSync('prlimit', ['--pid', server.child.pid, '--fsize=unlimited:unlimited']);
	for (const d of drafts) is((await d.send()).status, 303, 'with room again');
	for (const d of drafts) await d.check();
});

await test('nothing half there stays beyond the night', async () => {
	const folder = path.join(dir, 'blobs'), old = new Date(Date.now() - 2 * 86400e3);
	await server.stop();
	for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), old, old);
	server = await serve({ dir, command: 'serve', env });
	const left = () => fs.readdirSync(folder).length;
	for (let i = 0; i < 100 && left() > DRAFTS + 1; i++) await new Promise((r) => setTimeout(r, 100));
	is(left(), DRAFTS + 1, 'one file a draft, and the sample’s');
	lead = await signIn(server, 'organiser', { words });
	for (const d of drafts) await d.check();
});

await server.stop();
fs.rmSync(dir, { recursive: true, force: true });
done();
