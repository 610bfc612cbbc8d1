#!/usr/bin/env node
// The figures of a year: coded and counted when cases are closed, small numbers hidden so that nobody works them out,
// public only when a second person releases what both saw.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const ben = await signIn(server, 'Ben', secrets);
const cy = await signIn(server, 'Cy', secrets);
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v) }) });
const now = new Date();
const year = now.getUTCFullYear() - (now.getUTCMonth() < 4);
const coded = (form, field, y = year) => sql(server, `SELECT code, n FROM protect_coded WHERE year = ${y} AND form = '${form}' AND field = '${field}' ORDER BY code`).split('\n').filter(Boolean).join(' ');
const cells = (page) => [...page.matchAll(/<th scope="row">(?:<bdi>)?([^<]*?)(?:<\/bdi>)?\s*<\/th><td class="n">([^<]*?)\s*<\/td>/g)].map((m) => `${m[1].trim()}=${m[2].trim()}`);

async function close(what, answers, outcome) {
	await report(server, 'west', { what, ...answers });
	await ben.get('/cases');
	await ben.get(new RegExp(`href="(/cases/[A-Za-z0-9_-]{22})">${what}`).exec(ben.page)[1]);
	await ben.send('/close"', { outcome });
}

await test('closing counts answers of lists, of those who agreed, and nothing else', async () => {
	await close('A heron was seen', { danger: 'yes', again: 'no', consent: 'contact' }, '1');
	is(coded('reprisal', ''), '', 'nobody agreed');
	await close('A crane was seen', { danger: 'yes', again: 'no', age: 'young', act: 'threat', un_which: 'quicksilver', reach: 'marmalade', consent: 'count' }, '2');
	is(coded('reprisal', ''), '|1', 'all');
	is(coded('reprisal', 'danger'), 'yes|1', 'a choice');
	is(coded('reprisal', 'act'), 'threat|1', 'choices');
	is(coded('reprisal', 'un'), '|1', 'what was not answered');
	is(coded('reprisal', 'outcome'), '2|1', 'how it ended');
	is(sql(server, "SELECT count(*) FROM protect_coded WHERE field IN ('story', 'un_which', 'country', 'name', 'reach', 'consent')"), '0', 'no words, no place');
	await ben.send('/take"');
	await ben.send('/close"', { outcome: '3' });
	is(coded('reprisal', ''), '|1', 'once');
});

// A year that is over, with numbers that tell.
const past = year - 1;
const put = (form, field, numbers) => Object.entries(numbers).forEach(([code, n]) =>
	sql(server, `INSERT INTO protect_coded (year, form, field, code, n) VALUES (${past}, '${form}', '${field}', '${code}', ${n})`));
put('reprisal', '', { '': 40 });
put('reprisal', 'outcome', { 1: 20, 2: 12, 3: 3, 4: 5 });
put('reprisal', 'quarter', { 1: 10, 2: 10, 3: 10, 4: 10 });
put('reprisal', 'again', { yes: 2, no: 30, unsure: 8 });
put('reprisal', 'act', { threat: 25, attack: 4, smear: 5, detention: 1 });
put('threat', '', { '': 4 });
put('threat', 'act', { threat: 4 });

await test('small numbers are hidden, and enough others with them; small kinds are left out', async () => {
	await ben.get('/cases/figures');
	has(ben.page, `/cases/figures/${past}`, 'the way there');
	has(ben.page, `1 May <bdi>${past}</bdi> to 30 April <bdi>${past + 1}</bdi>`, 'years are no amounts');
	await ben.get(`/cases/figures/${past}`);
	const all = cells(ben.page);
	ok(all.includes('Threats=25'), `threats: ${all}`);
	ok(all.includes('Violence or an attack=Under 5'), 'four are not shown');
	ok(all.includes('Arrest or being locked up=Under 5'), 'nor one');
	ok(all.includes('Lies or insults in public=5'), 'five are');
	is(all.filter((c) => c.startsWith('Yes=') && !/=(Under 5|0)/.test(c)).length, 0, 'two are not shown');
	ok(all.some((c) => /^(No|I do not know)=Not shown/.test(c)), 'and one more, or they could be worked out');
	has(ben.page, 'fewer than five cases are left out', 'other kinds');
	ok(!ben.page.includes('Report a threat'), 'not named');
	has(ben.page, 'Draft text', 'a draft');
	for (const lang of LANGS) {
		const page = (await ben.ask(`/${lang}/cases/figures/${past}`)).whole;
		ok(!/protect\.figures/.test(page) && page.includes(String(past)), lang);
	}
	const file = (await ben.ask(`/en/cases/figures/${past}/file`)).whole;
	has(file, `${past}-05-01`, 'from');
	ok(/"act",[^\r\n]*,"attack",[^\r\n]*,"<5"\r\n/.test(file), 'hidden in the file, too');
	ok(!/,"[1-4]"\r\n/.test(file), 'no small number');
});

await test('nobody sees it before a second person releases it', async () => {
	const anybody = new Visitor(server, { lang: 'en' });
	is((await anybody.ask(`/r/figures/${past}`)).status, 404, 'not yet');
	is((await anybody.ask(`/r/figures/${past}/file`)).status, 404, 'nor the file');
	has((await anybody.ask('/r/figures')).whole, 'No figures are public yet', 'list');
	await ben.get(`/cases/figures/${past}`);
	await ben.send('/offer"');
	has(ben.page, 'Another person must release them', 'not alone');
	is((await post(ben, `/cases/figures/${past}/release`)).status, 403, 'nor by a form');
	is((await post(ben, `/cases/figures/${past}/offer`)).status, 409, 'once');
	is((await anybody.ask(`/r/figures/${past}`)).status, 404, 'still not');
	await cy.get(`/cases/figures/${past}`);
	has(cy.page, 'Ben', 'who offers');
	sql(server, `UPDATE protect_coded SET n = n + 1 WHERE year = ${past} AND field = 'act' AND code = 'threat'`);
	is((await post(cy, `/cases/figures/${past}/release`)).status, 409, 'not other numbers than were offered');
	has((await cy.get(`/cases/figures/${past}`)).whole, 'not the ones that were offered', 'told');
	sql(server, `UPDATE protect_coded SET n = n - 1 WHERE year = ${past} AND field = 'act' AND code = 'threat'`);
	await cy.get(`/cases/figures/${past}`);
	await cy.send('/release"');
	has(cy.page, 'Everybody can read them', 'released');
	const page = (await anybody.get(`/r/figures/${past}`)).whole;
	has(page, 'Threats', 'public');
	ok(cells(page).includes('Violence or an attack=Under 5'), 'hidden there, too');
	ok(!/Ben|>Cy</.test(page), 'without names');
	has((await anybody.ask('/r/figures')).whole, `/r/figures/${past}`, 'in the list');
	has((await anybody.ask('/r/promises')).whole, '/r/figures', 'and found');
	for (const lang of LANGS) ok(!(await new Visitor(server).ask(`/${lang}/r/figures/${past}`)).whole.includes('protect.figures'), lang);
	is((await post(ben, `/cases/figures/${past}/drop`)).status, 409, 'what is public stays');
	sql(server, `UPDATE protect_coded SET n = n + 1 WHERE year = ${past} AND field = 'act' AND code = 'threat'`);
	is((await anybody.ask(`/r/figures/${past}`)).status, 404, 'numbers that nobody released are not shown');
});

await test('a year that runs, other people, and years that are none', async () => {
	await ben.get(`/cases/figures/${year}`);
	has(ben.page, 'not over', 'told');
	is((await post(ben, `/cases/figures/${year}/offer`)).status, 409, 'refused');
	for (const bad of ['0', '99999', 'x', '-1', '2025x']) is((await ben.ask(`/cases/figures/${bad}`)).status, 404, bad);
	const ada = await signIn(server, 'Ada', secrets);
	await ada.get('/account');
	for (const to of ['', `/${past}`, `/${past}/file`]) is((await ada.ask(`/cases/figures${to}`)).status, 403, `not the administrator: ${to}`);
	is((await post(ada, `/cases/figures/${past}/release`)).status, 403, 'nor by a form');
	is((await new Visitor(server).ask(`/cases/figures/${past}`)).status, 303, 'nor a stranger');
	is(sql(server, 'SELECT count(*) FROM audit_line WHERE what BETWEEN 504 AND 506'), '2', 'in the log');
});

await server.stop();
done();
