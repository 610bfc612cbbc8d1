// A consultation is deleted while the server is killed again and again: each start goes on where the last one ended, no
// page in between shows a word or breaks, every answer stays, and the house next door is untouched.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, baraza, serve, signIn, sql } from '../web/lib.mjs';
import { done, is, ok, test } from '../web/tap.mjs';

const KILLS = Number(process.env.KILLS ?? 8);
const VOTES = 60; // seats more, each with a vote on each statement: work for many pieces
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-retire-'));
let server = await serve({ dir });
const words = server.log;
const ask = (text) => sql(server, text);
const left = () => Number(ask(`SELECT (SELECT count(*) FROM vote WHERE space = 1) + (SELECT count(*) FROM seat WHERE space = 1)
	+ (SELECT count(*) FROM item WHERE space = 1 AND kind IN (2, 3, 4) AND status < 6)`));
const elsewhere = () => ask(`SELECT (SELECT count(*) FROM vote WHERE space <> 1), (SELECT count(*) FROM seat WHERE space <> 1),
	(SELECT count(*) FROM item_text t JOIN item i ON i.id = t.item WHERE i.space <> 1)`);
const answers = () => ask('SELECT count(*) FROM answer n JOIN item_text t ON t.item = n.item');
const page = async (at) => {
	const answer = await new Visitor(server, { lang: 'en' }).get(at);
	return { status: answer.status, text: answer.whole };
};

const first = Number(ask('SELECT max(number) FROM seat WHERE space = 1'));
for (let i = 1; i <= VOTES; i++) {
	const key = `${i}`.padStart(64, '0');
	const blob = server.env.BARAZA_DB ? `'\\x${key}'` : `X'${key}'`;
	ask(`INSERT INTO participant (code_key) VALUES (${blob});
		INSERT INTO seat (space, participant, number, alias, lang, country, is_trusted) SELECT 1, max(id), ${first + i}, '', 'en', '', 0 FROM participant;
		INSERT INTO vote (space, seat, item, value, at) SELECT 1, (SELECT max(id) FROM seat), id, 1, 1 FROM item WHERE space = 1 AND kind = 4`);
}
const cited = ask(`SELECT e.to_item, e.from_item FROM edge e JOIN item i ON i.id = e.to_item JOIN ask a ON a.item = e.from_item
	WHERE e.relation = 2 AND i.kind = 2 AND i.status = 1 AND a.is_public = 1 AND a.space = 1 ORDER BY e.id LIMIT 1`).split('|');
const address = ask(`SELECT section || '.' || number FROM ask WHERE item = ${cited[1]}`);
const body = ask(`SELECT body FROM item_text WHERE item = ${cited[0]} ORDER BY lang LIMIT 1`).slice(0, 40);
const before = { answers: answers(), elsewhere: elsewhere(), left: left() };
const steps = [before.left];

await test('it begins, and from then on its pages are tombstones', async () => {
	const admin = await signIn(server, 'admin', { words });
	await admin.get('/desk/civic-space/delete');
	const end = server.stop('SIGKILL'); // under way, or not: either way nothing is half begun
	await admin.send('name="name"', { name: 'civic-space' }).catch(() => null);
	await end;
	server = await serve({ dir });
	if (ask('SELECT state FROM space WHERE id = 1') !== '4') {
		is(left(), before.left, 'nothing of it is gone');
		const again = await signIn(server, 'admin', { words });
		await again.get('/desk/civic-space/delete');
		is((await again.send('name="name"', { name: 'civic-space' })).status, 410, 'begun');
	}
});

await test(`${KILLS} kills: each start goes on, and no page in between breaks or shows a word`, async () => {
	for (let kill = 0; kill < KILLS; kill++) {
		const last = steps.at(-1);
		for (let i = 0; i < 400 && last && left() === last; i++) await new Promise((r) => setTimeout(r, 5));
		is(await server.stop('SIGKILL'), 'SIGKILL', 'end');
		server = await serve({ dir });
		steps.push(left());
		is((await page('/c/civic-space')).status, 410, 'the consultation');
		const item = await page(`/i/${cited[0]}`);
		is(item.status, 410, 'what was said');
		const shown = await page(`/c/civic-space/asks/${address}`);
		is(shown.status, 200, 'the ask');
		ok(!item.text.includes(body) && !shown.text.includes(body), 'a word of it');
	}
	ok(steps.some((n) => n > 0 && n < before.left), `${steps.join(' ')}: some were killed in the middle`);
	for (let i = 1; i < steps.length; i++) ok(steps[i] <= steps[i - 1], `${steps.join(' ')}: it never grows`);
});

await test('it is finished, and what was not of it is untouched', async () => {
	for (let i = 0; i < 300 && ask('SELECT count(*) FROM space_end WHERE done_at IS NOT NULL') !== '1'; i++) await new Promise((r) => setTimeout(r, 100));
	is(left(), 0, 'left');
	is(ask('SELECT count(*) FROM space_end WHERE done_at IS NOT NULL'), '1', 'done');
	is(ask('SELECT count(*) FROM audit_line WHERE what = 409'), '1', 'written down once');
	is(answers(), before.answers, 'answers');
	is(elsewhere(), before.elsewhere, 'elsewhere');
	baraza(server, ['check']);
});

await test('it ends cleanly after all', async () => is(await server.stop(), 0, 'exit status'));
console.log(`# left at each start: ${steps.join(' ')}`);
fs.rmSync(dir, { recursive: true, force: true });
done();
