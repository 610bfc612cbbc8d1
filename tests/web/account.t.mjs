#!/usr/bin/env node
// An account from its first start to its last session, over HTTP, without script.
import { LANGS, Visitor, baraza, serve } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'four words not related';
const server = await serve({ command: 'serve' });
const user = (...words) => baraza(server, ['user', ...words], `${PASSWORD}\n`);
const code = /((?:[0-9A-Z]{4} ){4}[0-9A-Z]{4})/.exec(server.log)?.[1];

const signIn = async (name, password = PASSWORD) => {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	return [v, await v.send('action="/sign-in"', { name, password })];
};

await test('the first start prints a code and makes one administrator', async () => {
	ok(code, 'a code on the console');
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/setup');
	const wrong = await v.send('action="/setup"', { code: 'x', name: '<b>', password: 'short', again: '',
		house: 'x'.repeat(61) });
	is(wrong.status, 422, 'status');
	has(wrong.whole, 'value="&lt;b&gt;"', 'what was typed');
	has(wrong.whole, 'href="#f-house"', 'too long a name of the house');
	ok(!wrong.whole.includes('value="short"'), 'a password is never shown again');
	const fields = { code: code.toLowerCase(), name: 'Ana', password: PASSWORD, again: PASSWORD, house: 'House <of> Ana' };
	is((await v.send('action="/setup"', fields)).status, 200, 'status');
	is(v.at, '/account/second-step');
	has(v.page, '<svg class="qr"', 'picture');
	is((await v.get('/site/people')).status, 200, 'people');
	has((await new Visitor(server).get('/')).whole, 'House &lt;of&gt; Ana</a>', 'its name, for everybody');
	has((await v.get('/site/settings')).whole, 'value="House &lt;of&gt; Ana"', 'and where it is changed');
	const late = new Visitor(server);
	await late.get('/setup');
	is(late.at, '/sign-in');
});

await test('cookies of a session are kept from scripts and other sites', async () => {
	const v = new Visitor(server);
	await v.get('/sign-in');
	const token = /name="csrf" value="([^"]+)"/.exec(v.page)[1];
	const answer = await v.ask('/sign-in', { method: 'POST',
		body: new URLSearchParams({ name: 'Ana', password: PASSWORD, to: '', csrf: token }) });
	is(answer.status, 303, 'status');
	const cookie = answer.headers.getSetCookie().find((c) => c.startsWith('s='));
	has(cookie, 'HttpOnly', 'cookie');
	has(cookie, 'SameSite=Lax', 'cookie');
	is(answer.headers.get('cache-control'), 'no-store');
});

await test('a wrong password is told in every language', async () => {
	for (const lang of LANGS) {
		const v = new Visitor(server, { lang });
		await v.get('/sign-in');
		const answer = await v.send('action="/sign-in"', { name: `nobody-${lang}`, password: 'x' });
		is(answer.status, 422, lang);
		has(answer.whole, 'role="alert"', lang);
		ok(!v.jar.has('s'), 'no session');
	}
});

await test('the console makes, resets and disables accounts of a running house', async () => {
	user('add', 'Ben', 'moderator');
	has(user('list'), 'Ben\tmoderator\tpassword only\tenabled', 'list');
	const [ben] = await signIn('ben');
	is(ben.at, '/account');
	is((await ben.get('/site/people')).status, 403, 'not for a moderator');
	user('disable', 'Ben');
	await ben.get('/account');
	is(ben.at, '/sign-in', 'out at once');
	user('enable', 'Ben');
	const link = user('reset', 'Ben').trim();
	await ben.get(link);
	await ben.send(`action="${link}"`, { password: 'five other words here', again: 'five other words here' });
	is(ben.at, '/account/second-step');
	is((await ben.get(link)).status, 404, 'used');
	const [, old] = await signIn('Ben');
	is(old.status, 422, 'the old password');
});

await test('signing out ends it', async () => {
	const [v] = await signIn('Ana');
	const session = v.jar.get('s');
	await v.send('action="/sign-out"');
	ok(!v.jar.has('s'), 'cookie is gone');
	v.jar.set('s', session);
	await v.get('/account');
	is(v.at, '/sign-in', 'the session too');
});

await test('many at once are told to try again, and the house stands', async () => {
	const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => signIn(`many${i}`)));
	for (const [, answer] of answers) ok([422, 429].includes(answer.status), `status ${answer.status}`);
	ok(answers.some(([, a]) => a.whole.includes('Many people are signing in') || a.status === 429), 'somebody waits');
	is((await new Visitor(server).get('/sign-in')).status, 200, 'status');
});

await server.stop();
done();
