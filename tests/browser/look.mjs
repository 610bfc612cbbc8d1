// Every page in six languages: axe finds nothing (in the dark: in two of them); nothing scrolls
// sideways at 320 px; without script and under our own content policy it is whole, light and free
// of others. No route is left out, and no link leads nowhere.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { LANGS, serve } from '../web/lib.mjs';
import { done, is, ok, test } from '../web/tap.mjs';
import { MODES, browser, open } from './lib.mjs';
import { find } from './pages.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DARK = ['en', 'ar'];
// Bytes that come over the line. A page made for one person holds a secret, so it is not compressed.
const BUDGET = { text: 15 * 1024, map: 30 * 1024, personal: 60 * 1024, requests: 3 };

// What axe objects to, a line each.
async function objections(page, only) {
	const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), only);
	return found.violations.flatMap((v) => v.nodes.map((n) =>
		`${v.id}: ${n.target} ${(n.failureSummary ?? '').split('\n')[1] ?? ''}`)).join('\n');
}

// The visitor's own browser before the page.
async function stand(b, what, { lang, mode, script }) {
	const { origin } = what.visitor.server;
	const context = await open(b, mode, { script, lang });
	await context.addCookies([...what.visitor.jar].map(([name, value]) => ({ name, value, url: origin })));
	await what.again?.();
	return { context, page: await context.newPage(), url: origin + what.path };
}

async function accessible(b, what, lang) {
	const { context, page, url } = await stand(b, what, { lang, mode: MODES.wide, script: true });
	try {
		await page.goto(url);
		is(new URL(page.url()).pathname, new URL(url).pathname, 'the page itself');
		await page.evaluate(axe);
		is(await objections(page, RULES), '', 'light');
		if (DARK.includes(lang)) {
			await page.emulateMedia({ colorScheme: 'dark' });
			is(await objections(page, { type: 'rule', values: ['color-contrast'] }), '', 'dark');
			await page.emulateMedia({ colorScheme: 'light' });
		}
		await page.setViewportSize(MODES[320].viewport);
		const wide = await page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? []
			: [...document.querySelectorAll('body *')].filter((e) =>
				e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll,svg'))
				.map((e) => e.outerHTML.slice(0, 90))));
		is(wide.slice(0, 3).join('\n'), '', 'wider than 320 px');
	} finally {
		await context.close();
	}
}

async function whole(b, what, lang) {
	const { context, page, url } = await stand(b, what, { lang, mode: MODES[320] });
	const { origin } = what.visitor.server;
	const said = [];
	const asked = [];
	page.on('console', (m) => said.push(m.text()));
	page.on('pageerror', (e) => said.push(String(e)));
	page.on('requestfinished', (r) => asked.push(r));
	try {
		const answer = await page.goto(url);
		const html = await answer.text();
		const is404 = answer.status() === 404;
		is(said.filter((s) => !(is404 && s.includes('404'))).join('\n'), '', 'console');
		is(/<script|<style|\son[a-z]+=|\sstyle=/.exec(html)?.[0], undefined, 'inline script or style');
		is((html.match(/<h1[ >]/g) ?? []).length, 1, 'headings of the first order');
		ok((await page.locator('main').innerText()).trim().length > 20, 'main says something');
		const others = asked.map((r) => r.url()).filter((u) => !u.startsWith(origin));
		is(others.join(' '), '', 'requests to others');
		ok(asked.length <= BUDGET.requests, `${asked.length} requests`);
		let bytes = 0;
		for (const r of asked) bytes += (await r.sizes()).responseBodySize;
		const isKept = answer.headers().etag;
		const most = !isKept ? BUDGET.personal : html.includes('class="chart') ? BUDGET.map : BUDGET.text;
		ok(bytes <= most, `${bytes} bytes are at most ${most}`);
	} finally {
		await context.close();
	}
}

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const b = await browser();
const { pages, missing, broken, end } = await find(server);

// Two at a time; the lines come in order all the same.
async function each(list, name, run) {
	const underWay = new Map();
	let next = 0;
	const begin = () => {
		if (next >= list.length) return;
		const i = next++;
		underWay.set(i, run(list[i]).then(() => null, (e) => e).finally(begin));
	};
	begin();
	begin();
	for (let i = 0; i < list.length; i++) {
		while (!underWay.has(i)) await new Promise((r) => setTimeout(r, 20));
		await test(`${list[i].route} ${name}`, async () => {
			const fault = await underWay.get(i);
			if (fault) throw fault;
		});
	}
}

await test('every page can be found', () => is(missing.join(' '), '', 'routes that nobody has looked at'));
await test('no link leads nowhere', () => is(broken.join('\n'), '', 'broken links'));
for (const lang of LANGS)
	await each(pages, `is accessible in ${lang}`, (what) => accessible(b, what, lang));
for (const lang of ['en', 'ar'])
	await each(pages, `is whole without script in ${lang}`, (what) => whole(b, what, lang));
await b.close();
await end();
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
