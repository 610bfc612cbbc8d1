#!/usr/bin/env node
// What can be reported, one question a page: answers change what is asked next, all can be skipped, and nothing of it is a record.
import { LANGS, Visitor, baraza, serve, sql } from './lib.mjs';
import { fill, makeChannel, makeReady, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await makeChannel(admin, 'east', ['Eve', 'Fay'], ['Gus']);
const KINDS = ['reprisal', 'threat', 'harassment', 'support', 'complaint'];

// Which questions are asked of somebody who answers so.
async function asked(kind, answers, stop) {
	const v = new Visitor(server, { lang: 'en' });
	const names = [];
	const send = v.send.bind(v);
	v.send = (mark, fields) => {
		if (mark === 'action="/r/write/') names.push(v.at.split('/').pop());
		return send(mark, fields);
	};
	await fill(server, 'west', answers, { kind, v, stop });
	names.v = v;
	return names;
}

await test('five kinds, each in six languages', async () => {
	const check = baraza(server, ['check']);
	for (const kind of KINDS) {
		const titles = new Set();
		for (const lang of LANGS) {
			const v = new Visitor(server, { lang });
			const page = (await v.get('/r/west/report')).whole;
			titles.add(new RegExp(`value="${kind}"[^]*?<bdi>([^<]+)`).exec(page)[1]);
			await v.send('/report"', { kind });
			ok(!/<h1><span lang="en/.test(v.page) || lang === 'en', `${kind} asks in ${lang}`);
		}
		is(titles.size, LANGS.length, kind);
		ok(!new RegExp(`${kind}.*(missing|lost)`).test(check), `${kind} has all its translations`);
	}
});

await test('every question of every kind can be skipped, and a report of one answer can be sent', async () => {
	for (const kind of KINDS) {
		const names = await asked(kind, {});
		ok(names.length >= 12, `${kind}: ${names.length} questions`);
		await names.v.get('/r/write/story?checked');
		await names.v.send('action="/r/write/', { 'q-story': `skipped ${kind}` });
		await names.v.get('/r/code');
		is(names.v.at, '/r/code', kind);
	}
});

await test('somebody under 18 is asked in other words, and told that they may stop', async () => {
	const names = await asked('threat', { forwho: 'me', age: 'child' });
	for (const name of ['to_young', 'story_young', 'consent_young']) ok(names.includes(name), name);
	for (const name of ['story', 'consent']) ok(!names.includes(name), `not ${name}`);
	const grown = await asked('threat', { forwho: 'me', age: 'adult' }, 'act');
	ok(!grown.includes('to_young'), 'not to others');
});

await test('for somebody else, for a group: other questions', async () => {
	const other = await asked('reprisal', { forwho: 'other' }, 'act');
	for (const name of ['agree', 'tie', 'age']) ok(other.includes(name), name);
	ok(!other.includes('people'), 'not how many');
	const group = await asked('reprisal', { forwho: 'group' }, 'act');
	ok(group.includes('people') && group.includes('agree') && !group.includes('age'), 'how many, and no age');
	ok(!(await asked('reprisal', { forwho: 'me' }, 'act')).includes('agree'), 'about me: nobody to ask');
});

await test('an answer that is changed takes with it what only followed from it', async () => {
	const v = await fill(server, 'west', { forwho: 'other', tie: 'family', what: 'x' });
	has(v.page, 'Family', 'said');
	await v.get('/r/write/forwho?checked');
	await v.send('action="/r/write/forwho"', { 'q-forwho': 'me' });
	is(v.at, '/r/check', 'back to the answers');
	ok(!v.page.includes('Family'), 'gone');
	await v.get('/r/write/forwho?checked');
	await v.send('action="/r/write/forwho"', { 'q-forwho': 'other' });
	ok(!v.page.includes('Family'), 'and not kept somewhere');
});

await test('what is not offered is refused', async () => {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/r/west/report');
	is((await v.send('/report"', { kind: 'own_risk' })).status, 400, 'a form that is no kind');
	await v.get('/r/west/report');
	is((await v.send('/report"', { kind: 'meeting' })).status, 400, 'a form of records');
	await v.get('/r/west/report');
	await v.send('/report"', { kind: 'threat' });
	is((await v.send('action="/r/write/', { 'q-danger': 'maybe' })).status, 400, 'a choice');
	is((await v.ask('/r/write/nothing')).status, 404, 'a question');
	await v.get('/r/write/story');
	is((await v.send('action="/r/write/', { 'q-story': 'x'.repeat(5001) })).status, 422, 'too much');
	has(v.page, 'Error', 'told');
	for (const to of ['/r/write/danger', '/r/check', '/r/code', '/r/to']) is((await new Visitor(server).ask(to)).status, 303, `${to} without a draft`);
});

await test('whoever fears somebody there sends it elsewhere, and those there cannot read it', async () => {
	const v = await fill(server, 'west', { what: 'one of you', inside: 'yes' });
	has(v.page, 'Choose another office', 'offered');
	await v.get('/r/to');
	await v.send('action="/r/to"', { channel: 'east' });
	await v.get('/r/code');
	await v.send('action="/r/code"', { code: /<p class="code">([^<]+)</.exec(v.page)[1] });
	is(v.at, '/r/case', 'sent');
	has((await (await signIn(server, 'Eve', secrets)).get('/cases')).whole, 'one of you', 'there');
	ok(!(await (await signIn(server, 'Ben', secrets)).get('/cases')).whole.includes('one of you'), 'not here');
});

await test('a draft is deleted when somebody asks', async () => {
	const before = sql(server, 'SELECT count(*) FROM protect_draft');
	const v = await fill(server, 'west', { what: 'nothing' });
	await v.send('action="/r/drop"');
	is(v.at, '/r', 'away');
	has(v.page, 'Nothing of what you typed', 'told');
	is(sql(server, 'SELECT count(*) FROM protect_draft'), before, 'gone');
	ok(!v.jar.has('d'), 'its cookie, too');
});

await test('nothing of it is a record, and no page shows the forms as records', async () => {
	for (const table of ['record', 'record_draft', 'record_cell']) is(sql(server, `SELECT count(*) FROM ${table}`), '0', table);
	for (const kind of [...KINDS, 'own_risk']) {
		for (const to of [`/records/${kind}`, `/records/${kind}/new`]) ok([403, 404].includes((await admin.ask(to)).status), to);
		ok(!(await admin.get('/records')).whole.includes(`/records/${kind}`), 'no list');
	}
});

await server.stop();
done();
