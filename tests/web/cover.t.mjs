#!/usr/bin/env node
// Covered copies: they take the place of what was written, which stays for its author and for who held the keys then.
import { LANGS, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Fay', 'Gil', 'Hal']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await makeChannel(admin, 'east', ['Fay', 'Gil'], ['Hal']);
const idOf = Object.fromEntries(sql(server, 'SELECT name, id FROM account').split('\n').map((l) => l.split('|')));
const { v: author, code } = await report(server, 'west', { what: 'Amina was followed.\nBy two men.', where: 'The hall.', contact: 'Zora Quill' });
const v = {};
for (const name of ['Ben', 'Cy', 'Fay', 'Gil', 'Dee']) v[name] = await signIn(server, name, secrets);
await v.Ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(v.Ben.page)[1];
const csrf = (who) => /name="csrf" value="([^"]+)"/.exec(who.page)[1];
const post = (who, to, fields) => who.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(who), ...fields }) });
const lines = (what) => Number(sql(server, `SELECT count(*) FROM audit_case WHERE what = ${what}`));
const fields = () => sql(server, 'SELECT field FROM protect_object ORDER BY n').split('\n');
const covers = (page) => [...page.matchAll(/href="(\/cases\/[A-Za-z0-9_-]{22}\/cover\/[A-Za-z0-9_-]{22})"/g)].map((m) => m[1]);
const firsts = (page) => [...page.matchAll(/href="(\/cases\/[A-Za-z0-9_-]{22}\/first\/[A-Za-z0-9_-]{22})"/g)].map((m) => m[1]);
await author.get('/r/case');
await author.send('action="/r/case"', { text: 'My sister Leyla saw it.' });
await v.Ben.get(at);
await v.Ben.send('/say"', { text: 'We will call Leyla.' });
let answers, message, reply;

await test('what is covered is chosen text by text, and a report question by question', async () => {
	await v.Ben.get(at);
	[answers, message, reply] = covers(v.Ben.page);
	ok(answers && message && reply, 'three texts');
	await v.Ben.get(answers);
	has(v.Ben.page, 'Amina was followed.', 'what was told');
	ok(!v.Ben.page.includes('<textarea'), 'no form before a question is chosen');
	await v.Ben.get(`${answers}?q=story`);
	has(v.Ben.page, 'Amina was followed.\nBy two men.</textarea>', 'begins with what is there');
	is((await v.Ben.send('/cover/')).status, 422, 'the same');
	has(v.Ben.page, 'still the same text', 'told');
	await v.Ben.get(`${answers}?q=story`);
	is((await v.Ben.send('/cover/', { text: '' })).status, 422, 'nothing');
	for (const question of ['', 'form', 'danger', 'no_such'])
		ok([404, 422].includes((await post(v.Ben, answers, { text: 'x', question })).status), `not ${question}`);
	is((await v.Ben.ask(`${at}/cover/AAAAAAAAAAAAAAAAAAAAAA`)).status, 404, 'no such text');
	is((await post(v.Ben, `${at}/cover/AAAAAAAAAAAAAAAAAAAAAA`, { text: 'x' })).status, 404, 'nor by a form');
	await v.Fay.get('/account');
	for (const to of [answers, message]) {
		is((await v.Fay.ask(to)).status, 404, 'not who does not handle it');
		ok([403, 404].includes((await post(v.Fay, to, { text: 'x', question: 'story' })).status), 'nor by a form');
	}
	is(lines(23), 0, 'nothing was covered');
	for (const lang of [...LANGS, 'en']) {
		const page = await v.Ben.get(`/${lang}${answers}?q=story`);
		is(page.status, 200, lang);
		is(page.whole.includes('Cover details'), lang === 'en', `in ${lang}`);
	}
});

await test('the copy takes the place of the text, in lists, too', async () => {
	await v.Ben.get(`${answers}?q=story`);
	await v.Ben.send('/cover/', { text: '[name] was followed.\nBy two men.' });
	is(v.Ben.at, at, 'back');
	await v.Ben.get(message);
	await v.Ben.send('/cover/', { text: 'My [relative] saw it.' });
	await v.Ben.get(reply);
	await v.Ben.send('/cover/', { text: 'We will call [name].' });
	for (const who of ['Ben', 'Cy'])
		for (const page of ['/cases', at]) ok(!/Amina|Leyla/.test((await v[who].get(page)).whole), `${who} ${page}`);
	has(v.Cy.page, '[name] was followed.', 'the copy');
	has(v.Cy.page, 'The hall.', 'what was not covered');
	is(v.Cy.page.split('Details covered').length - 1, 3, 'marked');
	ok(v.Cy.page.indexOf('My [relative]') < v.Cy.page.indexOf('We will call [name]'), 'in its place');
	has((await v.Cy.get('/cases')).whole, '[name] was followed.', 'in the list');
	is(lines(23), 3, 'three lines');
	is((await post(v.Ben, message, { text: 'old form' })).status, 404, 'the same form twice');
});

await test('its author reads it as it was written, and what was said to them', async () => {
	const page = (await comeBack(server, code)).page;
	for (const words of ['Amina was followed.', 'My sister Leyla saw it.', 'We will call Leyla.', 'Your case team covered details']) has(page, words, words);
	ok(!page.includes('[name]') && !page.includes('[relative]'), 'no copy');
	ok(page.indexOf('My sister') < page.indexOf('We will call'), 'in its place');
	ok(!/\/(cover|first)\//.test(page), 'no way to the desk');
});

await test('it is covered once more, and what was written first stays', async () => {
	await v.Cy.get(at);
	const [again] = covers(v.Cy.page);
	await v.Cy.get(`${again}?q=story`);
	has(v.Cy.page, '[name] was followed.', 'begins with the copy');
	await v.Cy.send('/cover/', { text: '[name] was followed.' });
	ok(!(await v.Ben.get(at)).whole.includes('By two men'), 'covered further');
	has((await comeBack(server, code)).page, 'Amina was followed.\nBy two men.', 'its author still has all');
	is(fields().filter((f) => f === 'answers, covered').length, 1, 'one copy');
	is(fields().filter((f) => f === 'answers, first').length, 1, 'one first text');
});

await test('who held the keys then reads what was first, and a line says so', async () => {
	await v.Cy.get(at);
	is(firsts(v.Cy.page).length, 3, 'three ways');
	for (const [to, words] of firsts(v.Cy.page).map((to, i) => [to, ['Amina was followed.', 'My sister Leyla', 'We will call Leyla'][i]])) {
		const before = lines(24);
		await v.Cy.get(to);
		if (before === 0) {
			ok(!v.Cy.page.includes('Amina'), 'not before the line');
			await v.Cy.send('/first/');
		}
		has(v.Cy.page, words, words);
	}
	is(lines(24), 1, 'one line for that day');
	has((await v.Ben.get(at)).whole, 'Read a text before it was covered', 'seen by all');
	const [to] = firsts(v.Ben.page);
	await v.Ben.get(to);
	ok(!v.Ben.page.includes('Amina'), 'each by their own line');
});

await test('who comes later is shown the copy alone, also under new locks', async () => {
	await v.Ben.get(`${at}/people`);
	await v.Ben.send('/people/add"', { account: idOf.Fay });
	await v.Ben.get(at);
	const all = firsts(v.Ben.page);
	const check = async (when) => {
		for (const page of ['/cases', at]) ok(!/Amina|Leyla|By two men/.test((await v.Fay.get(page)).whole), `${when} ${page}`);
		has(v.Fay.page, '[name] was followed.', 'the copy');
		is(firsts(v.Fay.page).length, 0, 'no way');
		for (const to of all) {
			is((await v.Fay.ask(to)).status, 404, 'nor by its address');
			is((await post(v.Fay, to, {})).status, 404, 'nor by a form');
		}
	};
	await check('added');
	await v.Ben.get(`${at}/people`);
	await v.Ben.send('/people/add"', { account: idOf.Gil });
	await v.Ben.get(at);
	const [copy] = covers(v.Ben.page);
	await v.Gil.get(`${at}/people`);
	await v.Gil.send('/people/leave"');
	const made = lines(23);
	await v.Ben.get(`${copy}?q=story`);
	ok(!v.Ben.page.includes('<textarea'), 'nothing is covered under locks that must be changed');
	is((await post(v.Ben, copy, { text: 'x', question: 'story' })).status, 200, 'nor by a form');
	is(lines(23), made, 'no line');
	await v.Ben.get(at);
	await v.Ben.send('/locks"');
	await check('new locks');
	await v.Ben.get(at);
	await v.Ben.get(firsts(v.Ben.page)[0]);
	await v.Ben.send('/first/');
	has(v.Ben.page, 'Amina was followed.', 'who held them then still reads it');
	has((await comeBack(server, code)).page, 'My sister Leyla saw it.', 'and its author');
	// Who came later covers the copy further, and is no nearer to the first text.
	await v.Fay.get(at);
	await v.Fay.get(covers(v.Fay.page)[1]);
	await v.Fay.send('/cover/', { text: 'Somebody saw it.' });
	is(firsts((await v.Fay.get(at)).whole).length, 0, 'still none');
	is(firsts((await v.Ben.get(at)).whole).length, 3, 'but for who did before');
});

await test('rows that say otherwise show nothing', async () => {
	sql(server, "UPDATE protect_object SET field = 'answers' WHERE field = 'answers, first'");
	ok(!(await v.Fay.get(at)).whole.includes('Amina'), 'a first text under another field does not open');
	sql(server, "UPDATE protect_object SET field = 'answers, first' WHERE field = 'answers'");
	sql(server, "UPDATE protect_object SET field = 'answers' WHERE field = 'answers, covered'");
	ok(!(await v.Fay.get(at)).whole.includes('first='), 'nor a copy');
	sql(server, "UPDATE protect_object SET field = 'answers, covered' WHERE field = 'answers'");
	has((await v.Fay.get(at)).whole, '[name] was followed.', 'whole again');
});

await test('a custodian covers a name on a day on which it was opened; whoever it is given to has the copy', async () => {
	const name = `/names/${at.split('/').pop()}`;
	await v.Ben.get(at);
	await v.Ben.send('/ask-name"', { why: 'a lawyer needs it' });
	await author.get('/r/case');
	await author.send('action="/r/name"', { yes: '1' });
	const of = sql(server, "SELECT id FROM account WHERE name = 'Ben'");
	await v.Dee.get(name);
	ok(!v.Dee.page.includes('/cover/'), 'not before it is opened');
	await v.Dee.send(`action="${name}"`, { reason: 'to cover the family name' });
	has(v.Dee.page, 'Zora Quill', 'opened');
	const [, to] = /href="(\/names\/[A-Za-z0-9_-]{22}\/cover\/[A-Za-z0-9_-]{22})"/.exec(v.Dee.page);
	for (const path of [to, to.replace('/names/', '/cases/')]) is((await v.Ben.ask(path)).status, 404, 'not who handles the case');
	is((await v.Dee.ask(answers.replace('/cases/', '/names/'))).status, 404, 'nor what a custodian does not hold');
	await v.Dee.get(`${to}?q=name`);
	await v.Dee.send('/cover/', { text: 'Zora [name]' });
	ok(!v.Dee.page.includes('Quill'), 'covered');
	has(v.Dee.page, 'Zora [name]', 'the copy');
	const [, first] = /href="(\/names\/[A-Za-z0-9_-]{22}\/first\/[A-Za-z0-9_-]{22})"/.exec(v.Dee.page);
	has((await v.Dee.get(first)).whole, 'Zora Quill', 'who keeps names reads it');
	await v.Dee.get(name);
	await v.Dee.send('/give"', { account: of, why: 'for the lawyer' });
	has((await v.Ben.get(`${at}/name`)).whole, 'Zora [name]', 'given');
	ok(!v.Ben.page.includes('Quill'), 'the copy');
	for (const path of [first, first.replace('/names/', '/cases/')]) is((await v.Ben.ask(path)).status, 404, 'not what was first');
	has((await v.Dee.get('/cases')).whole, name, 'still among the names');
	await admin.get('/site/mechanisms');
	await admin.send('action="/site/mechanisms"', { name: 'A commission', mandate: 'Defenders', takes: 'Letters', langs: 'English', days: '14' });
	const body = sql(server, 'SELECT id FROM protect_mechanism');
	await author.get('/r/case');
	await author.send('action="/r/allow"', { share: '1', [`share-${body}`]: '1', [`name-${body}`]: '1' });
	await v.Ben.get(`${at}/referral`);
	await v.Ben.send('/referral"', { to: body, summary: 'plover', state: '2' });
	const [, paper] = /href="([^"]+\/referral\/[\w-]{22})"/.exec(v.Ben.page);
	has((await v.Ben.ask(paper)).whole, 'Zora [name]', 'the package has the copy');
	ok(!(await v.Ben.ask(paper)).whole.includes('Quill'), 'and nothing else of the name');
	is(lines(23), 6, 'a line');
});

await test('a closed case is not covered; it is counted as it was', async () => {
	await author.get('/r/case');
	await v.Ben.get(at);
	const [to] = covers(v.Ben.page);
	await v.Ben.send('/close"', { outcome: '1' });
	ok(!(await v.Ben.get(at)).whole.includes('/cover/'), 'no way');
	is((await post(v.Ben, to, { text: 'x', question: 'story' })).status, 200, 'nor by a form');
	is(lines(23), 6, 'no line more');
});

await server.stop();
done();
