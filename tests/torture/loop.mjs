// Asks, links to evidence, answers and letters, while the server is killed again and again: what it said yes to is there
// once, and every letter arrives. A letter that the mail server took in the moment of a kill, before that was written
// down, is sent once more: nobody can know better; it has the same Message-ID, by which mail readers drop it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve, sql } from '../web/lib.mjs';
import { listen } from '../web/smtp.mjs';
import { done, is, ok, test } from '../web/tap.mjs';
import { Answerer, Asker, Linker, Mailer } from './staff.mjs';

const KILLS = Number(process.env.KILLS ?? 12);
const AT_ONCE = 16; // letters between two notes of what was sent: OUTBOX_AT_ONCE
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-loop-'));
const sink = await listen();
const env = { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' };
const workers = [new Asker('editor'), new Linker('editor'), new Answerer('responder'), new Mailer('admin')];
const acks = () => workers.reduce((n, w) => n + w.said.size, 0);

async function workUntilGone(worker, gone) {
	while (!gone.at) {
		try {
			const answer = await worker.work();
			if (answer.status >= 400 && answer.status !== 503) throw new Error(`${worker.constructor.name} is answered ${answer.status}`);
		} catch (e) {
			if (!/fetch failed|terminated|ECONNRESET|other side closed/.test(`${e} ${e.cause}`)) throw e;
			await new Promise((r) => setTimeout(r, 5));
		}
	}
}

let server = await serve({ dir, env });
const words = server.log;
let underWay = 0;
await test(`${KILLS} kills lose no ask, no link and no answer`, async () => {
	for (let kill = 0; kill < KILLS; kill++) {
		for (const w of workers) await w.begin(server, words);
		const gone = { at: 0 };
		const want = acks() + 2 + Math.floor(Math.random() * 30);
		const all = Promise.all(workers.map((w) => workUntilGone(w, gone)));
		while (acks() < want) await Promise.race([all, new Promise((r) => setTimeout(r, Math.random() * 8))]);
		const end = server.stop('SIGKILL');
		gone.at = kill + 1;
		is(await end, 'SIGKILL', 'end');
		await all;
		underWay += workers.reduce((n, w) => n + w.perhaps.size, 0);
		for (const w of workers) w.check(server);
		sql(server, 'UPDATE notify_mail SET next_at = 0');
		server = await serve({ dir, env });
	}
});
await test('work was under way when it was killed', () => ok(underWay >= KILLS / 2, `${underWay} pieces`));
await test('each kind of work was done', () => workers.forEach((w) => ok(w.said.size >= KILLS / 2, `${w.constructor.name}: ${w.said.size}`)));

await test('every letter arrives; one that comes twice is the same letter', async () => {
	const mailer = workers[3];
	for (let i = 0; i < 200 && sql(server, 'SELECT count(*) FROM notify_mail') !== '0'; i++) await new Promise((r) => setTimeout(r, 100));
	const came = new Map();
	for (const letter of sink.letters) came.set(letter.to[0], [...(came.get(letter.to[0]) ?? []), letter.head['message-id']]);
	for (const to of mailer.said) ok(came.has(to), `${to} never got the letter`);
	let twice = 0;
	for (const [to, ids] of came) {
		is(new Set(ids).size, 1, `${to}: letters`);
		twice += ids.length - 1;
	}
	ok(twice <= KILLS * AT_ONCE, `${twice} came twice`);
	console.log(`# ${mailer.said.size} letters, ${twice} of them twice`);
});

await test('numbers of asks stand in a row, none twice', () => {
	is(sql(server, 'SELECT count(*) - max(number) FROM ask WHERE section = 0'), '0', 'gaps');
	is(sql(server, `SELECT count(*) FROM item i WHERE i.kind = 5 AND NOT EXISTS (SELECT 1 FROM ask a WHERE a.item = i.id)`), '0', 'halves');
	is(sql(server, `SELECT count(*) FROM item i WHERE i.kind = 6 AND NOT EXISTS (SELECT 1 FROM answer n WHERE n.item = i.id)`), '0', 'half answers');
});

await test('it ends cleanly after all', async () => is(await server.stop(), 0, 'exit status'));
console.log(`# ${acks()} pieces acknowledged, ${underWay} under way when it was killed`);
await sink.close();
fs.rmSync(dir, { recursive: true, force: true });
done();
