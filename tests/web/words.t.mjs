#!/usr/bin/env node
// What people read of a channel before they begin, in six languages, and what it promises.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
const at = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const NAMES = { ar: 'جهة الاتصال', zh: '联络人', en: 'Focal point', fr: 'Point de contact', ru: 'Контактное лицо', es: 'Punto de contacto' };

await test('words in six languages and other promises are kept, and read by those who report', async () => {
	await admin.get(`${at}/words`);
	const fields = Object.fromEntries(LANGS.flatMap((l) => [[`name-${l}`, NAMES[l]], [`about-${l}`, `${NAMES[l]} 123`]]));
	await admin.send('/words"', { ...fields, first_days: '3', news_days: '14' });
	has(admin.page, 'Saved', 'saved');
	for (const lang of LANGS) {
		const v = new Visitor(server, { lang });
		has((await v.get('/r')).whole, NAMES[lang], lang);
		has((await v.get('/r/west')).whole, `${NAMES[lang]} 123`, lang);
	}
	const page = (await new Visitor(server, { lang: 'en' }).get('/r/west')).whole;
	has(page, 'within 3 days', 'the first reply');
	has(page, 'every 14 days', 'news');
	await report(server, 'west', { what: 'x' });
	is(sql(server, 'SELECT due_on - created_on FROM protect_case'), '3', 'and it is kept to');
});

await test('half a text, nothing in the first language, and other numbers are refused', async () => {
	await admin.get(`${at}/words`);
	is((await admin.send('/words"', { 'about-fr': '' })).status, 422, 'a name alone');
	await admin.get(`${at}/words`);
	is((await admin.send('/words"', { 'name-en': '', 'about-en': '' })).status, 422, 'the first language');
	await admin.get(`${at}/words`);
	is((await admin.send('/words"', { first_days: '0' })).status, 422, 'no days');
	await admin.get(`${at}/words`);
	await admin.send('/words"', { 'name-fr': '', 'about-fr': '' });
	has((await new Visitor(server, { lang: 'fr' }).get('/r')).whole, NAMES.en, 'the first language in its place');
});

await test('nobody but an administrator', async () => {
	const ben = await signIn(server, 'Ben', secrets);
	ok([403, 404].includes((await ben.ask(`${at}/words`)).status), 'no page');
	const csrf = /name="csrf" value="([^"]+)"/.exec((await ben.get('/account/key')).whole)[1];
	is((await ben.ask(`${at}/words`, { method: 'POST', body: new URLSearchParams({ csrf, 'name-en': 'x', 'about-en': 'y', first_days: '1', news_days: '1' }) })).status, 403, 'no change');
	is((await admin.ask('/site/channels/99/words')).status, 404, 'no such channel');
});

await server.stop();
done();
