#!/usr/bin/env node
// A document of numbered clauses: written, published in versions, commented on clause by clause, and
// every comment answered. A clause keeps its comments through all versions.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { LANGS, Visitor, binary, forgetDocuments, serve, signIn as enter, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
forgetDocuments(server);
const sql = (text) => ask(server, text);
const DESK = '/desk/civic-space/documents';
const DOC = '/c/civic-space/d/1';
const signIn = (name) => enter(server, name);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const editor = await signIn('editor');
const other = await signIn('organiser');
sql('UPDATE phase SET actions = 2 | actions');

const FIRST = '## 1. What this law is for\n\nPeople may form groups.\n\n## Closing a group\n\nOnly the minister may close a group. The group hears of it fourteen days before.\n\n## List of members\n\nEach group sends the names of its members.';
const SECOND = '## Groups without a form\n\nPeople may meet without a permit.\n\n## What this law is for\n\nPeople may form groups.\n\n## The end of a group\n\nOnly a court may close a group. The group hears of it sixty days before.';
const save = async (v, body, more = {}, lang = 'en') => {
	await v.get(`${DESK}/1?lang=${lang}`);
	return v.send('name="body"', { title: 'Draft law on groups', lead: 'Read it clause by clause.', body, ...more });
};
const publish = async (v) => {
	await v.get(`${DESK}/1/publish`);
	return v.send('name="seen"');
};

await test('an editor begins a document; nobody sees it yet', async () => {
	await editor.get(DESK);
	is((await editor.send('name="kind"', { title: '', kind: 'law' })).status, 422, 'no title');
	await editor.get(DESK);
	is((await editor.send('name="kind"', { title: 'Draft law on groups', kind: 'law', lead: 'x' })).status, 200);
	is(editor.at, `${DESK}/1`, 'where it leads');
	is((await visitor().get(DOC)).status, 404, 'for others');
});

await test('what cannot be published is named with its line', async () => {
	has((await editor.get(`${DESK}/1/publish`)).whole, 'There is no clause yet.');
	ok(!editor.page.includes('Publish version'), 'no button');
	await save(editor, 'Words\n## One\nx');
	has((await editor.get(`${DESK}/1/publish`)).whole, 'Line 1 stands before the first clause.');
	await save(editor, FIRST);
	await save(editor, '## Un\n\nx', { title: 'Projet' }, 'fr');
	has((await editor.get(`${DESK}/1/publish`)).whole, 'This language has 1 clauses');
	const forged = await editor.get(`${DESK}/1/publish`, { method: 'POST', body: new URLSearchParams({
		csrf: /name="csrf" value="([^"]+)"/.exec((await editor.get(`${DESK}/1`)).whole)[1], seen: '3' }) });
	is(forged.status, 409, 'a forged press');
	is(sql('SELECT version FROM document'), '0', 'nothing is public');
});

await test('of two editors the second is shown what the first one wrote', async () => {
	await save(editor, '## Un\n\nx\n\n## Deux\n\ny\n\n## Trois\n\nz', { title: 'Projet' }, 'fr');
	await editor.get(`${DESK}/1`);
	await save(other, FIRST.replace('fourteen', 'thirteen'));
	const late = await editor.send('name="body"', { body: `${FIRST} Mine.` });
	is(late.status, 409, 'status');
	has(late.whole, 'Somebody else changed this meanwhile');
	has(late.whole, 'thirteen days', 'theirs');
	has(late.whole, 'Mine.', 'mine');
	is((await editor.send('name="body"', { body: FIRST })).status, 200, 'once more');
});

await test('version 1 is public in every language, and stays', async () => {
	await publish(editor);
	is(editor.at, DOC, 'where it leads');
	for (const lang of LANGS) is((await visitor(lang).get(DOC)).status, 200, lang);
	has((await visitor('fr').get(DOC)).whole, 'Deux', 'in French');
	has((await visitor().get('/c/civic-space')).whole, `href="${DOC}"`, 'link from the front page');
	has((await visitor().get(`${DOC}?whole`)).whole, 'Only the minister may close a group.');
	is((await visitor().get(`${DOC}/2`)).status, 200, 'clause');
	for (const path of ['/0', '/4', '/x', '/compare', '/2/comment/x']) is((await visitor().get(DOC + path)).status, 404, path);
	is((await visitor().get('/c/civic-space/d/9')).status, 404, 'no such document');
});

const author = visitor();
await test('a comment quotes what is there, and proposes words', async () => {
	const v = author;
	await v.get(`${DOC}/2/comment`);
	const wording = 'Only a court may close a group. The group hears of it fourteen days before.';
	const no = await v.send('name="quote"', { body: 'Two weeks are too short.', quote: 'forty days', wording });
	is(no.status, 422, 'a quote that is not there');
	has(no.whole, 'Two weeks are too short.', 'kept');
	await v.send('name="quote"', { body: 'Two weeks are too short.', quote: 'fourteen days', wording });
	is(v.at, '/me', 'where it leads');
	const id = sql('SELECT max(id) FROM item WHERE kind = 2');
	ok(!(await visitor().get(`${DOC}/2`)).whole.includes('Two weeks'), 'waits for a moderator');
	sql(`UPDATE item SET status = 1, published_at = 1 WHERE id = ${id}; UPDATE site_setting SET value = value`);
	const page = (await visitor().get(`${DOC}/2?fresh`)).whole;
	has(page, 'Two weeks are too short.');
	has(page, '<del><span class="hide">Taken out: </span>the</del>');
	has(page, '<ins><span class="hide">Put in: </span>a</ins>');
	const clause = sql(`SELECT parent FROM item WHERE id = ${id}`);
	has((await v.get(`/i/${id}`)).whole, `/clause/${clause}`, 'from the comment to its clause');
	is((await v.ask(`/clause/${clause}`)).headers.get('location').replace(/^\/en/, ''), `${DOC}/2`, 'lasting address');
});

await test('a second version keeps clauses and their comments', async () => {
	await save(editor, SECOND);
	await save(editor, '## A\n\nx\n\n## B\n\ny\n\n## C\n\nz', { title: 'Projet' }, 'fr');
	const look = (await editor.get(`${DESK}/1/publish`)).whole;
	has(look, '1 clause is dropped.');
	has(look, '2. <bdi>Closing a group</bdi>');
	ok(!(await visitor().get(`${DOC}?whole&a`)).whole.includes('sixty'), 'a draft is not public');
	await publish(editor);
	const page = (await visitor().get(`${DOC}/3`)).whole;
	has(page, 'Two weeks are too short.');
	has(page, 'Made on version 1');
	has((await visitor().get(`${DOC}?v=1&whole`)).whole, 'Only the minister may close a group.');
	has((await visitor().get(`${DOC}?v=9`)).whole, 'Groups without a form', 'a version that is none');
});

await test('two versions are compared, readable without colour', async () => {
	const page = (await visitor().get(`${DOC}/compare`)).whole;
	has(page, '<b>1</b> clauses changed');
	has(page, '<b>1</b> clauses added');
	has(page, '<b>1</b> clauses dropped');
	has(page, '<b>1</b> the same');
	has(page, 'Taken out: </span>fourteen');
	has(page, 'Put in: </span>sixty');
	for (const lang of LANGS) is((await visitor(lang).get(`${DOC}/compare?from=x&to=99&all=1`)).status, 200, lang);
});

await test('every comment gets an answer with its reason', async () => {
	await editor.get(`${DESK}/1/comments`);
	has(editor.page, '1 comment waits for an answer.');
	is((await editor.send('name="verdict"', { reason: '' })).status, 422, 'no reason');
	await editor.get(`${DESK}/1/comments`);
	is((await editor.send('name="verdict"', { verdict: 'adopted', reason: 'Fourteen days are now sixty.' })).status, 200);
	const page = (await visitor().get(`${DOC}/3?fresh`)).whole;
	has(page, 'Adopted');
	has(page, 'Fourteen days are now sixty.');
	has((await visitor().get(`${DOC}?fresh`)).whole, 'Adopted: 1');
});

await test('of two who answer a comment the second is shown what the first one wrote', async () => {
	await editor.get(`${DESK}/1/comments`);
	await other.get(`${DESK}/1/comments`);
	is((await other.send('name="verdict"', { verdict: 'partly', reason: 'Half of it.' })).status, 200, 'the first');
	is((await editor.send('name="verdict"', { verdict: 'not', reason: 'Mine.' })).status, 409, 'the second');
	has(editor.page, 'Somebody else changed this meanwhile');
	has(editor.page, 'Half of it.', 'theirs');
	has(editor.page, '>Mine.</textarea>', 'mine');
	is(sql('SELECT count(*) FROM disposition'), '2', 'nothing was written');
	is((await editor.send('name="verdict"', { verdict: 'adopted', reason: 'Fourteen days are now sixty.' })).status, 200, 'once more');
	sql(`DELETE FROM disposition WHERE id < (SELECT max(id) FROM disposition)`);
});

await test('an adopted comment becomes an ask by one press, and both lead to each other', async () => {
	await editor.get(`${DESK}/1/comments`);
	is((await editor.send('/comments/ask')).status, 200, 'made');
	const [, desk, address] = /^(.*\/asks\/)(\d+\.\d+)$/.exec(editor.at);
	has(editor.page, 'The end of a group', 'the title of the clause');
	has(editor.page, 'Only a court may close a group. The group hears of it fourteen days before.', 'what was proposed');
	const ask = sql('SELECT max(item) FROM ask');
	const comment = sql('SELECT comment FROM disposition');
	is(sql(`SELECT relation, to_item FROM edge WHERE from_item = ${ask} ORDER BY relation`), `1|${sql(`SELECT parent FROM item WHERE id = ${comment}`)}\n2|${comment}`, 'tied');
	await editor.get(`${DESK}/1/comments`);
	has(editor.page, new RegExp(`asks/${address}">It became ask`), 'at the desk');
	const csrf = /name="csrf" value="([^"]+)"/.exec(editor.page)[1];
	const again = (more) => editor.ask(`${DESK}/1/comments/ask`, { method: 'POST', body: new URLSearchParams({ csrf, ...more }) });
	has((await again({ comment })).headers.get('location'), `/asks/${address}`, 'the same press again');
	is(sql(`SELECT count(*) FROM edge WHERE from_item = ${ask}`), '2', 'tied once');
	is((await again({ comment: ask })).status, 404, 'what is no comment');
	is((await again({ comment: 'x' })).status, 404, 'hostile');
	is((await visitor().ask(`${DESK}/1/comments/ask`, { method: 'POST', body: new URLSearchParams({ csrf, comment }) })).status, 403, 'a visitor');
	ok(!(await visitor().get(`${DOC}/3?draft`)).whole.includes('It became ask'), 'a draft is not told of');
	sql(`UPDATE ask SET is_public = 1 WHERE item = ${ask}; UPDATE item SET status = 1, published_at = 5 WHERE id = ${ask}`);
	has((await visitor().get(`${DOC}/3?public`)).whole, `href="/c/civic-space/asks/${address}">It became ask`, 'on the clause');
	has((await visitor().get(`/c/civic-space/asks/${address}`)).whole, `It comes from this clause: <a href="/clause/`, 'on the ask');
	has((await visitor().get(`/c/civic-space/asks/${address}`)).whole, 'Two weeks are too short.', 'its evidence');
	await author.get('/me');
	has(author.page, 'Fourteen days are now sixty.', 'the answer on the receipt');
	has(author.page, `/asks/${address}"`, 'the ask on the receipt');
});

await test('what is not adopted becomes no ask', async () => {
	const comment = sql('SELECT comment FROM disposition');
	sql(`INSERT INTO disposition (document, comment, verdict, lang, reason, account, at) SELECT document, comment, 3, 'en', 'On second thoughts', 1, 9 FROM disposition`);
	await editor.get(`${DESK}/1`);
	const csrf = /name="csrf" value="([^"]+)"/.exec(editor.page)[1];
	is((await editor.ask(`${DESK}/1/comments/ask`, { method: 'POST', body: new URLSearchParams({ csrf, comment }) })).status, 409);
	sql('DELETE FROM disposition WHERE verdict = 3');
});

await test('clauses and comments can be taken away, with the same names in all files', async () => {
	const page = (await visitor().get(`${DOC}?files`)).whole;
	const file = async (name) => {
		has(page, `href="${DOC}/data/${name}"`, 'linked');
		const answer = await visitor().get(`${DOC}/data/${name}`);
		is(answer.status, 200, name);
		return answer.whole;
	};
	const clauses = (await file('clauses.csv')).trim().split('\r\n');
	has(clauses[0], 'version,place,clause,address,title,text,language');
	is(clauses.length - 1, Number(sql('SELECT count(*) FROM document_words')), 'a row for each version, clause and language');
	has(clauses.join('\n'), 'Only the minister may close a group. The group hears of it fourteen days before.', 'version 1');
	const comments = (await file('comments.csv')).trim().split('\r\n');
	is(comments.length, 2, 'one comment');
	has(comments[1], ',1,Two weeks are too short.,en,fourteen days,', 'its version, words and quote');
	has(comments[1], ',adopted,Fourteen days are now sixty.,', 'what became of it');
	const [, name] = /,(P-\d+),1,Two weeks/.exec(comments[1]);
	const json = [JSON.parse(await file('clauses.json')), JSON.parse(await file('comments.json'))];
	is(json[0].rows.length, clauses.length - 1, 'the same rows');
	is(json[1].rows[0].clause, name, 'the same name');
	ok(json[0].rows.filter((r) => r.clause === name).map((r) => r.version).includes(2), 'in both versions');
	is((await visitor().get(`${DOC}/data/drafts.csv`)).status, 404, 'no such file');
	is((await visitor().get('/c/civic-space/d/9/data/clauses.csv')).status, 404, 'no such document');
	sql(`UPDATE item SET status = 3 WHERE id = (SELECT comment FROM disposition)`);
	is((await file('comments.csv')).trim().split('\r\n').length, 1, 'what is hidden is not given away');
	sql(`UPDATE item SET status = 1 WHERE id = (SELECT comment FROM disposition)`);
});

await test('versions, answers to comments and phases are news in the feed, with identities that stay', async () => {
	const read = async () => (await visitor().get('/c/civic-space/feed')).whole;
	const feed = await read();
	for (const words of ['Version 1 is public', 'Version 2 is public', 'Comments on it were answered'])
		is(feed.split(words).length - 1 >= 1, true, words);
	has(feed, `/en${DOC}?v=2`, 'where it leads');
	const ids = (text) => [...text.matchAll(/<id>([^<]+)</g)].map((m) => m[1]);
	is(new Set(ids(feed)).size, ids(feed).length, 'no identity twice');
	sql('UPDATE phase SET ends = ends + 1');
	is(ids(await read()).join(), ids(feed).join(), 'the same');
	sql(`UPDATE phase SET starts = ${Math.floor(Date.now() / 1000) - 999}, ends = ${Math.floor(Date.now() / 1000) + 99999} WHERE id = (SELECT min(id) FROM phase WHERE space = 1)`);
	has(await read(), 'This part closes on', 'soon');
	has(await read(), 'This part is open now', 'open');
	for (const lang of LANGS) is((await visitor(lang).get('/c/civic-space/feed')).status, 200, lang);
});

await test('nobody else writes, publishes or answers', async () => {
	const moderator = await signIn('moderator');
	for (const path of [DESK, `${DESK}/1`, `${DESK}/1/publish`, `${DESK}/1/comments`]) {
		is((await moderator.ask(path)).status, 403, path);
		is((await visitor().ask(path)).status, 303, path);
		is((await moderator.ask(path, { method: 'POST', body: new URLSearchParams({ csrf: 'x' }) })).status, 403, path);
	}
	await editor.get(`${DESK}/1/comments`);
	const csrf = /name="csrf" value="([^"]+)"/.exec(editor.page)[1];
	const item = sql('SELECT min(id) FROM item WHERE kind = 2');
	const body = new URLSearchParams({ csrf, comment: item, verdict: 'not', reason: 'x' });
	is((await editor.ask(`${DESK}/1/comments`, { method: 'POST', body })).status, 404, 'a contribution that is no comment');
});

await test('it moves house with its versions, comments and answers, and comes out the same', async () => {
	sql(`INSERT INTO document_draft (document, lang, body, account, at) SELECT id, 'en', '## =1+1 of a next version', 1, 5 FROM document`);
	const moved = await serve({ command: 'serve' });
	const say = (house, ...words) => spawnSync(binary, words, { env: house.env, encoding: 'utf8' });
	const [there, here] = [`${server.dir}/bundle`, `${moved.dir}/bundle`];
	const out = say(server, 'export', '--space', 'civic-space', there);
	is(out.status, 0, out.stderr);
	has(out.stdout, '1 documents', 'told');
	const clauses = fs.readFileSync(`${there}/clauses.csv`);
	fs.writeFileSync(`${there}/clauses.csv`, clauses.toString().split('\r\n').filter((line) => !/,2,\d+,/.test(line)).join('\r\n'));
	const half = say(moved, 'import', 'bundle', there);
	is(half.status, 1, 'a document without its clauses');
	has(half.stderr, 'clauses.csv: ', 'the file is named');
	is(ask(moved, 'SELECT count(*) FROM space'), '0', 'nothing came in');
	fs.writeFileSync(`${there}/clauses.csv`, clauses);
	const into = say(moved, 'import', 'bundle', there);
	is(into.status, 0, into.stderr);
	is(say(moved, 'export', '--space', 'civic-space', here).status, 0, 'out again');
	for (const name of fs.readdirSync(there))
		ok(fs.readFileSync(`${there}/${name}`).equals(fs.readFileSync(`${here}/${name}`)), name);
	const page = (await new Visitor(moved, { lang: 'en' }).get(`${DOC}/3`)).whole;
	has(page, 'Fourteen days are now sixty.', 'the answer');
	has(page, 'Made on version 1', 'the comment');
	await moved.stop();
});

is(await server.stop(), 0, 'exit status');
done();
