// What one person said, from the desk to the answer, by clicks and without script: an editor ties it to an
// ask and publishes that, the office that is asked answers, the person sees it on a small phone in Arabic
// and replies, and everyone finds all of it on one page.
import { Visitor, serve } from '../web/lib.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';
import { MODES, browser, open } from './lib.mjs';

const WORDS = 'نريد رداً مكتوباً خلال أسبوعين على كل رسالة.';
const QUOTE = 'رداً مكتوباً خلال أسبوعين';
const day = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const b = await browser();

async function person(mode, lang = 'en') {
	const context = await open(b, mode, { lang });
	const page = await context.newPage();
	page.setDefaultTimeout(15000);
	const faults = [];
	page.on('response', (r) => { if (r.status() >= 400) faults.push(`${r.status()} ${r.url()}`); });
	return { page, faults, to: (path) => page.goto(server.origin + path) };
}
async function staff(name) {
	const one = await person(MODES.wide);
	const [, password] = new RegExp(`^ {2}${name} +(\\S+)$`, 'm').exec(server.log);
	await one.to('/sign-in');
	await fill(one.page, { name, password });
	await press(one.page, 'main form button');
	return one;
}
const press = (page, what) => Promise.all([page.waitForNavigation(), page.click(what)]);
const fill = async (page, values) => {
	for (const [name, value] of Object.entries(values)) await page.fill(`[name="${name}"]`, value);
};
const text = async (page) => (await page.locator('main').innerText()).replace(/[\u2066-\u2069]/g, '');

const writer = await person(MODES[320], 'ar');
await test('somebody says something in Arabic, on a small phone', async () => {
	await writer.to('/c/civic-space/q/2/write');
	await fill(writer.page, { body: WORDS });
	await press(writer.page, 'main form:has([name=body]) button');
	has(await text(writer.page), WORDS);
});

await test('a moderator lets it through', async () => {
	const { page, faults, to } = await staff('moderator');
	await to('/desk/civic-space/queue?order=new');
	const card = page.locator('article, section, li').filter({ hasText: WORDS }).filter({ has: page.locator('button[name=d][value=ok]') }).last();
	await Promise.all([page.waitForNavigation(), card.locator('button[name=d][value=ok]').click()]);
	has((await new Visitor(server).get('/c/civic-space/q/2')).whole, WORDS);
	is(faults.join('\n'), '', 'refusals');
});

let number;
await test('an editor writes an ask, ties the words to it, and publishes it', async () => {
	const { page, faults, to } = await staff('editor');
	await to('/desk');
	await press(page, 'main a[href$="/desk/civic-space"]');
	await press(page, 'nav a[href$="/desk/civic-space/asks"]');
	await fill(page, { title: 'Answer every letter within two weeks' });
	await page.selectOption('[name=q]', '2');
	await press(page, 'main form:has([name=once]) button');
	[, number] = /asks\/([\d.]+)/.exec(page.url());
	has(await text(page), 'Missing:');
	await fill(page, { body: 'In writing, also when the answer is no.' });
	await press(page, 'form:has([name=method]) button');
	await page.selectOption('[name=org]', { label: 'Sample City Council' });
	await fill(page, { due: day(14) });
	await press(page, 'form:has([name=due]) button');
	await press(page, 'main a[href*="/evidence?ask="]');
	await fill(page, { q: 'مكتوباً' });
	await press(page, 'form.filters button');
	has(await text(page), WORDS);
	await page.click('label[for=k0]');
	await page.click('details summary');
	await fill(page, { w0: QUOTE });
	await press(page, 'button[name=do][value=link]');
	has(await text(page), `Linked to ask ${number}: 1.`);
	await to(`/desk/civic-space/asks/${number}`);
	await press(page, 'button[name=do][value=publish]');
	is(faults.join('\n'), '', 'refusals');
});

await test('the office that is asked answers', async () => {
	const { page, faults, to } = await staff('responder');
	await to('/answers');
	await press(page, 'main a:has-text("Answer every letter")');
	await page.click('label[for=s-yes]');
	await page.locator('details', { has: page.locator('[name=b-ar]') }).locator('summary').click();
	await fill(page, { 'b-en': 'We accept. It begins next month.', 'b-ar': 'نقبل. يبدأ ذلك الشهر القادم.' });
	await press(page, 'button[name=do][value=look]');
	await press(page, 'button[name=do][value=publish]');
	is(faults.join('\n'), '', 'refusals');
});

await test('the person sees it and says whether it reflects what they said', async () => {
	const { page, faults, to } = writer;
	await to('/me');
	has(await text(page), 'نقبل. يبدأ ذلك الشهر القادم.');
	await press(page, 'main a[href*="/me/asks/"]');
	await page.click('label[for=v-yes]');
	await press(page, 'main form:has([name=value]) button');
	ok((await page.locator('body').boundingBox()).width <= 320, 'no wider than the phone');
	is(faults.join('\n'), '', 'refusals');
});

await test('everyone finds the words, the ask and the answer, each a step away', async () => {
	const { page, faults, to } = await person(MODES.wide);
	await to(`/c/civic-space/asks/${number}`);
	const all = await text(page);
	for (const words of [QUOTE, 'We accept. It begins next month.', 'Sample City Council', 'Accepted']) has(all, words);
	await press(page, 'main article.ev a[href*="/i/"]');
	has(await text(page), WORDS);
	await press(page, `main a[href$="/asks/${number}"]`);
	has(await text(page), 'Answer every letter within two weeks', 'and back');
	is(faults.join('\n'), '', 'refusals');
});

await b.close();
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
