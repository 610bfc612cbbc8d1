// I know which pages there are to look at, and who can see them: one for each route that
// somebody reaches by links from the front page of the sample house, and those that need a walk.
import { createHmac } from 'node:crypto';
import { Visitor, baraza, formOf, serve, sql } from '../web/lib.mjs';
import { comeBack, fill, report, signIn as signInWithStep } from '../web/protect.mjs';
import { listen } from '../web/smtp.mjs';
import { counted, endReports, handling, inAgain, naming, paying, reporting, returning, takesReports, writing } from './reports.mjs';

const MOST_OF_A_ROUTE = 6; // pages asked for while looking for links
const NOT_OURS = /^\/(static|leave)\b/;

export function routes(server) {
	return baraza(server, ['routes']).split('\n')
		.map((line) => /^GET\s.* page +(\/\S*)/.exec(line)?.[1]).filter(Boolean)
		.map((route) => ({ route, fits: new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`) }));
}

// The sample's sign-ins, as it prints them: { name: password }.
const signIns = (server) => Object.fromEntries([...server.log.matchAll(/^ {2}(\w+) +(\w{4}(?:-\w{4}){3})$/gm)]
	.map(([, name, password]) => [name, password]));

async function signIn(visitor, name) {
	await visitor.get('/sign-in');
	await visitor.send('action="/sign-in"', { name, password: signIns(visitor.server)[name] });
	return visitor;
}

export const signedIn = (server, name) => signIn(new Visitor(server, { lang: 'en' }), name);

const plain = (path) => path.replace(/^\/(ar|zh|en|fr|ru|es)(-easy)?(?=\/|$)/, '') || '/';

// Follows all links as the visitor, some pages of each route; calls ${see} with each answer.
async function follow(visitor, known, first, see) {
	const seen = new Set(first);
	const times = new Map();
	const queue = [...first];
	while (queue.length) {
		const path = queue.shift();
		const { pathname } = new URL(path, visitor.server.origin);
		const route = known.find(({ fits }) => fits.test(plain(pathname)))?.route ?? pathname.replace(/\d+/g, 'N');
		times.set(route, (times.get(route) ?? 0) + 1);
		if (times.get(route) > MOST_OF_A_ROUTE) continue;
		const answer = await visitor.ask(path);
		see(route, path, answer);
		if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) continue;
		for (const [, href] of answer.whole.matchAll(/<(?:a\b|link rel="alternate")[^>]*?\shref="([^"]*)"/g)) {
			const to = new URL(href.replace(/&amp;/g, '&'), visitor.server.origin + path);
			const next = plain(to.pathname) + to.search;
			if (to.origin !== visitor.server.origin || seen.has(next) || NOT_OURS.test(next)) continue;
			seen.add(next);
			queue.push(next);
		}
	}
}

// The six digits that an app shows now (RFC 6238), from the secret in base32.
function digits(secret) {
	const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac('sha1', key).update(step).digest();
	const at = mac[19] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// The editor takes a second step from now on.
async function withSecondStep(server) {
	const editor = await signedIn(server, 'editor');
	await editor.get('/account/second-step');
	const secret = /[A-Z2-7]{4}(?: ?[A-Z2-7]{4}){7}/.exec(editor.page)[0];
	await editor.send('action="/account/second-step"', { digits: digits(secret) });
	return editor;
}

// A draft that nothing is missing in, and the one who looks after it.
async function draft(server) {
	const admin = await signedIn(server, 'admin');
	await admin.get('/desk/civic-space/copy');
	await admin.send('action="/desk/civic-space/copy"');
	return { admin, at: admin.at.replace(/\/edit$/, '') };
}

// Asks for a link of a draft; the page that follows shows it once.
async function linkMade({ admin, at }, form, fields) {
	await admin.get(`${at}/people`);
	const { action, fields: given } = formOf(admin.page, `action="${at}/${form}"`);
	await admin.ask(action, { method: 'POST', body: new URLSearchParams({ ...given, ...fields }) });
}

// The editor between password and second step; the step is over after some minutes, so it is begun anew.
async function halfWay(server, path) {
	const visitor = await signedIn(server, 'editor');
	return { visitor, path, again: () => signIn(visitor, 'editor') };
}

// Who chose easy words, and a language with them.
async function inEasyWords(visitor, choice, path) {
	await visitor.get(`/${choice}`);
	return { visitor, path };
}

const leadsOn = async () => ({ isPage: false });

// A house that sends mail, and the letter that asks one address for a yes.
const mailed = (pathOf) => async () => {
	const sink = await listen();
	const own = await serve({ env: { BARAZA_SMTP: `smtp://127.0.0.1:${sink.port}`, BARAZA_MAIL_FROM: 'house@example.org' } });
	const admin = await signedIn(own, 'admin');
	await admin.get('/site/settings');
	await admin.send('action="/site/settings"', { base_url: 'https://baraza.example' });
	const visitor = new Visitor(own);
	await visitor.get('/follow/c/civic-space');
	await visitor.send('/follow/c/civic-space', { address: 'ana@example.org', rhythm: 'weekly' });
	const [, token] = /\/mail\/([\w-]+)\n/.exec((await sink.next(1)).text);
	return { visitor: new Visitor(own), path: pathOf(token), end: () => Promise.all([own.stop(), sink.close()]) };
};

// Somebody who took part and made an account; with ${byCode} who came back with the code alone.
async function withAccount(server, byCode) {
	const v = await participant(server);
	await v.get('/me');
	const [, code] = /class="code"[^>]*>([^<]+)</.exec(v.page);
	await v.get('/me/account');
	const words = 'a stone beside the river';
	await v.send('action="/me/account"', { name: `Basalt ${byCode ? 'one' : 'two'}`, password: words, again: words });
	if (!byCode) return v;
	const other = new Visitor(server, { lang: 'en' });
	await other.get('/me');
	await other.send('action="/me/open"', { code });
	return other;
}

// Somebody who fills in a form with rows, as far as its answers.
const filling = (where) => async (server) => {
	const visitor = await signedIn(server, 'organiser');
	await visitor.get('/records/meeting/new');
	await visitor.send('/records/meeting/new');
	const at = visitor.at.split('/').slice(0, 3).join('/');
	await visitor.send('q-subject', { 'q-subject': 'Halls without steps', 'q-held': '2026-01-20', 'q-way': 'room', 'q-country': 'KE' });
	await visitor.send('q-name', { 'q-name': 'City council', 'q-kind': 'state', 'q-people': '3' });
	return { visitor, path: at + where };
};

// A file on its way into a register: its columns are to be named.
const bringing = async (server) => {
	const visitor = await signedIn(server, 'organiser');
	await visitor.get('/records/recommendation/import');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	body.set('file', new Blob(['To,Text,From,Response,Issue,Session\nFreedonia,Hold open hearings,Kenya,Accepted,Justice,5\n']), 'upr.csv');
	await visitor.get('/records/recommendation/import', { method: 'POST', body });
	return { visitor, path: visitor.at };
};

// A file of values, looked through.
const valuing = async (server) => {
	const visitor = await signedIn(server, 'organiser');
	const uid = sql(server, "SELECT uid FROM record WHERE name = 'indicator_source' ORDER BY id LIMIT 1");
	await visitor.get(`/indicators/${uid}/bring`);
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	body.set('file', new Blob(['country,year,value\nKenya,2020,61.5\nFreedonia,2020,1\n']), 'values.csv');
	await visitor.get(`/indicators/${uid}/bring`, { method: 'POST', body });
	return { visitor, path: visitor.at };
};

// What came of a step that was taken with several records, one ending of each kind.
const stepped = async (server) => {
	const visitor = await signedIn(server, 'moderator');
	const ids = sql(server, `SELECT id FROM record WHERE name = 'barrier' ORDER BY id LIMIT 4`).split('\n');
	const ends = ids.map((id, i) => `${'maln'[i]}${id}.`).join('');
	return { visitor, path: `/records/barrier/moves?move=show&ends=${ends}` };
};

// A new version of a form, waiting for a second administrator.
const offering = (where) => async (server) => {
	const visitor = await signedIn(server, 'admin');
	const { whole } = await visitor.ask('/site/forms/meeting/text');
	await visitor.get('/site/next');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(visitor.page)[1]);
	body.set('file', new Blob([whole.replace('| Meeting    | 1 ', '| Meeting    | 2 ').replace('What was it about?', 'What did you talk about?')]), 'meeting.form.md');
	await visitor.get('/site/next', { method: 'POST', body });
	return { visitor, path: visitor.at + where };
};

// Pages that no link leads to, or only after something was done: route => how somebody comes to
// stand before it: { visitor, path, again }, where ${again} makes a page anew that is shown once.
// A house of its own in which the consultation was deleted.
let goneHouse;
const deleted = (path) => async () => {
	goneHouse ??= (async () => {
		const own = await serve();
		const admin = await signedIn(own, 'admin');
		await admin.get('/desk/civic-space/delete');
		await admin.send('name="name"', { name: 'civic-space' });
		return own;
	})();
	const own = await goneHouse;
	return { visitor: new Visitor(own), path, ...(path === '/c/civic-space' && { end: () => own.stop() }) };
};

const WALKS = {
	'/c/:slug that was deleted': deleted('/c/civic-space'),
	'/i/:id that was deleted': deleted('/i/30'),
	'/c/:slug/asks/:n of one that was deleted': deleted('/c/civic-space/asks/1.1'),
	'/me of an account': async (server) => ({ visitor: await withAccount(server, false), path: '/me' }),
	'/me/account of its owner': async (server) => ({ visitor: await withAccount(server, false), path: '/me/account' }),
	'/me/account of its code': async (server) => ({ visitor: await withAccount(server, true), path: '/me/account' }),
	'/leave': leadsOn,
	...Object.fromEntries(['', 'forms', 'forms/:form', 'records/:form', 'records/:form/counts', 'records/:form/:uid', 'countries', 'consultations']
		.map((name) => [`/api/v1/${name}`, leadsOn])), // JSON; tests/web/api.t.mjs reads it
	'/file/:uid/:field/:row': leadsOn, // bytes; tests/web/recordsfiles.t.mjs gets them
	'/cases/:id/file/:file': leadsOn, // bytes; tests/web/files.t.mjs gets them
	'/account/devices/new': async (server) => {
		const visitor = await signedIn(server, 'organiser');
		await visitor.get('/account/devices');
		await visitor.send('action="/account/devices"', { name: 'Sample tablet' });
		return { visitor, path: '/account/devices/new' };
	},
	'/import/:uid': bringing,
	'/import/:uid/refused': leadsOn, // bytes; tests/web/recordsimport.t.mjs gets them
	'/indicators/sheet/:uid': valuing,
	'/records/:form/moves': stepped,
	'/site/next/:uid': offering(''),
	'/site/next/:uid/:page': offering('/side'),
	'/r': reporting('/r'),
	'/r/open': reporting('/r/open'),
	'/r/:channel': reporting('/r/west'),
	'/r/:channel/report': reporting('/r/west/report'),
	'/r/code': async () => {
		const { own } = await takesReports();
		return { visitor: await fill(own, 'west', { what: 'They came at night.' }), path: '/r/code' };
	},
	'/r/check': writing('/r/check'),
	'/r/to': writing('/r/to'),
	'/r/file': writing('/r/file'),
	'/r/plan': reporting('/r/plan'),
	'/r/risk': returning('/r/risk'),
	'/r/back': returning('/r/back'),
	'/r/write/:page of several choices': writing('/r/write/act'),
	'/r/write/:page of words': writing('/r/write/story'),
	'/r/write/:page': writing('/r/write/danger'),
	'/r/case': async () => {
		const { own, code } = await takesReports();
		const visitor = await comeBack(own, code);
		return { visitor, path: '/r/case', again: async () => {
			await visitor.get('/r/open');
			await visitor.send('action="/r/open"', { code });
		} };
	},
	'/cases': handling(() => '/cases'),
	'/cases/:id/end': handling(({ closed }) => `${closed}/end`),
	'/cases/log': async () => {
		const house = await takesReports();
		const oz = await signInWithStep(house.own, 'Oz', house.secrets);
		return { visitor: oz, path: '/cases/log', again: inAgain(house, 'Oz') };
	},
	'/site/mechanisms': async () => {
		const { admin } = await takesReports();
		return { visitor: admin, path: '/site/mechanisms' };
	},
	'/cases/figures': handling(() => '/cases/figures'),
	'/cases/figures/:year': counted((year) => `/cases/figures/${year}`, 'Ben'),
	'/cases/figures/:year/file': leadsOn, // bytes; tests/web/figures.t.mjs gets them
	'/r/figures/:year': counted((year) => `/r/figures/${year}`),
	'/r/figures/:year/file': leadsOn, // bytes; tests/web/figures.t.mjs gets them
	'/cases/hand': handling(() => '/cases/hand'),
	'/cases/:id': handling(({ at }) => at),
	...Object.fromEntries(['risk', 'plan', 'checkin', 'support', 'referral', 'remedy'].map((tool) => [`/cases/:id/${tool}`, handling(({ at }) => `${at}/${tool}`)])),
	'/r/pay': returning('/r/pay'),
	'/fund': paying(() => '/fund'),
	'/fund/totals': paying(() => '/fund/totals'),
	'/fund/:id': paying(({ pay }) => pay),
	'/r/promises': reporting('/r/promises'),
	'/cases/:id/referral/:entry': leadsOn, // no page of the house: goes to another body; tests/web/support.t.mjs reads it
	'/r/case of a report taken back': async () => {
		const { own } = await takesReports();
		const { v: visitor, code } = await report(own, 'west', { what: 'I thought again.' });
		await visitor.get('/r/back');
		await visitor.send('action="/r/back"', { code });
		return { visitor, path: '/r/case', again: async () => {
			await visitor.get('/r/open');
			await visitor.send('action="/r/open"', { code });
		} };
	},
	'/cases/:id/cover/:text': handling(({ cover }) => `${cover}?q=story`),
	'/cases/:id/first/:text': handling(({ first }) => first),
	'/cases/:id/links': handling(({ at }) => `${at}/links`),
	'/cases/:id/name': handling(({ at }) => `${at}/name`),
	'/cases/:id/people': handling(({ at }) => `${at}/people`),
	'/names/:id': async () => {
		const house = await takesReports();
		const dee = await signInWithStep(house.own, 'Dee', house.secrets);
		return { visitor: dee, path: house.at.replace('/cases/', '/names/'), again: inAgain(house, 'Dee') };
	},
	'/names/:id/cover/:text': naming(({ cover }) => `${cover}?q=name`),
	'/names/:id/first/:text': naming(({ first }) => first),
	'/site/channels/:id': async () => {
		const { admin, channel } = await takesReports();
		return { visitor: admin, path: channel };
	},
	'/draft/:uid': filling(''),
	'/draft/:uid/:page': filling('/side'),
	'/draft/:uid/:page/:row': filling('/side/2'),
	'/follow/:kind/:what': mailed(() => '/follow/c/civic-space'),
	'/follow/sent': mailed(() => '/follow/sent'),
	'/account/reminders': async (server) => ({ visitor: await signedIn(server, 'responder'), path: '/account/reminders' }),
	'/mail/:token': mailed((token) => `/mail/${token}`),
	'/mail/:token/stop': mailed((token) => `/mail/${token}/stop`),
	'/mail/gone': mailed(() => '/mail/gone'),
	'/desk/:slug/evidence/:n': async (server) =>
		({ visitor: await signedIn(server, 'organiser'), path: '/desk/civic-space/evidence/1.1' }),
	'/no/such/page': async (server) => ({ visitor: new Visitor(server), path: '/no/such/page' }),
	'/setup': async () => {
		const empty = await serve({ command: 'serve' });
		return { visitor: new Visitor(empty), path: '/setup', end: () => empty.stop() };
	},
	'/invite/:token': async (server) => {
		const admin = await signedIn(server, 'admin');
		await admin.get('/site/people');
		await admin.send('action="/site/people/invite"', { role: 'moderator' });
		return { visitor: new Visitor(server), path: /\/invite\/[^"<\s]+/.exec(admin.page)[0] };
	},
	'/site/people/link': async (server) => {
		const admin = await signedIn(server, 'admin');
		const again = async () => {
			await admin.get('/site/people');
			const { action, fields } = formOf(admin.page, 'action="/site/people/invite"');
			await admin.ask(action, { method: 'POST', body: new URLSearchParams({ ...fields, role: 'editor' }) });
		};
		return { visitor: admin, path: '/site/people/link', again };
	},
	'/c/:slug/q/:n in easy words': (server) => inEasyWords(new Visitor(server), 'ar-easy', '/c/civic-space/q/1'),
	'/i/:id not in easy words': (server) => inEasyWords(new Visitor(server), 'en-easy', '/i/30'),
	'/desk/:slug/words/:lang for easy words': async (server) =>
		({ visitor: await signedIn(server, 'organiser'), path: '/desk/civic-space/words/fr-easy' }),
	'/desk/:slug/words': leadsOn,
	'/desk/:slug/words/:lang': async (server) => {
		const { admin, at } = await draft(server);
		return { visitor: admin, path: `${at}/words/fr` };
	},
	'/k/:slug/:key': leadsOn,
	'/clause/:id': leadsOn,
	'/c/:slug/unused': async (server) => {
		sql(server, 'UPDATE item SET theme = NULL WHERE kind = 2 AND id % 3 = 0');
		return { visitor: new Visitor(server), path: '/c/civic-space/unused' };
	},
	'/desk/:slug/announce': async (server) => {
		const { admin, at } = await draft(server);
		return { visitor: admin, path: `${at}/announce` };
	},
	'/desk/:slug/links': async (server) => {
		const made = await draft(server);
		return { visitor: made.admin, path: `${made.at}/links`, again: () => linkMade(made, 'invite', { role: 'editor' }) };
	},
	'/m/:token': async (server) => {
		const made = await draft(server);
		await made.admin.get(`${made.at}/edit`);
		await made.admin.send(`action="${made.at}/edit"`, { do: 'save', door: 'members' });
		await linkMade(made, 'members', { n: '1' });
		await made.admin.get(`${made.at}/links`);
		return { visitor: new Visitor(server), path: /\/m\/[\w-]+/.exec(made.admin.page)[0] };
	},
	'/account/recovery': async (server) => ({ visitor: await withSecondStep(server), path: '/account/recovery' }),
	'/sign-in/code': (server) => halfWay(server, '/sign-in/code'),
	'/sign-in/recovery': (server) => halfWay(server, '/sign-in/recovery'),
};

// Somebody who has written and voted, and came back.
async function participant(server) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/c/civic-space/vote');
	await v.send('action="/c/civic-space/vote"', { v: '1' });
	await v.get('/c/civic-space/q/1/write');
	await v.send('name="once"', { body: 'What I think.' });
	return v;
}

// Words of ${cited} become evidence of an ask, and ${cited} says that it leaves something out.
async function replyToAsk(server, cited) {
	const ask = sql(server, 'SELECT item FROM ask WHERE section = 1 AND number = 1');
	sql(server, `UPDATE item SET status = 1, published_at = changed_at WHERE id = (SELECT max(id) FROM item WHERE kind = 2 AND status = 0);
		INSERT INTO edge (from_item, to_item, relation, quote, at) SELECT ${ask}, max(id), 2, '', 1 FROM item WHERE kind = 2 AND status = 1`);
	await cited.get(`/me/asks/${ask}`);
	await cited.send('name="value"', { value: 'no', body: 'It leaves out the deadline.' });
}

// The sample's offices are of no country; here they are of one, so that what a country is asked has a feed.
const settle = (server) => sql(server, "UPDATE org SET country = 'KE'");

// find(server): { pages: [{ route, path, visitor, again }], missing: [route], broken: ["path: status"],
// end }: the first page found for each route that is HTML.
export async function find(server) {
	const known = routes(server);
	settle(server);
	const writer = await participant(server);
	await replyToAsk(server, writer);
	const found = new Map();
	const broken = new Set();
	const visitors = [new Visitor(server, { lang: 'en' }), writer];
	for (const name of Object.keys(signIns(server))) visitors.push(await signedIn(server, name));
	for (const visitor of visitors)
		await follow(visitor, known, ['/'], (route, path, answer) => {
			const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
				&& !answer.headers.get('content-disposition');
			if (answer.status >= 400) broken.add(`${route}: ${answer.status}`);
			else if (answer.status === 200 && !found.has(route)) found.set(route, { route, path, visitor, isPage });
		});
	for (const [route, walk] of Object.entries(WALKS))
		if (!found.has(route)) found.set(route, { route, isPage: true, ...await walk(server) });
	return {
		pages: [...found.values()].filter((p) => p.isPage),
		missing: known.map((r) => r.route).filter((r) => !found.has(r)),
		broken: [...broken],
		end: async () => {
			await Promise.all([...found.values()].map((p) => p.end?.()));
			await endReports();
		},
	};
}
