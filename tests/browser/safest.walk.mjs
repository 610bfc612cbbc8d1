// A report from its first question to the answer in Firefox as Tor Browser sets it at "Safest", in English and in Arabic: no script,
// no SVG. The case worker signs in with a second step and replies without script, too.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, serve } from '../web/lib.mjs';
import { digits } from '../web/protect.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';
import { binary, fox } from './fox.mjs';

if (!binary) {
	console.log('1..0 # SKIP there is no Firefox');
	process.exit(0);
}
const server = await serve({ env: { BARAZA_RATES: 'no' } });
const people = Object.fromEntries([...server.log.matchAll(/^ {2}([\w-]+) +(\w{4}(?:-\w{4}){3}) {2}([A-Z2-7]{32})$/gm)]
	.map(([, name, password, secret]) => [name, { password, secret }]));
const note = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'note-')), 'note.txt');
fs.writeFileSync(note, 'A note about friday');
const STORY = { en: 'They came to the office and asked for me.', ar: 'جاؤوا إلى المكتب وسألوا عني.' };

// One of the two who read, each once: the digits of a half minute are good for one sign-in.
async function reader(name) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password: people[name].password });
	await v.send('action="/sign-in/code"', { digits: digits(people[name].secret) });
	is(v.at, '/account', 'the case worker is in');
	return v;
}

async function walk(lang, who) {
	const page = await fox(lang);
	try {
		await page.to(`${server.origin}/r`);
		await page.press('a[href="/r/sample"]');
		await page.press('a[href="/r/sample/report"]');
		ok(await page.has(`html[dir="${lang === 'ar' ? 'rtl' : 'ltr'}"]`), 'the direction of its language');
		await page.click('input[value="threat"]');
		await page.press('form.q button');
		for (let left = 40; left && (await page.at()).includes('/r/write/'); left--) {
			const name = new URL(await page.at()).pathname.split('/').pop();
			if (name === 'danger') await page.click('input[value="soon"]');
			if (name === 'act') await page.click('input[value="threat"]');
			if (name === 'story') await page.type('textarea', STORY[lang]);
			await page.press(['danger', 'act', 'story'].includes(name) ? 'form.q button' : 'form.q button[name=skip], form.q button');
		}
		has(await page.at(), '/r/file', 'asked to the end');
		await page.attach('input[type=file]', [note]);
		await page.press('form[enctype] button');
		has(await page.text('main'), 'note.txt', 'the file');
		await page.press('a.btn[href="/r/check"]');
		has(await page.text('main'), STORY[lang], 'the answers again');
		await page.press('a.btn[href="/r/code"]');
		const code = (await page.text('p.code')).trim();
		ok(/^[0-9A-Z ]{24}$/.test(code), 'a secret code');
		await page.type('input[name=code]', code);
		await page.press('main form button');
		has(await page.at(), '/r/case', 'sent');
		await page.press('form[action="/r/close"] button');

		const v = await reader(who);
		await v.get('/cases');
		const at = [...v.page.matchAll(/href="(\/cases\/[^"]+)">([^<]+)</g)].find(([, , title]) => title === STORY[lang])[1];
		await v.get(at);
		await v.send('/say"', { text: `We read it in ${lang}.` });

		await page.to(`${server.origin}/r/open`);
		await page.type('input[name=code]', code.toLowerCase());
		await page.press('main form button');
		has(await page.text('main'), `We read it in ${lang}.`, 'the reply');
		await page.type('textarea[name=text]', 'Thank you.');
		await page.press('form[action="/r/case"] button');
		has(await page.text('main'), 'Thank you.', 'an answer to it');
		await page.click('input[name=act]');
		await page.press('form[action="/r/allow"] button');
		has((await v.get(at)).whole, 'You may act on it: Yes since', 'allowed');
		if (process.env.SHOTS) await page.shot(path.join(process.env.SHOTS, `safest-${lang}.png`));
	} finally {
		await page.end();
	}
}

await test('a report at "Safest", in English', () => walk('en', 'reader'));
await test('a report at "Safest", in Arabic', () => walk('ar', 'reader-2'));
await server.stop();
done();
