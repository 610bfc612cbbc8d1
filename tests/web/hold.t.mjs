#!/usr/bin/env node
// An account is offered to people who take part, not required: it holds their secret codes, no role,
// and no line in the log; the code alone goes on working, and takes itself out.
import { LANGS, Visitor, baraza, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const PASSWORD = 'a stone beside the river';
const server = await serve();
const sql = (text) => ask(server, text);
const count = (what) => Number(sql(`SELECT count(*) FROM ${what}`));
const FIRST = '/c/civic-space', SECOND = '/c/young-voices';
sql("UPDATE phase SET starts = 0, actions = 63 WHERE space = (SELECT id FROM space WHERE slug = 'young-voices')");
const visitor = (lang = 'en') => new Visitor(server, { lang });
const write = async (v, body, at = FIRST) => {
	await v.get(`${at}/q/1/write`);
	is((await v.send('name="once"', { body })).status, 200, body);
	return Number(sql('SELECT max(id) FROM item WHERE kind = 2'));
};
const signIn = async (name, password = PASSWORD) => {
	const v = visitor();
	await v.get('/sign-in?to=/me');
	await v.send('action="/sign-in"', { name, password });
	return v;
};
const make = async (v, name, more = {}) => {
	await v.get('/me/account');
	return v.send('action="/me/account"', { name, password: PASSWORD, again: PASSWORD, ...more });
};
const codeOf = async (v) => {
	await v.get('/me');
	return /class="code"[^>]*>([^<]+)</.exec(v.page)[1];
};
const lines = () => count('audit_line');
const before = lines();

const one = visitor(), two = visitor();
const bread = await write(one, 'Bread for the street'), rain = await write(two, 'Rain on the roof');
const [codeOne, codeTwo] = [await codeOf(one), await codeOf(two)];

await test('it is offered to who has taken part, and to nobody else', async () => {
	await one.get('/me');
	has(one.page, 'href="/me/account"', 'offer');
	const nobody = visitor();
	await nobody.get('/me');
	ok(!nobody.page.includes('/me/account'), 'no offer');
	await nobody.get('/me/account');
	is(nobody.at, '/me', 'nor the page');
	const body = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(nobody.page)[1], name: 'Nobody', password: PASSWORD, again: PASSWORD });
	is((await nobody.ask('/me/account', { method: 'POST', body })).status, 403, 'nor the form');
	for (const lang of LANGS) {
		const v = visitor(lang);
		v.jar = new Map(one.jar);
		v.jar.set('lang', lang);
		is((await v.get('/me/account')).status, 200, lang);
		ok(!v.page.includes('account.hold.'), lang);
	}
	has((await one.get('/me/account')).whole, 'ties your words together', 'what it costs is said before');
});

await test('what does not do is said, and no account is made', async () => {
	const accounts = count('account');
	is((await make(one, '<b>x</b>')).status, 422, 'not a name');
	is((await make(one, 'Basalt', { password: 'short', again: 'short' })).status, 422, 'short');
	is((await make(one, 'Basalt', { again: 'another stone beside it' })).status, 422, 'not the same');
	is((await make(one, 'ADMIN')).status, 422, 'taken');
	has(one.page, 'This name is taken. Choose ano', 'why');
	is(count('account'), accounts, 'accounts');
});

await test('one is made, and the form sent twice makes no second', async () => {
	const accounts = count('account');
	await one.get('/me/account');
	const form = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(one.page)[1], name: 'Basalt', password: PASSWORD, again: PASSWORD });
	const jar = new Map(one.jar);
	is((await one.get('/me/account', { method: 'POST', body: form })).status, 200, 'made');
	is(one.at, '/me', 'where it leads');
	has(one.page, /You are signed in as (<bdi>)?Basalt/, 'whose page');
	has(one.page, 'Bread for the street', 'the words');
	ok(!/class="code"/.test(one.page), 'the code is not on it');
	const twice = visitor();
	twice.jar = jar;
	is((await twice.ask('/me/account', { method: 'POST', body: form })).status, 403, 'twice');
	is(count('account'), accounts + 1, 'accounts');
	is(count('account_held'), 1, 'codes');
});

await test('name and password show the words elsewhere; who takes part there is the same person', async () => {
	const people = count('participant');
	const v = await signIn('basalt');
	has(v.page, 'Bread for the street', 'words');
	const song = await write(v, 'A song for the square', SECOND);
	ok(!v.jar.has('c'), 'no code was drawn');
	is(count('participant'), people, 'nobody new');
	await v.get('/me');
	for (const words of ['Bread for the street', 'A song for the square']) has(v.page, words, words);
	await v.get(`/me/item/${song}`);
	await v.send('name="body"', { body: 'Two songs for the square' });
	has(v.page, 'Two songs', 'corrected');
	const byCode = visitor();
	await byCode.get('/me');
	await byCode.send('action="/me/open"', { code: codeOne });
	has(byCode.page, 'Two songs for the square', 'the code shows it too');
	has(byCode.page, 'is in an account', 'and says where it is');
	const data = JSON.parse((await v.ask('/me/data.json')).whole);
	is(data.words.length, 2, 'all to take away');
});

await test('another code joins it; its words stand beside the others and stay one\'s own', async () => {
	const v = await signIn('Basalt');
	await v.get('/me/account');
	is((await v.send('action="/me/account/add"', { code: '' })).status, 422, 'nothing');
	is((await v.send('action="/me/account/add"', { code: '0000 0000 0000 0000 0000' })).status, 422, 'unknown');
	for (let i = 0; i < 2; i++) {
		await v.get('/me/account');
		is((await v.send('action="/me/account/add"', { code: codeTwo })).status, 200, `time ${i + 1}`);
		is(v.at, '/me', 'where it leads');
	}
	for (const words of ['Bread for the street', 'Rain on the roof']) has(v.page, words, words);
	has(v.page, '2 secret codes', 'how many');
	await v.get(`/me/item/${rain}`);
	is((await v.send('name="body"', { body: 'Rain on two roofs' })).status, 200, 'corrected');
	has(v.page, 'Rain on two roofs', 'seen');
});

await test('nobody takes what is another\'s', async () => {
	const three = visitor();
	await write(three, 'Salt in the soup');
	await make(three, 'Granite');
	await three.get('/me/account');
	is((await three.send('action="/me/account/add"', { code: codeTwo })).status, 422, 'a code in another account');
	has(three.page, 'in an account already', 'why');
	ok(!(await three.get('/me')).whole.includes('Rain on'), 'not seen');
	is((await three.get(`/me/item/${bread}`)).status, 404, 'not corrected');
	const csrf = /name="csrf" value="([^"]+)"/.exec((await three.get('/me/account')).whole)[1];
	is((await three.ask('/me/account/leave', { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) })).status, 403, 'without a token');
	is((await three.ask('/me/account/part', { method: 'POST', body: new URLSearchParams({ csrf }) })).status, 403, 'parting is for a code');
	is(count('account_held'), 3, 'codes');
});

await test('it has no role and gets none, and those who have one do not see it', async () => {
	const admin = visitor();
	const [, name, password] = /^ {2}(admin) +(\w{4}(?:-\w{4}){3})$/m.exec(server.log);
	await admin.get('/sign-in');
	await admin.send('action="/sign-in"', { name, password });
	ok(!(await admin.get('/site/people')).whole.includes('Basalt'), 'not listed');
	const id = sql("SELECT id FROM account WHERE name = 'Basalt'");
	is((await admin.get(`/site/people/${id}`)).status, 404, 'no page');
	await admin.get('/desk/civic-space/people');
	is((await admin.send('action="/desk/civic-space/people"', { name: 'Basalt' })).status, 422, 'not found by name');
	let said = '';
	try {
		baraza(server, ['user', 'role', 'Basalt', 'moderator']);
	} catch (e) {
		said = String(e.stderr ?? e);
	}
	has(said, 'takes part', 'nor from the console');
	const v = await signIn('Basalt');
	is((await v.get('/desk')).status, 403, 'no desk');
	is((await v.get('/site/people')).status, 403, 'no site');
	await admin.get('/me');
	ok(!admin.page.includes('/me/account'), 'whoever has a role is not offered one');
	const csrf = /name="csrf" value="([^"]+)"/.exec((await admin.get('/account')).whole)[1];
	for (const what of ['add', 'leave', 'part'])
		is((await admin.ask(`/me/account/${what}`, { method: 'POST', body: new URLSearchParams({ csrf, code: codeOne }) })).status, 403, what);
});

await test('a second step can be added', async () => {
	const v = await signIn('Granite');
	is((await v.get('/account/second-step')).status, 200, 'page');
	has(v.page, 'class="qr"', 'picture');
});

await test('the code takes itself out of an account whose password is lost', async () => {
	const v = visitor();
	await v.get('/me');
	await v.send('action="/me/open"', { code: codeTwo });
	await v.get('/me/account');
	await v.send('action="/me/account/part"');
	has(v.page, 'in no account any more', 'said');
	has(v.page, 'Rain on two roofs', 'the words are here');
	const rest = await signIn('Basalt');
	has(rest.page, 'Bread for the street', 'the account has the others');
	ok(!rest.page.includes('Rain on'), 'and it no more');
	has(v.page, 'href="/me/account"', 'a new one is offered');
});

await test('leaving deletes the account; words stay with their code', async () => {
	const v = await signIn('Basalt'), elsewhere = await signIn('Basalt');
	await v.get('/me/account');
	await v.send('action="/me/account/leave"');
	has(v.page, 'The account is deleted', 'said');
	is(count("account WHERE name = 'Basalt' OR name_key LIKE 'basalt%'"), 0, 'account');
	is(count("account WHERE name = '' AND password <> ''"), 0, 'nor anything of it');
	ok(!(await elsewhere.get('/me')).whole.includes('Bread for'), 'the other session is over');
	ok(!(await signIn('Basalt')).page.includes('Bread for'), 'nobody signs in');
	const byCode = visitor();
	await byCode.get('/me');
	await byCode.send('action="/me/open"', { code: codeOne });
	for (const words of ['Bread for the street', 'Two songs for the square']) has(byCode.page, words, words);
	is((await make(byCode, 'Basalt')).status, 200, 'the name is free, and so is the code');
	await byCode.get('/me/delete');
	await byCode.send('action="/me/delete"');
	is(count("item_text WHERE body LIKE '%for the street' OR body LIKE '%for the square'"), 0, 'all can be deleted from there');
});

await test('nothing of it stands in the log', async () => {
	for (let i = 0; i < 5; i++) {
		await signIn('Granite', 'wrong words');
		await new Promise((go) => setTimeout(go, i > 2 ? 2100 : 0));
	}
	const ids = sql("SELECT id FROM account WHERE name IN ('Basalt', 'Granite')").split('\n').join(',');
	is(count(`audit_line WHERE account IN (${ids}) OR (what < 700 AND what > 100 AND ref IN (${ids}) AND what NOT BETWEEN 200 AND 299)`), 0, 'lines');
	is(lines() - before, count('audit_line WHERE what BETWEEN 101 AND 103') , 'only the administrator came');
});

await server.stop();
done();
