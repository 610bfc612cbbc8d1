#!/usr/bin/env node
// An editor names who is asked, writes asks, publishes them and takes one back; two editors lose nothing; the
// office that is asked can answer.
import { LANGS, Visitor, forgetSummary, formOf, serve, signIn as enter, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
forgetSummary(server);
const sql = (text) => ask(server, text);
const DESK = '/desk/civic-space';
const DAY = 86400000;
const day = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const plain = (text) => text.replace(/<\/?bdi[^>]*>|[\u2066-\u2069]/g, '');

const signIn = (name) => enter(server, name);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const editor = await signIn('editor');
const organiser = await signIn('organiser');
const before = Number(sql('SELECT count(*) FROM ask'));

await test('the pages are there for editors in every language, and for nobody else', async () => {
	const reader = await signIn('editor');
	for (const path of ['asks', 'orgs']) {
		for (const lang of LANGS) is((await reader.get(`/${lang}${DESK}/${path}`)).status, 200, lang);
		is((await (await signIn('translator')).get(`${DESK}/${path}`)).status, 403, 'translator');
		is((await visitor().ask(`${DESK}/${path}`)).status, 303, 'stranger');
	}
	const forged = new URLSearchParams({ title: 'x', once: 'x', csrf: 'x', do: 'publish', seen: '1', n: '1', name: 'x', lang: 'en' });
	for (const path of ['asks', 'asks/1.1', 'asks/1.1/facts', 'asks/1.1/turn', 'summary', 'orgs', 'orgs/x', 'orgs/x/people'])
		is((await visitor().ask(`${DESK}/${path}`, { method: 'POST', body: forged })).status, 403, path);
});

let org;
await test('an organisation is named in several languages', async () => {
	await editor.get(`${DESK}/orgs`);
	is((await editor.send('name="focal"', { name: '', country: 'zz' })).status, 422);
	has(editor.page, 'Write an answer here');
	is((await editor.send('name="focal"', { name: 'Sample Office for Complaints', focal: 'Complaints desk', country: 'KE' })).status, 200);
	[, org] = /orgs\/([\w-]+)$/.exec(editor.at);
	is(org, 'sample-office-for-complaints');
	await editor.get(`${DESK}/orgs/${org}?lang=fr`);
	await editor.send('name="focal"', { name: 'Bureau modèle', focal: 'Guichet', country: 'KE' });
	has((await visitor('fr').get(`/o/${org}`)).whole, 'Bureau modèle');
	has((await visitor().get(`/o/${org}`)).whole, 'Sample Office for Complaints');
	await editor.get(`${DESK}/orgs`);
	await editor.send('name="focal"', { name: 'Sample office for complaints' });
	is(editor.at, `${DESK}/orgs/${org}-2`, 'another of that name');
	is((await editor.get(`${DESK}/orgs/no-such`)).status, 404);
});

await test('of two who name an organisation the second is shown what the first one wrote', async () => {
	await editor.get(`${DESK}/orgs/${org}`);
	await organiser.get(`${DESK}/orgs/${org}`);
	is((await organiser.send('name="focal"', { focal: 'Complaints desk, second floor' })).status, 200, 'the first');
	is((await editor.send('name="focal"', { focal: 'Mine' })).status, 409, 'the second');
	has(editor.page, 'Complaints desk, second floor', 'theirs');
	has(editor.page, 'value="Mine"', 'mine');
	is(sql(`SELECT t.focal_point FROM org_text t JOIN org o ON o.id = t.org WHERE o.slug = '${org}' AND t.lang = 'en'`), 'Complaints desk, second floor', 'kept');
	is((await editor.send('name="focal"', { focal: 'Complaints desk' })).status, 200, 'once more');
});

await test('an organiser says who answers for it; an editor cannot', async () => {
	await editor.get(`${DESK}/orgs/${org}`);
	ok(!editor.page.includes('value="add"'), 'no form for an editor');
	const csrf = formOf(editor.page, 'name="focal"').fields.csrf;
	is((await editor.ask(`${DESK}/orgs/${org}/people`, { method: 'POST', body: new URLSearchParams({ csrf, who: 'editor', do: 'add' }) })).status, 403);
	await organiser.get(`${DESK}/orgs/${org}`);
	is((await organiser.send('name="who"', { who: 'nobody-at-all', do: 'add' })).status, 422);
	has(organiser.page, 'Nobody here has this name');
	for (let i = 0; i < 2; i++) {
		await organiser.get(`${DESK}/orgs/${org}`);
		is((await organiser.send('name="who"', { who: 'Translator', do: 'add' })).status, 200, 'twice is once');
	}
	is(sql(`SELECT count(*) FROM org_account x JOIN org o ON o.id = x.org WHERE o.slug = '${org}'`), '1');
	is((await (await signIn('translator')).get('/answers')).status, 200, 'their room');
	is(sql(`SELECT count(*) FROM audit_line WHERE what = 308 AND n IN (16, 20)`), '1', 'in the log, once');
});

const form = { org: '', due: day(30) };
let made;
await test('a new ask gets its number, once', async () => {
	await editor.get(`${DESK}/asks`);
	is((await editor.send('name="once"', { title: '', q: '2' })).status, 422);
	await editor.get(`${DESK}/asks`);
	const once = formOf(editor.page, 'name="once"').fields;
	const body = new URLSearchParams({ ...once, title: 'Tell people what became of their complaint', q: '2' });
	await editor.get(`${DESK}/asks`, { method: 'POST', body });
	[, made] = /asks\/([\d.]+)$/.exec(editor.at);
	ok(/^2\.\d+$/.test(made), made);
	await editor.get(`${DESK}/asks`, { method: 'POST', body });
	is(editor.at, `${DESK}/asks/${made}`, 'the same form twice');
	is(Number(sql('SELECT count(*) FROM ask')), before + 1);
	is((await visitor().get(`/c/civic-space/asks/${made}`)).status, 404, 'nobody sees a draft');
	is((await editor.get(`${DESK}/asks`, { method: 'POST', body: new URLSearchParams({ ...once, once: 'other', title: 'x', q: '99' }) })).status, 422, 'no such question');
});

await test('what is missing is listed, and nothing half-done can be published', async () => {
	await editor.get(`${DESK}/asks/${made}`);
	for (const gap of ['more about it', 'whom it is put to', 'the day an answer is due', 'a text it rests on']) has(editor.page, gap);
	const { csrf, seen } = formOf(editor.page, 'name="method"').fields;
	is((await editor.ask(`${DESK}/asks/${made}/turn`, { method: 'POST', body: new URLSearchParams({ csrf, seen, do: 'publish' }) })).status, 409);
});

await test('words are saved in each language, and two editors lose nothing', async () => {
	await editor.get(`${DESK}/asks/${made}`);
	await organiser.get(`${DESK}/asks/${made}`);
	await editor.send('name="method"', { body: 'A receipt at once, a first reply within seven days.', method: 'Two editors read all contributions.' });
	has(editor.page, 'within seven days');
	is((await organiser.send('name="method"', { title: 'Theirs', body: 'What the other one typed.' })).status, 409);
	has(organiser.page, 'Somebody else changed this meanwhile');
	has(organiser.page, 'What the other one typed.');
	has(organiser.page, 'within seven days', 'what was saved stands beside');
	await editor.get(`${DESK}/asks/${made}?lang=ar`);
	await editor.send('name="method"', { title: 'أخبروا الناس بمصير شكاواهم', body: 'إيصال فوراً.' });
	is(sql(`SELECT count(*) FROM item_text t JOIN ask a ON a.item = t.item WHERE a.section = 2 AND a.number = ${made.slice(2)}`), '2');
});

await test('facts are checked and kept', async () => {
	form.org = sql(`SELECT id FROM org WHERE slug = '${org}'`);
	await editor.get(`${DESK}/asks/${made}`);
	is((await editor.send('name="due"', { org: '999999', sdg: 'x', asked: day(10), due: day(5) })).status, 422);
	for (const word of ['SDG targets', 'The answer cannot be due before it is asked.', 'value="x"']) has(editor.page, word);
	await editor.get(`${DESK}/asks/${made}`);
	const theme = /name="t0" value="(\d+)"/.exec(editor.page)[1];
	is((await editor.send('name="due"', { ...form, sdg: '16.7, 16.10', t0: theme })).status, 200);
	is(sql('SELECT count(*) FROM ask_sdg'), '2');
	is(sql(`SELECT count(*) FROM ask_theme WHERE theme = ${theme}`), '1');
	await editor.get(`${DESK}/asks/${made}`);
	has(editor.page, 'value="16.10, 16.7"');
	await editor.send('name="due"', { ...form, sdg: '', due: form.due });
	is(sql('SELECT count(*) FROM ask_sdg'), '0');
});

const linkOne = async (v, address) => {
	const id = sql(`SELECT item FROM ask WHERE section = ${address.split('.')[0]} AND number = ${address.split('.')[1]}`);
	await v.get(`${DESK}/evidence?ask=${id}`);
	const { action, fields } = formOf(v.page, 'name="seen"');
	const body = new URLSearchParams({ ...fields, do: 'link', ask: id });
	body.append('k', '0');
	await v.get(action, { method: 'POST', body });
	return fields.i0;
};

let source;
await test('with evidence it is published, and then whom it is put to stays', async () => {
	source = await linkOne(editor, made);
	await editor.get(`${DESK}/asks/${made}`);
	is((await editor.send('value="publish"', { do: 'publish' })).status, 200);
	is(sql(`SELECT (reply_until - asked_at) / 86400 FROM ask WHERE org = ${form.org}`), '30', 'days for replies');
	const page = plain((await visitor().get(`/c/civic-space/asks/${made}`)).whole);
	for (const words of ['Tell people what became of their complaint', 'Sample Office for Complaints', 'Two editors read all contributions.']) has(page, words);
	has((await visitor('ar').get(`/c/civic-space/asks/${made}`)).whole, 'أخبروا الناس بمصير شكاواهم');
	has((await visitor().get(`/i/${source}?x`)).whole, `/asks/${made}`);
	await editor.get(`${DESK}/asks/${made}`);
	has(editor.page, 'these stay as they are');
	const due = sql(`SELECT due_at FROM ask WHERE org = ${form.org}`);
	const { csrf, seen } = formOf(editor.page, 'name="method"').fields;
	await editor.get(`${DESK}/asks/${made}/facts`, { method: 'POST', body: new URLSearchParams({ csrf, seen, org: '', due: day(900) }) });
	is(sql(`SELECT due_at FROM ask WHERE org = ${form.org}`), due, 'forged');
	has((await (await signIn('translator')).get('/answers')).whole, 'Tell people what became', 'the office sees it');
});

await test('an editor changes a published ask, and the earlier wording stays', async () => {
	const id = sql(`SELECT item FROM ask WHERE org = ${form.org} AND is_public = 1`);
	ok(!(await visitor().get(`/c/civic-space/asks/${made}?a`)).whole.includes('Earlier wordings'), 'none yet, though the draft had others');
	sql(`UPDATE item SET published_at = published_at - 50 WHERE id = ${id}; UPDATE item_text SET at = at - 100 WHERE item = ${id}; UPDATE item_past SET at = at - 100 WHERE item = ${id}`);
	await editor.get(`${DESK}/asks/${made}`);
	const { title } = formOf(editor.page, 'name="method"').fields;
	is((await editor.send('name="method"', { title: title.replace('people', 'every person <b>') })).status, 200);
	const page = (await visitor().get(`/c/civic-space/asks/${made}?b`)).whole;
	has(page, 'Earlier wordings');
	has(page, 'Taken out: </span>people');
	has(page, 'every person &lt;b&gt;', 'escaped');
	await editor.get(`${DESK}/asks/${made}`);
	await editor.send('name="method"', { method: 'Only how it was made changes.' });
	is((await visitor().get(`/c/civic-space/asks/${made}?c`)).whole.split('<summary>Changed on').length, 2, 'the same words are no change');
	for (const lang of LANGS) is((await visitor(lang).get(`/c/civic-space/asks/${made}?d`)).status, 200, lang);
	await editor.get(`${DESK}/asks/${made}`);
	await editor.send('name="method"', { title });
});

await test('all that are ready are published by one press, if nothing changed', async () => {
	const names = [];
	for (const title of ['Set up a fund', 'Publish the figures']) {
		await editor.get(`${DESK}/asks`);
		await editor.send('name="once"', { title, q: '0' });
		const address = /asks\/([\d.]+)$/.exec(editor.at)[1];
		names.push(address);
		await editor.send('name="method"', { body: `More about: ${title}` });
		await editor.get(`${DESK}/asks/${address}`);
		await editor.send('name="due"', form);
		await linkOne(editor, address);
	}
	await editor.get(`${DESK}/asks?which=draft`);
	has(plain(editor.page), 'Nothing is missing in: 2');
	const { fields } = formOf(editor.page, 'civic-space/summary');
	is((await editor.ask(`${DESK}/summary`, { method: 'POST', body: new URLSearchParams({ ...fields, n: '3' }) })).status, 409, 'not as many as shown');
	is((await editor.send('civic-space/summary')).status, 200);
	has(plain(editor.page), 'Published now: 2');
	is((await editor.ask(`${DESK}/summary`, { method: 'POST', body: new URLSearchParams(fields) })).status, 409, 'twice');
	for (const address of names) is((await visitor().get(`/c/civic-space/asks/${address}`)).status, 200, address);
});

await test('one that is taken back leaves its number, its place and the reason', async () => {
	await editor.get(`${DESK}/asks/${made}`);
	is((await editor.send('value="withdraw"', { do: 'withdraw', reason: '' })).status, 422);
	await editor.get(`${DESK}/asks/${made}`);
	is((await editor.send('value="withdraw"', { do: 'withdraw', reason: 'It is part of another ask now.' })).status, 200);
	const gone = await visitor().get(`/c/civic-space/asks/${made}`);
	is(gone.status, 410);
	has(gone.whole, 'It is part of another ask now.');
	ok(!(await visitor().get(`/i/${source}?y`)).whole.includes(`/asks/${made}"`), 'the source does not lead there any more');
	await editor.get(`${DESK}/asks`);
	await editor.send('name="once"', { title: 'Another', q: '2' });
	ok(!editor.at.endsWith(`/${made}`), 'the number is not given again');
	is((await visitor().get('/c/civic-space/asks/9.9')).status, 404);
});

await test('who no longer answers has no room any more', async () => {
	await organiser.get(`${DESK}/orgs/${org}`);
	is((await organiser.send('value="remove"', { do: 'remove' })).status, 200);
	is(sql(`SELECT count(*) FROM org_account WHERE org = ${form.org}`), '0');
	is((await (await signIn('translator')).get('/answers')).status, 403);
});

is(await server.stop(), 0, 'exit status');
done();
