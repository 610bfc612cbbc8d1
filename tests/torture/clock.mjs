// A clock that goes an hour ahead over midnight, and is set right again: nothing stays late that is not, nobody is reminded
// twice, no letter and no words are lost, and whoever came in before can go on.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, serve, signIn, sql } from '../web/lib.mjs';
import { listen } from '../web/smtp.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';

const DAY = 86400, HOUR = 3600;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-clock-'));
const clock = path.join(dir, 'clock');
const late = path.join(dir, 'late.so');
try {
	execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', late, path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'clock.c'), '-ldl']);
} catch (e) {
	console.log(`1..0 # SKIP no compiler: ${e.code}`);
	process.exit(0);
}

// Twenty to midnight, in UTC; then an hour ahead it is another day.
const now = Math.floor(Date.now() / 1000);
const today = Math.floor(now / DAY) * DAY;
const right = today + DAY - 1200 - now;
const set = (seconds) => fs.writeFileSync(clock, `${right + seconds}\n`);
set(0);
const sink = await listen();
const server = await serve({ env: { LD_PRELOAD: late, CLOCK_FILE: clock, ASAN_OPTIONS: 'verify_asan_link_order=0',
	BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' } });
const ask = (text) => sql(server, text);
const page = async (at) => (await new Visitor(server, { lang: 'en' }).get(at)).whole;
const quiet = async (n, what) => {
	await new Promise((go) => setTimeout(go, 6500)); // a round of the post is five seconds
	is(sink.letters.length, n, what);
};

const admin = await signIn(server, 'admin');
await admin.get('/site/settings');
await admin.send('name="base_url"', { base_url: 'https://baraza.example' });
const [id, address] = ask(`SELECT a.item, a.section, a.number FROM ask a JOIN org_account o ON o.org = a.org JOIN account x ON x.id = o.account
	WHERE x.name_key = 'responder' ORDER BY a.item LIMIT 1`).replace(/\|(\d+)\|/, '|$1.').split('|');
ask(`UPDATE ask SET state = 2; UPDATE ask SET state = 0, answered_at = NULL, due_at = ${today} WHERE item = ${id}`);
const ASK = `/c/civic-space/asks/${address}`;
const person = new Visitor(server, { lang: 'en' });
await person.get('/c/civic-space/vote');

await test('on its day an ask is not late; an hour ahead it is; set right it is not', async () => {
	ok(!(await page(ASK)).includes('day late'), 'on the day');
	set(HOUR);
	has(await page(ASK), /1\D* day late/, 'an hour ahead');
	set(0);
	ok(!(await page(ASK)).includes('day late'), 'set right');
});

await test('a reminder goes out once, however the clock goes', async () => {
	const responder = await signIn(server, 'responder');
	await responder.get('/account/reminders');
	await responder.send('action="/account/reminders"', { address: 'boss@example.org' });
	const letter = await sink.next(1);
	const v = new Visitor(server, { lang: 'en' });
	await v.get(/https:\/\/baraza\.example(\/en\/mail\/\S+)/.exec(letter.text)[1]);
	set(HOUR); // a link made an hour before is good
	is((await v.send('name="do" value="yes"', { do: 'yes' })).status, 200, 'yes');
	has(v.page, 'role="status"', 'saved');
	const first = await sink.next(2);
	is(first.head.subject, '1 ask waits for your answer', 'subject');
	set(0);
	await quiet(2, 'no second one when the clock is set right');
	set(HOUR);
	await quiet(2, 'nor when the day comes');
	set(0);
});

await test('a letter that was written in the future is sent', async () => {
	set(HOUR);
	await (await signIn(server, 'admin')).get('/');
	sink.answer = '450 later';
	const boss = await signIn(server, 'admin');
	await boss.get('/site/mail');
	await boss.send('action="/site/mail"', { to: 'ana@example.org' });
	for (let i = 0; i < 100 && ask('SELECT tries FROM notify_mail') !== '1'; i++) await new Promise((go) => setTimeout(go, 100));
	set(0);
	sink.answer = '';
	const wait = Number(ask(`SELECT max(next_at) FROM notify_mail`)) - (now + right);
	ok(wait < 2 * HOUR, `it waits ${wait} seconds, not days`);
	set(HOUR + 300);
	is((await sink.next(3)).to.join(), 'ana@example.org', 'sent');
	set(0);
});

await test('a clock that goes over midnight and back counts no day twice, and deletes nothing sooner', async () => {
	const looks = async (n, what) => {
		for (let i = 0; i < 50 && ask('SELECT looks FROM space_end') !== String(n); i++) await new Promise((go) => setTimeout(go, 100));
		await new Promise((go) => setTimeout(go, 1500));
		is(ask('SELECT looks FROM space_end WHERE begun_at IS NULL'), String(n), what);
	};
	await new Promise((go) => setTimeout(go, 2500)); // it has seen that it is today
	const other = ask(`SELECT min(id) FROM space WHERE slug <> 'civic-space'`);
	ask(`UPDATE space SET state = 2, closed_at = ${now - 9 * 366 * DAY}, keep_years = 1 WHERE id = ${other};
		INSERT INTO space_end (space, due_at, warned_at, looks, looked_on, account, people, countries, contributions, replies, statements, votes, answered, unused)
		VALUES (${other}, ${today - 9 * DAY}, ${today - 40 * DAY + 3600}, 5, ${today / DAY - 1}, 0, 0, 0, 0, 0, 0, 0, 0, 0)`);
	set(HOUR);
	await looks(6, 'the day that comes too soon');
	set(0);
	await looks(6, 'the day that was counted');
	set(HOUR);
	await looks(6, 'the same day again');
	set(0);
	ask(`DELETE FROM space_end WHERE begun_at IS NULL; UPDATE space SET keep_years = 0 WHERE id = ${other}`);
});

await test('whoever came in meanwhile goes on, and what was acknowledged is there', async () => {
	const again = await signIn(server, 'editor');
	await again.get(`/desk/civic-space/asks/${address}`);
	set(HOUR);
	const ahead = await again.send('name="method"', { method: 'Written an hour ahead.' });
	is(ahead.status, 403, 'an hour without a request, as it seems, ends a sign-in');
	ok(ask(`SELECT body FROM ask_method WHERE ask = ${id} AND lang = 'en'`) !== 'Written an hour ahead.', 'nothing is half done');
	const future = await signIn(server, 'editor');
	await future.get(`/desk/civic-space/asks/${address}`);
	set(0);
	is((await future.send('name="method"', { method: 'Written when it was set right.' })).status, 422, 'a form from the future');
	has(future.page, 'Written when it was set right.</textarea>', 'keeps what was typed');
	is((await future.send('name="method"')).status, 200, 'once more');
	is(ask(`SELECT body FROM ask_method WHERE ask = ${id} AND lang = 'en'`), 'Written when it was set right.', 'kept');
	await person.get('/c/civic-space/vote');
	is((await person.send('action="/c/civic-space/vote"', { v: '1' })).status, 200, 'a vote');
});

is(await server.stop(), 0, 'exit status');
await sink.close();
fs.rmSync(dir, { recursive: true, force: true });
done();
