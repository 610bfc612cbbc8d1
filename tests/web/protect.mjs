// I know people who handle reports, a channel of theirs, and somebody who reports, without script.
import { createHmac } from 'node:crypto';
import { Visitor, baraza, sql } from './lib.mjs';
import { has, is, ok } from './tap.mjs';

export const PASSWORD = 'four words not related';

// The six digits that an app shows for a half minute (RFC 6238), from the secret in base32.
export function digits(secret, now = Date.now()) {
	const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
	const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
	const step = Buffer.alloc(8);
	step.writeBigUInt64BE(BigInt(Math.floor(now / 30000)));
	const mac = createHmac('sha1', key).update(step).digest();
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

const shown = (v) => /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)?.[1];

// Signs in with the next digits that were not used before.
export async function signIn(server, name, secrets, v = new Visitor(server, { lang: 'en' })) {
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password: PASSWORD });
	if (v.at === '/sign-in/code') {
		sql(server, `UPDATE account SET second_step_used = -1 WHERE name = '${name}'`);
		await v.send('action="/sign-in/code"', { digits: digits(secrets[name]) });
	}
	is(v.at, '/account', `${name} is in`);
	return v;
}

// An account that can be given a key: second step, key, and its code on paper.
export async function makeReady(server, name, role, secrets) {
	baraza(server, ['user', 'add', name, role], `${PASSWORD}\n`);
	const v = await signIn(server, name, secrets);
	await v.get('/account/second-step');
	const secret = /<p class="code" dir="ltr">([A-Z2-7 ]{39})<\/p>/.exec(v.page)[1];
	secrets[name] = secret;
	await v.send('action="/account/second-step"', { digits: digits(secret) });
	await v.get('/account/key');
	await v.send('action="/account/key"', { code: shown(v) });
	has(v.page, 'You have kept a recovery code', `${name} kept a code`);
	return v;
}

// A channel with its people, opened by an administrator.
export async function makeChannel(admin, slug, handlers, custodians) {
	await admin.get('/site/channels');
	await admin.send('action="/site/channels"', { slug, name: 'Focal points', about: 'Two people read here.' });
	const at = admin.at;
	for (const [role, names] of [[2, handlers], [3, custodians]])
		for (const person of names) await admin.send('/add"', { person, role });
	await admin.send('/open"');
	ok(admin.page.includes(`/r/${slug}`), 'open');
	return at;
}

// Begins a report and answers what ${answers} has by the names of the questions; the rest is skipped. Ends on the check page.
// ${stop} is a question to stop before. A few names stand for whatever a kind calls them.
export async function fill(server, slug, answers, { lang = 'en', kind = 'reprisal', stop, v = new Visitor(server, { lang }) } = {}) {
	const called = { what: 'story', where: 'un_which', contact: 'name' };
	const all = Object.fromEntries(Object.entries(answers).map(([name, text]) => [called[name] ?? name, text]));
	await v.get(`/r/${slug}/report`);
	await v.send('/report"', { kind });
	for (let left = 60; v.at.startsWith('/r/write/') && left; left--) {
		const name = v.at.split('/').pop();
		if (name === stop) return v;
		await v.send('action="/r/write/', name in all ? { [`q-${name}`]: all[name] } : { skip: '1' });
	}
	is(v.at, '/r/file', 'asked to the end');
	await v.get('/r/check');
	return v;
}

// Reports; returns the visitor, on the page of the case, and the secret code.
export async function report(server, slug, answers, lang = 'en', kind = 'reprisal') {
	const v = await fill(server, slug, answers, { lang, kind });
	await v.get('/r/code');
	const code = shown(v);
	await v.send('action="/r/code"', { code: code.toLowerCase() });
	is(v.at, '/r/case', 'sent');
	return { v, code };
}

export async function comeBack(server, code, lang = 'en') {
	const v = new Visitor(server, { lang });
	await v.get('/r/open');
	await v.send('action="/r/open"', { code });
	return v;
}
