// I take pictures of pages for people to look at: wide, at 320 px, in Arabic, dark.
//   node tests/browser/shot.mjs [--bin BINARY | --at ORIGIN] [--mode MODE] [--lang LANG]
//        [--signin NAME:PASSWORD] PATH...
// The pictures go to tests/out/, one for each path and mode.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { browser, MODES, open } from './lib.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values: want, positionals: paths } = parseArgs({
	allowPositionals: true,
	options: { bin: { type: 'string' }, at: { type: 'string' }, mode: { type: 'string' }, lang: { type: 'string' },
		signin: { type: 'string' } },
});
if (!paths.length) {
	console.error('usage: tool/shots [--bin BINARY | --at ORIGIN] [--mode wide|320|ar|dark] [--lang LANG] PATH...');
	process.exit(2);
}
process.env.BARAZA_BIN = path.resolve(want.bin ?? path.join(root, 'build/src/baraza'));
const { serve } = await import('../web/lib.mjs');
const server = want.at ? { origin: want.at, stop: () => 0 } : await serve();
const out = path.join(root, 'tests/out');
fs.mkdirSync(out, { recursive: true });

const b = await browser();
for (const [name, mode] of Object.entries(MODES)) {
	if (want.mode && want.mode !== name) continue;
	const context = await open(b, mode, { lang: mode.lang ?? want.lang });
	const page = await context.newPage();
	page.on('console', (m) => console.error(`${name}: ${m.text()}`));
	if (want.signin) {
		const [who, password] = want.signin.split(':');
		await page.goto(`${server.origin}/sign-in`);
		await page.fill('input[name=name]', who);
		await page.fill('input[name=password]', password);
		await Promise.all([page.waitForNavigation(), page.click('main form [type=submit], main form button')]);
	}
	for (const at of paths) {
		const answer = await page.goto(server.origin + at);
		const file = path.join(out, `${at.replace(/^\//, '').replace(/[^\w.-]+/g, '_') || 'home'}.${name}.png`);
		await page.screenshot({ path: file, fullPage: true });
		console.log(answer.status(), at, path.relative(process.cwd(), file));
	}
	await context.close();
}
await b.close();
await server.stop();
