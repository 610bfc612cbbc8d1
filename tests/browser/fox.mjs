// I know Firefox as Tor Browser sets it at "Safest": no script, no SVG, nothing told about the machine, nothing kept. It is driven
// by WebDriver BiDi, which speaks to the browser and not to the page.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const { ws: WebSocket } = createRequire(import.meta.url)('playwright-core/lib/utilsBundle');

const PREFS = {
	'javascript.enabled': false, 'svg.disabled': true, 'privacy.resistFingerprinting': true, 'browser.privatebrowsing.autostart': true,
	'webgl.disabled': true, 'gfx.downloadable_fonts.enabled': false, 'media.enabled': false, 'network.http.referer.XOriginPolicy': 2,
	'network.cookie.cookieBehavior': 1, 'dom.security.https_only_mode': false, 'browser.shell.checkDefaultBrowser': false,
	'datareporting.policy.dataSubmissionEnabled': false, 'app.update.enabled': false, 'browser.aboutwelcome.enabled': false,
	'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false, 'privacy.spoof_english': 1,
};

export const binary = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((f) => fs.existsSync(f));

// A browser of its own, which asks for ${lang}. Ends with end().
export async function fox(lang) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fox-'));
	const prefs = { ...PREFS, 'intl.accept_languages': lang };
	fs.writeFileSync(path.join(dir, 'user.js'), Object.entries(prefs).map(([k, v]) => `user_pref(${JSON.stringify(k)}, ${JSON.stringify(v)});\n`).join(''));
	const child = spawn(binary, ['--headless', '--no-remote', '--profile', dir, '--remote-debugging-port', '0', 'about:blank'],
		{ env: { ...process.env, HOME: dir, MOZ_CRASHREPORTER_DISABLE: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
	const address = await new Promise((found, lost) => {
		let said = '';
		child.stderr.on('data', (bytes) => {
			said += bytes;
			const line = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
			if (line) found(line[1]);
		});
		child.on('exit', () => lost(new Error(`Firefox ended:\n${said}`)));
		setTimeout(() => lost(new Error(`Firefox does not answer:\n${said}`)), 60000).unref();
	});
	const socket = new WebSocket(`${address}/session`);
	await new Promise((yes, no) => { socket.on('open', yes); socket.on('error', no); });
	const waiting = new Map();
	let last = 0;
	socket.on('message', (bytes) => {
		const m = JSON.parse(bytes);
		const w = waiting.get(m.id);
		waiting.delete(m.id);
		if (w) (m.type === 'error' ? w.no(new Error(`${w.method}: ${m.message}`)) : w.yes(m.result));
	});
	const ask = (method, params = {}) => new Promise((yes, no) => {
		waiting.set(++last, { yes, no, method });
		socket.send(JSON.stringify({ id: last, method, params }));
	});
	await ask('session.new', { capabilities: {} });
	const { contexts } = await ask('browsingContext.getTree');
	const context = contexts[0].context;
	await ask('browsingContext.setViewport', { context, viewport: { width: 1000, height: 5000 } }); // all of a page, so that nothing must be scrolled to

	const find = async (css) => (await ask('browsingContext.locateNodes', { context, locator: { type: 'css', value: css }, serializationOptions: { maxDomDepth: 14 } })).nodes;
	const text = (node) => (node?.value?.nodeType === 3 ? node.value.nodeValue : (node?.value?.children ?? []).map(text).join(''));
	const one = async (css) => {
		const [node] = await find(css);
		if (!node) throw new Error(`nothing is ${css} at ${await page.at()}`);
		return node;
	};
	const keys = (value) => [...value].flatMap((c) => [{ type: 'keyDown', value: c === '\n' ? '\uE007' : c }, { type: 'keyUp', value: c === '\n' ? '\uE007' : c }]);
	const settled = async (was) => {
		for (let i = 0; i < 200; i++) {
			if ((await find('main'))[0]?.sharedId !== was) return;
			await new Promise((r) => setTimeout(r, 50));
		}
		throw new Error(`still at ${await page.at()}`);
	};
	const page = {
		to: (url) => ask('browsingContext.navigate', { context, url, wait: 'complete' }),
		at: async () => (await ask('browsingContext.getTree', { root: context })).contexts[0].url,
		text: async (css) => text(await one(css)),
		has: async (css) => (await find(css)).length > 0,
		async click(css) {
			await ask('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions: [
				{ type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: { sharedId: (await one(css)).sharedId } } },
				{ type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }] });
		},
		// A click that leads to another page.
		async press(css) {
			const was = (await one('main')).sharedId;
			await page.click(css);
			await settled(was);
		},
		async type(css, value) {
			await page.click(css);
			await ask('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions: keys(value) }] });
		},
		attach: async (css, files) => ask('input.setFiles', { context, element: { sharedId: (await one(css)).sharedId }, files }),
		async shot(file) {
			fs.writeFileSync(file, Buffer.from((await ask('browsingContext.captureScreenshot', { context, origin: 'document' })).data, 'base64'));
		},
	};
	page.end = async () => {
		const gone = new Promise((r) => child.on('exit', r));
		socket.close();
		child.kill();
		await gone;
		fs.rmSync(dir, { recursive: true, force: true });
	};
	return page;
}
