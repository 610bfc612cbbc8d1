// I know which pages there are to look at: one for each route that a visitor can reach by links
// from the front page of the sample house, and those that no link leads to.
import { execFileSync } from 'node:child_process';

const HIDDEN = ['/no/such/page'];
const NOT_FOR_A_LOOK = /^\/(static|leave|feed|export)\b|\.(csv|json|xlsx|xml|atom|svg|txt)$/;
const MOST = 400; // pages asked for while looking

function routes(binary) {
	return execFileSync(binary, ['routes'], { encoding: 'utf8' }).split('\n')
		.map((line) => /^GET\s+.*?\s(\/\S*)/.exec(line)?.[1]).filter(Boolean)
		.map((route) => ({ route, fits: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`) }));
}

const plain = (path) => path.replace(/^\/(ar|zh|en|fr|ru|es)(?=\/|$)/, '') || '/';

// find(server, binary): [{ route, path }], the first path found for each route.
export async function find(server, binary) {
	const known = routes(binary);
	const seen = new Set(['/', ...HIDDEN]);
	const found = new Map();
	const queue = [...seen];
	for (let asked = 0; queue.length && asked < MOST; asked++) {
		const path = queue.shift();
		const answer = await fetch(server.origin + path, { headers: { 'accept-language': 'en' } });
		const text = await answer.text();
		if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
		const route = known.find(({ fits }) => fits.test(path))?.route ?? path;
		if (!found.has(route)) found.set(route, path);
		for (const [, href] of text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
			const to = new URL(href.replace(/&amp;/g, '&'), server.origin + path);
			const next = plain(to.pathname);
			if (to.origin !== server.origin || seen.has(next) || NOT_FOR_A_LOOK.test(next)) continue;
			seen.add(next);
			queue.push(next);
		}
	}
	return [...found].map(([route, path]) => ({ route, path }));
}
