#!/usr/bin/env node
// Whoever handles reports gets one letter a day at one hour, news or not: the same words, the same size, nothing of a case.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, serve, sql } from './lib.mjs';
import { makeChannel, makeReady, report, signIn } from './protect.mjs';
import { listen } from './smtp.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const DAY = 86400, HOUR = 3600;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-daily-'));
const clock = path.join(dir, 'clock'), late = path.join(dir, 'late.so');
try {
	execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', late, path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../torture/clock.c'), '-ldl']);
} catch (e) {
	console.log(`1..0 # SKIP no compiler: ${e.code}`);
	process.exit(0);
}
const now = Math.floor(Date.now() / 1000);
const today = Math.floor(now / DAY) * DAY;
// So many days from today, at that hour in UTC.
const set = (days, hour) => fs.writeFileSync(clock, `${today + days * DAY + hour * HOUR - now}\n`);
set(0, 5);
const sink = await listen();
const server = await serve({ command: 'serve', env: { LD_PRELOAD: late, CLOCK_FILE: clock, ASAN_OPTIONS: 'verify_asan_link_order=0',
	BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' } });
const secrets = {};
const at = Date.now;
Date.now = () => at() + 1000 * Number(fs.readFileSync(clock, 'utf8')); // the digits of an app go with the house's clock
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await admin.get('/site/settings');
await admin.send('name="base_url"', { base_url: 'https://baraza.example' });
const quiet = async (n, what) => {
	await new Promise((go) => setTimeout(go, 6500)); // a round of the post is five seconds
	is(sink.letters.length, n, what);
};
const links = (text) => [...text.matchAll(/https:\/\/baraza\.example(\/en\/mail\/[^\s/]+)/g)].map((m) => m[1]);

await test('who handles reports asks for it, and says yes by mail; others cannot', async () => {
	const eva = await signIn(server, 'Eva', secrets);
	ok(!eva.page.includes('/account/reminders'), 'no card');
	is((await eva.ask('/account/reminders')).status, 403, 'no page');
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/account');
	has(ben.page, '/account/reminders', 'a card');
	await ben.get('/account/reminders');
	has(ben.page, 'always with the same words', 'what comes');
	await ben.send('action="/account/reminders"', { address: 'ben@example.org' });
	const letter = await sink.next(1);
	const v = new Visitor(server, { lang: 'en' });
	await v.get(links(letter.text)[0]);
	await v.send('name="do" value="yes"', { do: 'yes' });
	await quiet(1, 'nothing before the hour');
});

let first;
await test('at the hour it comes once, though nothing has happened', async () => {
	set(0, 6);
	first = await sink.next(2);
	is(first.to.join(), 'ben@example.org', 'to');
	is(first.head.subject, 'Your daily note', 'subject');
	await quiet(2, 'once');
});

await test('the next day, after two reports, it says the same to the last letter', async () => {
	await report(server, 'west', { what: 'A kingfisher was seen.' });
	await report(server, 'west', { what: 'An otter was seen.' });
	await quiet(2, 'no letter when reports come');
	set(1, 5);
	await quiet(2, 'nor before the hour');
	set(1, 6);
	const second = await sink.next(3);
	is(second.head.subject, first.head.subject, 'subject');
	const same = (text) => text.replace(/^(Date|Message-ID):.*$/gim, (l) => `${l.split(':')[0]}: ${l.length}`);
	is(same(second.raw), same(first.raw), 'words');
	is(second.raw.length, first.raw.length, 'size');
	ok(!/kingfisher|otter|case|report/i.test(second.text.replace(/^\S+:.*$/gm, '')), 'nothing of a case');
	await quiet(3, 'once');
});

await test('a clock that goes back a day sends nothing twice', async () => {
	set(0, 7);
	await quiet(3, 'none');
	set(1, 7);
	await quiet(3, 'nor when it is right again');
});

await test('who handles nothing any more gets none, and whoever wants none stops it', async () => {
	const channel = sql(server, 'SELECT id FROM protect_channel');
	const ben = sql(server, "SELECT id FROM account WHERE name = 'Ben'");
	sql(server, `DELETE FROM protect_holder WHERE channel = ${channel} AND account = ${ben}`);
	set(2, 6);
	await quiet(3, 'none');
	sql(server, `INSERT INTO protect_holder (channel, role, account) VALUES (${channel}, 2, ${ben})`);
	await sink.next(4);
	const v = await signIn(server, 'Ben', secrets);
	await v.get('/account/reminders');
	await v.send('action="/account/reminders/stop"');
	set(3, 6);
	await quiet(4, 'none');
});

await server.stop();
await sink.close();
fs.rmSync(dir, { recursive: true, force: true });
done();
