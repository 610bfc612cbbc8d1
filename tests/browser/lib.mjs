// I know Chromium: one for all pages, in the ways people look at them.
import { chromium } from 'playwright-core';

export const MODES = {
	wide: { viewport: { width: 1280, height: 900 } },
	320: { viewport: { width: 320, height: 640 } },
	ar: { viewport: { width: 360, height: 740 }, lang: 'ar' },
	dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
};

export function browser() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
}

// open(b, mode, more): a context in one of the MODES. Pages are plain HTML, so script is off
// unless a test needs it to look inside.
export async function open(b, mode, { script = false, lang = mode.lang ?? 'en' } = {}) {
	const { lang: _, ...view } = mode;
	return b.newContext({ ...view, javaScriptEnabled: script, bypassCSP: script, locale: lang,
		reducedMotion: 'reduce',
		extraHTTPHeaders: { 'accept-language': lang } });
}
