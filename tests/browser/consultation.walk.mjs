// One consultation from an empty house to its results, by clicks and keys, without script: somebody
// opens the house, an organiser sets it up, a person takes part in Arabic on a small phone and comes
// back with the secret code, a moderator lets the words through, and everyone sees the results.
import { Visitor, serve } from '../web/lib.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';
import { MODES, browser, open } from './lib.mjs';

const PASSWORD = 'a bench under a tree';
const WORDS = 'نريد أن نعرف ما حدث لكلماتنا.';
const STATEMENTS = ['Every meeting should be announced a month ahead.', 'Notes of every meeting should be public.',
	'People should be paid for their journey.', 'The hall should be open in the evening.',
	'Children should have a day of their own.', 'Letters should get an answer within a week.'];
const day = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);

const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const b = await browser();

// A person with a browser of their own. No step may cause a refusal or need a script.
async function person(mode, lang = 'en') {
	const context = await open(b, mode, { lang });
	const page = await context.newPage();
	page.setDefaultTimeout(15000);
	const faults = [];
	page.on('response', (r) => { if (r.status() >= 400) faults.push(`${r.status()} ${r.url()}`); });
	return { page, faults, to: (path) => page.goto(server.origin + path), end: () => context.close() };
}
const press = (page, what) => Promise.all([page.waitForNavigation(), page.click(what)]);
const fill = async (page, values) => {
	for (const [name, value] of Object.entries(values)) await page.fill(`[name="${name}"]`, value);
};
const text = (page) => page.locator('main').innerText();

const boss = await person(MODES.wide);
await test('whoever started the server opens the house', async () => {
	const [, code] = /([0-9A-Z]{4}(?: [0-9A-Z]{4}){4})/.exec(server.log);
	await boss.to('/setup');
	await fill(boss.page, { code, name: 'keeper', password: PASSWORD, again: PASSWORD });
	await press(boss.page, 'main form button');
	await boss.to('/desk');
});

await test('an organiser sets a consultation up', async () => {
	const { page } = boss;
	await page.click('a[href$="/desk/new"]');
	await fill(page, { title: 'Town square' });
	await press(page, 'main form button:not([name])');
	await fill(page, { purpose: 'How should we meet?', run_by: 'The office', decider: 'The council', feeds: 'The rules of the hall', due: day(60) });
	await press(page, 'button[name=do][value=add]');
	await fill(page, { n0: 'Say it', f0: day(0), t0: day(20) });
	for (const act of ['write', 'reply', 'vote', 'propose']) await page.click(`label[for=a0-${act}]`);
	await press(page, '.btns button[name=do][value=save]');
	has(await text(page), 'Short notice', 'it opens at once, and everybody will read why');
	await fill(page, { reason: 'The roof leaks now.' });
	await press(page, '.btns button[name=do][value=save]');
	has(await text(page), 'Nothing is missing');
	await boss.to('/desk/town-square/questions');
	await fill(page, { title: 'What should change?' });
	await press(page, 'main form:has([name=title]) button');
	for (const body of STATEMENTS) {
		await boss.to('/desk/town-square/statements');
		await fill(page, { body });
		await press(page, 'main form:has(textarea[name=body]) button');
	}
	await boss.to('/desk/town-square');
	await press(page, 'a[href$="/announce"]');
	await press(page, 'main form button');
	is(boss.faults.join('\n'), '', 'refusals');
});

const reader = await person(MODES[320], 'ar');
let code;
await test('a person takes part in Arabic, at 320 pixels', async () => {
	const { page } = reader;
	await reader.to('/');
	is(await page.getAttribute('html', 'dir'), 'rtl', 'direction');
	await press(page, 'a[href$="/c/town-square"]');
	await press(page, 'a[href$="/c/town-square/q/1"]');
	await press(page, 'a[href$="/q/1/write"]');
	await fill(page, { body: WORDS });
	await press(page, 'main form:has([name=body]) button');
	has(await text(page), WORDS, 'on the page of what is mine');
	code = (await page.locator('.code').first().innerText()).trim();
	ok(code.replace(/[^0-9A-Z]/gi, '').length >= 20, 'a secret code');
	ok((await page.locator('body').boundingBox()).width <= 320, 'no wider than the phone');
});

await test('and votes, one press each', async () => {
	const { page } = reader;
	await reader.to('/c/town-square/vote');
	for (let i = 0; i < STATEMENTS.length; i++) await press(page, 'button[name=v][value="1"]');
	is(await page.locator('button[name=v]').count(), 0, 'nothing is left to vote on');
	is(reader.faults.join('\n'), '', 'refusals');
});

await test('on another browser the secret code opens it again', async () => {
	const other = await person(MODES[320], 'ar');
	await other.to('/me');
	await fill(other.page, { code });
	await press(other.page, 'main form:has([name=code]) button');
	has(await text(other.page), WORDS);
	await other.end();
});

await test('nobody else sees the words before a moderator does', async () => {
	ok(!(await new Visitor(server).get('/c/town-square/q/1')).whole.includes(WORDS), 'waits');
});

await test('a moderator is invited, and lets them through', async () => {
	await boss.to('/site/people');
	await boss.page.click('label[for=r-moderator]');
	await press(boss.page, 'form[action$="/site/people/invite"] button');
	const link = /\/invite\/[^"<\s]+/.exec(await boss.page.content())[0];
	const moderator = await person(MODES.wide);
	const { page } = moderator;
	await moderator.to(link);
	await fill(page, { name: 'moira', password: PASSWORD, again: PASSWORD });
	await press(page, 'main form button');
	await moderator.to('/desk');
	await press(page, 'main a[href$="/desk/town-square"]');
	await press(page, 'nav a[href$="/desk/town-square/queue"]');
	has(await text(page), WORDS);
	await press(page, 'button[name=d][value=ok]');
	is(moderator.faults.join('\n'), '', 'refusals');
	await moderator.end();
	has((await new Visitor(server).get('/c/town-square/q/1')).whole, WORDS, 'public now');
});

await test('others vote, and the results show groups and figures', async () => {
	for (let i = 0; i < 13; i++) {
		const v = new Visitor(server, { lang: 'en' });
		for (let k = 0; k < STATEMENTS.length; k++) {
			await v.get('/c/town-square/vote');
			const mine = STATEMENTS.findIndex((s) => v.page.includes(s));
			await v.send('name="s"', { v: mine === 1 ? '1' : (i < 7) === (mine < 3) ? '1' : '-1' });
		}
	}
	const everyone = await person(MODES.wide);
	for (let tries = 0; ; tries++) {
		await everyone.to('/c/town-square/results');
		const said = await text(everyone.page);
		if (/2 opinion groups/.test(said)) {
			has(said, `${14 * STATEMENTS.length}`, 'votes');
			has(said, 'Notes of every meeting should be public.', 'common ground');
			break;
		}
		if (tries > 100) throw new Error(`no groups:\n${said.slice(0, 800)}`);
		await new Promise((r) => setTimeout(r, 200));
	}
	await everyone.end();
});

await b.close();
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
