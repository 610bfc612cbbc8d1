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
const BUDGET = { text: 15 * 1024, map: 30 * 1024, personal: 60 * 1024, personalMap: 90 * 1024, requests: 3 };

// What axe objects to, a line each. It neither lists what it found in order nor fetches styles and sounds once more for
// rules that we do not ask for: the same objections in half the time.
async function objections(page, only) {
	const found = await page.evaluate((runOnly) =>
		window.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }), only);
	return found.violations.flatMap((v) => v.nodes.map((n) =>
		`${v.id}: ${n.target} ${(n.failureSummary ?? '').split('\n')[1] ?? ''}`)).join('\n');
}

// The visitor's cookies in a browser that had others; tells the page's address.
async function stand(context, what) {
	const { origin } = what.visitor.server;
	await what.again?.();
	await context.clearCookies();
	await context.addCookies([...what.visitor.jar].map(([name, value]) => ({ name, value, url: origin })));
	return origin + what.path;
}

// In one window after the other, since a new one costs more than what is looked for in it.
async function accessible(window, what, lang) {
	const url = await stand(window.context(), what);
	await window.setViewportSize(MODES.wide.viewport);
	await window.goto(url);
	is(new URL(window.url()).pathname, new URL(url).pathname, 'the page itself');
	await window.evaluate(axe);
	is(await objections(window, RULES), '', 'light');
	if (DARK.includes(lang)) {
		await window.emulateMedia({ colorScheme: 'dark' });
		is(await objections(window, { type: 'rule', values: ['color-contrast'] }), '', 'dark');
		await window.emulateMedia({ colorScheme: 'light' });
	}
	await window.setViewportSize(MODES[320].viewport);
	const wide = await window.evaluate(() => (document.documentElement.scrollWidth <= innerWidth ? []
		: [...document.querySelectorAll('body *')].filter((e) =>
			e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll,svg'))
			.map((e) => e.outerHTML.slice(0, 90))));
	is(wide.slice(0, 3).join('\n'), '', 'wider than 320 px');
}

// In a browser that keeps nothing yet, so that every byte counts.
async function whole(b, what, lang) {
	const context = await open(b, MODES[320], { lang });
	const url = await stand(context, what);
	const page = await context.newPage();
	const { origin } = what.visitor.server;
	const said = [];
	const asked = [];
	page.on('console', (m) => said.push(m.text()));
	page.on('pageerror', (e) => said.push(String(e)));
	page.on('requestfinished', (r) => asked.push(r));
	try {
		const answer = await page.goto(url);
		const html = await answer.text();
		const gone = [404, 410].includes(answer.status()) ? String(answer.status()) : null;
		is(said.filter((s) => !(gone && s.includes(gone))).join('\n'), '', 'console');
		is(/<script|<style|\son[a-z]+=|\sstyle=/.exec(html)?.[0], undefined, 'inline script or style');
		is((html.match(/<h1[ >]/g) ?? []).length, 1, 'headings of the first order');
		ok((await page.locator('main').innerText()).trim().length > 20, 'main says something');
		const others = asked.map((r) => r.url()).filter((u) => !u.startsWith(origin));
		is(others.join(' '), '', 'requests to others');
		ok(asked.length <= BUDGET.requests, `${asked.length} requests`);
		let bytes = 0;
		for (const r of asked) bytes += (await r.sizes()).responseBodySize;
		const isKept = answer.headers().etag;
		const isMap = html.includes('class="chart');
		const most = !isKept ? (isMap ? BUDGET.personalMap : BUDGET.personal) : isMap ? BUDGET.map : BUDGET.text;
		ok(bytes <= most, `${bytes} bytes are at most ${most}`);
	} finally {
		await context.close();
	}
}

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const b = await browser();
const { pages, missing, broken, end } = await find(server);

// By two workers, each with its tool; the lines come in order all the same.
async function each(list, name, tools, run) {
	const underWay = new Map();
	let next = 0;
	const begin = (tool) => {
		if (next >= list.length) return;
		const i = next++;
		underWay.set(i, run(tool, list[i]).then(() => null, (e) => e).finally(() => begin(tool)));
	};
	tools.forEach(begin);
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
for (const lang of LANGS) {
	const contexts = await Promise.all([0, 1].map(() => open(b, MODES.wide, { script: true, lang })));
	const windows = await Promise.all(contexts.map((c) => c.newPage()));
	await each(pages, `is accessible in ${lang}`, windows, (window, what) => accessible(window, what, lang));
	await Promise.all(contexts.map((c) => c.close()));
}
for (const lang of ['en', 'ar'])
	await each(pages, `is whole without script in ${lang}`, [b, b], (tool, what) => whole(tool, what, lang));
await b.close();
await end();
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
