#!/usr/bin/env node
// Forms are filled in page by page without script, sent once, read by whom the definition says, and
// moved on by whom it says; nobody else.
import { Visitor, baraza, formOf, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const password = Object.fromEntries([...server.log.matchAll(/^  (\w+) +(\S+)$/gm)].map((m) => [m[1], m[2]]));

async function signedIn(name) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('name="password"', { name, password: password[name] });
	return v;
}

const editor = await signedIn('editor'); // staff: may make, has no role with records
const lead = await signedIn('organiser');
const anybody = new Visitor(server, { lang: 'en' });
const day = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);
let draft = '';

async function begin(visitor, form) {
	await visitor.get(`/records/${form}/new`);
	await visitor.send(`/records/${form}/new`);
	return visitor.at.split('/').slice(0, 3).join('/');
}

const meeting = { 'q-subject': 'Reading rooms <b>', 'q-held': day(-3), 'q-way': 'room', 'q-country': 'KE' };

await test('anybody sees the registers that are public, and no others', async () => {
	await anybody.get('/records');
	has(anybody.page, 'href="/records/recommendation"');
	ok(!anybody.page.includes('href="/records/incident"'), 'incidents are not public');
	has(anybody.page, 'href="/records/incident/new"', 'but anybody may report one');
	ok(!/href="\/record\//.test((await anybody.ask('/records/incident')).whole), 'their list shows none');
	is((await anybody.ask('/records/nothing')).status, 404, 'no such form');
	is((await anybody.ask('/records/meeting/new')).status, 403, 'they may not make one');
});

await test('a form says what it asks and who reads it, and begins', async () => {
	await editor.get('/records/meeting/new');
	has(editor.page, 'The meeting');
	has(editor.page, 'Who took part');
	draft = await begin(editor, 'meeting');
	is(editor.at, `${draft}/what`, 'first page');
	has(editor.page, 'Step 1 of 4');
});

await test('faults are listed with links, and what was typed stays', async () => {
	const answer = await editor.send('q-subject', { 'q-subject': 'Reading <rooms>', 'q-held': day(3) });
	is(answer.status, 422, 'status');
	has(answer.whole, 'href="#f-way"');
	has(answer.whole, 'href="#f-held"');
	has(answer.whole, 'value="Reading &lt;rooms&gt;"');
	is((await editor.send('q-subject', { 'q-subject': 'x'.repeat(201), 'q-way': 'room', 'q-held': day(-1) })).status, 422, 'too long');
});

await test('a repeat takes rows, changes and removes them', async () => {
	await editor.get(`${draft}/what`);
	await editor.send('q-subject', meeting);
	is(editor.at, `${draft}/side/1`, 'the first row');
	await editor.send('q-name', { 'q-name': 'Council', 'q-kind': 'state', 'q-people': '0' });
	has(editor.page, 'class="errs"');
	await editor.send('q-name', { 'q-name': 'Council', 'q-kind': 'state', 'q-people': '٣' });
	is(editor.at, `${draft}/side`, 'what there is so far');
	await editor.get(`${draft}/side/2`);
	await editor.send('q-name', { 'q-name': 'Oops', 'q-kind': 'other' });
	await editor.send('/side/2/remove');
	ok(!editor.page.includes('Oops'), 'removed');
	await editor.get(`${draft}/side/2`);
	await editor.send('q-name', { 'q-name': 'Neighbours', 'q-kind': 'society', 'q-people': '12' });
	has(editor.page, 'Neighbours');
	is((await editor.ask(`${draft}/side/4`)).status, 404, 'no row is skipped');
	is((await editor.ask(`${draft}/what/1`)).status, 404, 'no rows of what has none');
});

await test('it is kept for later, for its maker alone', async () => {
	await editor.get(`${draft}/came`);
	await editor.send('q-result', { 'q-result': 'One\nTwo', later: '1' });
	is(editor.at, '/me/records', 'where it leads');
	has(editor.page, `href="${draft}"`);
	has(editor.page, 'Reading rooms &lt;b&gt;');
	is((await lead.ask(draft)).status, 404, 'not another’s');
	is((await anybody.ask(`${draft}/what`)).status, 404, 'nor anybody’s');
});

await test('the check page shows all answers and what is missing', async () => {
	const other = await begin(editor, 'meeting');
	await editor.get(other);
	is((await editor.send('name="version"')).status, 422, 'nothing is answered yet');
	has(editor.page, '3 questions need an answer');
	has(editor.page, `href="${other}/what?checked=1#f-subject"`);
	await editor.send('/drop');
	is((await editor.ask(other)).status, 404, 'deleted');
	await editor.get(draft);
	has(editor.page, 'One\nTwo');
	has(editor.page, 'Kenya');
});

let uid = '';
await test('it is sent once, and the second time is the same record', async () => {
	await editor.get(draft);
	const form = formOf(editor.page, 'name="version"');
	await editor.send('name="version"');
	uid = editor.at.split('/')[2];
	is(editor.at, `/record/${uid}`, 'where it leads');
	has(editor.page, 'We have it');
	has(editor.page, 'Reading rooms &lt;b&gt;');
	const again = await editor.ask(form.action, { method: 'POST', body: new URLSearchParams(form.fields) });
	is(again.status, 303, 'again');
	is(again.headers.get('location'), `/record/${uid}`, 'the same');
	is(sql(server, `SELECT count(*) FROM record WHERE uid = '${uid}'`), '1', 'one record');
	is((await anybody.ask(`/record/${uid}`)).status, 404, 'a draft is not public');
	is((await lead.ask(`/record/${uid}`)).status, 200, 'lead');
});

await test('moves are theirs whom the definition names, with what they need', async () => {
	is((await editor.send('/move', { move: 'show' })).status, 409, 'not from there');
	await editor.get(`/record/${uid}`);
	const form = formOf(editor.page, '/move');
	await editor.send('/move', { move: 'send' });
	has(editor.page, 'Being looked at');
	ok(!editor.page.includes('value="show"'), 'no button for it');
	is((await editor.ask(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields, move: 'show' }) })).status, 403, 'not the author’s');
	await lead.get(`/record/${uid}`);
	is((await lead.send('/move', { move: 'return' })).status, 422, 'a reason is needed');
	has(lead.page, 'href="#f-words"');
	await lead.send('/move', { move: 'return', words: 'Who chaired it?' });
	await editor.get(`/record/${uid}`);
	has(editor.page, 'Who chaired it?');
	await editor.send('/move', { move: 'send' });
	await lead.get(`/record/${uid}`);
	await lead.send('/move', { move: 'show' });
	is((await anybody.get(`/record/${uid}`)).status, 200, 'public now');
	ok(!anybody.page.includes('Who chaired it?'), 'what was said is not');
	ok(!anybody.page.includes('organiser'), 'nor who did what');
	await anybody.get('/records/meeting');
	has(anybody.page, 'Reading rooms &lt;b&gt;');
});

await test('messages reach the author, notes do not', async () => {
	await lead.get(`/record/${uid}`);
	await lead.send('/say', { said: 'Thank you for this' });
	await lead.send('/say', { said: 'Ask the council too', note: '1' });
	has(lead.page, 'Ask the council too');
	has(lead.page, 'The chain holds');
	await editor.get(`/record/${uid}`);
	has(editor.page, 'Thank you for this');
	ok(!editor.page.includes('Ask the council too'), 'no note');
	is((await anybody.ask(`/record/${uid}/say`, { method: 'POST', body: new URLSearchParams({ said: 'x' }) })).status, 403, 'not for anybody');
});

await test('the second writer sees what changed, and what only one changed stays', async () => {
	const other = await signedIn('organiser');
	await lead.get(`/record/${uid}`);
	await lead.send('/change');
	await other.get(`/record/${uid}`);
	await other.send('/change');
	const [one, two] = [lead.at, other.at];
	await lead.get(`${one}/what?checked=1`);
	await lead.send('q-subject', { 'q-subject': 'Reading rooms at night' });
	is(lead.at, one, 'back to all answers');
	await lead.send('name="version"');
	await other.get(`${two}/came?checked=1`);
	await other.send('q-result', { 'q-result': 'Three' });
	has(other.page, 'Somebody changed this meanwhile');
	has(other.page, 'Reading rooms at night');
	await other.send('name="version"');
	is(other.at, `/record/${uid}`, 'saved');
	has(other.page, 'Reading rooms at night');
	has(other.page, 'Three');
	has(other.page, 'The chain holds');
});

await test('a page that was overtaken says so before it saves', async () => {
	await lead.get(`/record/${uid}`);
	await lead.send('/change');
	const mine = lead.at;
	const other = await signedIn('organiser');
	await other.get(`/record/${uid}`);
	await other.send('/change');
	await other.get(`${other.at}/came?checked=1`);
	await other.send('q-result', { 'q-result': 'Four' });
	await other.send('name="version"');
	is((await lead.send('name="version"')).status, 409, 'status');
	is(lead.at, mine, 'still the draft');
	has(lead.page, 'Four');
});

await test('answers behind our back break the chain', async () => {
	sql(server, `UPDATE record SET body = replace(body, 'Four', 'Five') WHERE uid = '${uid}'`);
	await lead.get(`/record/${uid}`);
	has(lead.page, 'no longer fit');
});

await test('a condition brings questions on the same page, and takes their answers away', async () => {
	const at = await begin(lead, 'statement');
	await lead.send('q-title', { 'q-title': 'Let them speak', 'q-said_by': 'Us', 'q-said': day(-1), 'q-body': 'Words' });
	is(lead.at, `${at}/about`, 'second page');
	ok(!lead.page.includes('q-agreed'), 'not asked yet');
	ok(!lead.page.includes('q-source'), 'what would have to be sealed is not asked');
	await lead.send('q-names', { 'q-names': 'yes' });
	is(lead.at, `${at}/about`, 'the same page');
	has(lead.page, 'there is more to ask');
	is((await lead.send('q-agreed', { 'q-agreed': 'no' })).status, 422, 'they must agree');
	await lead.send('q-agreed', { 'q-agreed': 'yes' });
	is(lead.at, at, 'all answers');
	await lead.get(`${at}/about?checked=1`);
	await lead.send('q-names', { 'q-names': 'no' });
	await lead.send('name="version"');
	ok(!lead.page.includes('Did they agree'), 'an answer that is not asked for is dropped');
});

await test('what would have to be sealed is refused by name', async () => {
	const at = await begin(lead, 'statement');
	await lead.get(`${at}/about`);
	const form = formOf(lead.page, 'q-names');
	const answer = await lead.ask(form.action, { method: 'POST', body: new URLSearchParams({ ...form.fields,
		'q-names': 'no', 'q-source': 'A secret', 'on-source': '1' }) });
	ok(answer.status === 303, 'the page is kept');
	is(sql(server, `SELECT count(*) FROM record_draft WHERE body LIKE '%A secret%'`), '0', 'without it');
});

await test('choices that were not offered and pages without a token are refused', async () => {
	const at = await begin(lead, 'meeting');
	is((await lead.send('q-subject', { ...meeting, 'q-way': 'rocket' })).status, 400, 'a forged choice');
	await lead.get(`${at}/what`);
	const answer = await lead.send('q-subject', { ...meeting, csrf: 'x' });
	is(answer.status, 422, 'a stale token');
	has(answer.whole, 'Reading rooms &lt;b&gt;');
	is((await new Visitor(server).ask(`/record/${uid}/move`, { method: 'POST', body: new URLSearchParams({ move: 'reopen' }) })).status, 403, 'no token');
});

await test('anybody fills in a form with a secret code, and comes back with it', async () => {
	const her = new Visitor(server, { lang: 'es' });
	const at = await begin(her, 'barrier');
	has(her.page, '¿Qué tipo de obstáculo fue?');
	await her.send('q-title', { 'q-title': 'Sin rampa', 'q-kind': 'other', 'q-date_from': day(-9), later: '1' });
	is(her.at, '/me/records', 'kept');
	const code = /class="code"[^>]*>([^<]+)</.exec(her.page)[1];
	const later = new Visitor(server, { lang: 'es' });
	is((await later.ask(at)).status, 404, 'not without the code');
	await later.get('/me');
	await later.send('name="code"', { code });
	await later.get(at);
	is((await later.send('name="version"')).status, 422, 'what is the other?');
	await later.get(`${at}/what`);
	await later.send('q-other', { 'q-other': 'Escaleras' });
	await later.get(at);
	await later.send('name="version"');
	const made = later.at;
	is((await anybody.ask(made)).status, 404, 'it waits');
	await later.send('/say', { said: 'Ya hay rampa' });
	has(later.page, 'Ya hay rampa');
	const reviewer = await signedIn('moderator');
	await reviewer.get(made);
	has(reviewer.page, 'Ya hay rampa');
	await reviewer.send('/move', { move: 'show' });
	is((await new Visitor(server).ask(made)).status, 200, 'public');
	await later.get('/me/records');
	has(later.page, 'Sin rampa');
	const own = JSON.parse((await later.ask('/me/data.json')).whole).forms_sent_in;
	is(own.length, 1, 'to take away');
	is(own[0].answers.title, 'Sin rampa', 'with its answers');
});

await test('a list narrows by facets, days and words, and counts', async () => {
	const page = async (query) => (await anybody.get(`/records/recommendation?${query}`)).whole;
	const rows = (html) => (html.match(/<th scope="row">/g) ?? []).length;
	is(rows(await page('')), 8, 'all');
	has(anybody.page, '8 records');
	const kenya = /href="([^"]*f-country=SC[^"]*)"/.exec(anybody.page)[1].replace(/&amp;/g, '&');
	is(rows((await anybody.get(kenya)).whole), 2, 'one country');
	has(anybody.page, '2 records');
	is(rows(await page('f-country=SC&state=planned')), 1, 'and a stage');
	is(rows(await page('f-country=SC&state=planned&f-kind=pledge')), 0, 'and a kind');
	has(anybody.page, 'Nothing fits');
	is(rows(await page('q=wheelch')), 1, 'the beginning of a word');
	is(rows(await page('q=wheelchair&f-country=PE')), 0, 'words and a country');
	is(rows(await page('from=2024-01-01&to=2024-12-31')), 3, 'a year');
	is(rows(await page('f-office=Parliament')), 1, 'by a row of a repeat');
	is(rows(await page('f-country=%00&state=nothing&f-words=x&q=%27%22)(')), 0, 'hostile words');
	is(rows(await page('f-country=XX')), 0, 'no such country');
});

await test('a list goes on where it ended', async () => {
	for (let i = 0; i < 60; i++)
		sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
			SELECT '${String(i).padStart(16, '0')}', 'resource', max(id), 1999, ${i}, 'RES-${i}', 'shown', 'en', ${1000 * (i >> 2)}, 1, '{}', 1, 0, 0 FROM record_form WHERE name = 'resource'`);
	const seen = new Set();
	let next = '/records/resource';
	for (let pages = 0; next && pages < 4; pages++) {
		await anybody.get(next);
		for (const [, uid] of anybody.page.matchAll(/href="\/record\/(\w+)"/g)) {
			ok(!seen.has(uid), 'once');
			seen.add(uid);
		}
		next = /href="([^"]*after=[^"]*)"/.exec(anybody.page)?.[1].replace(/&amp;/g, '&');
	}
	ok(seen.size >= 60, `all of them: ${seen.size}`);
});

await test('what one may not read cannot be found by', async () => {
	const stranger = await signedIn('editor');
	is((await stranger.ask('/records/incident?q=x')).status, 200, 'staff may fill one in');
	const page = (await stranger.ask('/records/incident?state=verified')).whole;
	ok(!page.includes('scope="row"') && !page.includes('name="q"'), 'and sees none');
	const monitor = await signedIn('translator');
	await monitor.get('/records/incident');
	ok(!monitor.page.includes('f-place'), 'nothing sealed is a facet');
});

await test('the index can be made anew', async () => {
	sql(server, 'DELETE FROM record_cell; DELETE FROM record_tally');
	has(baraza(server, ['reindex']), 'records');
	is((await editor.get('/records/recommendation?f-country=PE')).whole.match(/<th scope="row">/g).length, 1, 'found again');
});

await test('a form is sent on at once, or stays what it is when something is missing', async () => {
	const at = await begin(editor, 'meeting');
	await editor.send('q-subject', meeting);
	await editor.get(at);
	has(editor.page, 'Keep it as it is');
	await editor.send('name="version"', { move: 'send' });
	has(editor.page, 'Something in the answers is still missing');
	const other = await begin(editor, 'meeting');
	await editor.send('q-subject', meeting);
	for (const row of [1, 2]) {
		await editor.get(`${other}/side/${row}`);
		await editor.send('q-name', { 'q-name': `Office ${row}`, 'q-kind': 'state' });
	}
	await editor.get(other);
	await editor.send('name="version"', { move: 'send' });
	has(editor.page, 'Being looked at');
	is(sql(server, `SELECT state FROM record WHERE uid = '${editor.at.split('/')[2]}'`), 'review', 'moved');
});

await test('whoever deletes what they wrote deletes what they began', async () => {
	const her = new Visitor(server, { lang: 'en' });
	const at = await begin(her, 'barrier');
	await her.send('q-title', { 'q-title': 'Steps', 'q-kind': 'cost', 'q-date_from': day(-2) });
	await her.get('/me/delete');
	has(her.page, 'Forms that you sent in');
	await her.send('/me/delete');
	is((await her.ask(at)).status, 404, 'gone');
});

await test('the caretaker sees who may what, gives roles and takes them away', async () => {
	const admin = await signedIn('admin');
	const guest = await signedIn('responder');
	is((await lead.ask('/site/forms')).status, 403, 'the caretaker alone');
	await admin.get('/site/forms');
	has(admin.page, 'href="/site/forms/incident"');
	await admin.get('/site/forms/incident');
	has(admin.page, 'Must be locked');
	is((await guest.ask('/records/incident')).whole.includes('Narrow the list'), false, 'not theirs');
	const account = sql(server, `SELECT id FROM account WHERE name = 'responder'`);
	is((await admin.send('/give', { account, role: 'staff' })).status, 400, 'nobody is made staff here');
	await admin.get('/site/forms/incident');
	is((await admin.send('/give', { account: '999999', role: 'lead' })).status, 400, 'no such person');
	await admin.get('/site/forms/incident');
	await admin.send('/give', { account, role: 'lead' });
	has(admin.page, 'responder');
	const uid = sql(server, `SELECT uid FROM record WHERE name = 'meeting' AND state = 'review' LIMIT 1`);
	is((await guest.ask(`/record/${uid}`)).status, 404, 'of that form alone');
	is((await guest.ask('/records/incident')).status, 200, 'theirs now');
	const mark = new RegExp(`action="/site/forms/incident/take">[^]*?name="account" value="${account}"`);
	has(admin.page, mark);
	const form = formOf(admin.page, `name="account" value="${account}"`);
	is((await lead.ask(form.action, { method: 'POST', body: new URLSearchParams(form.fields) })).status, 403, 'not for others');
	await admin.send(`name="account" value="${account}"`);
	is(sql(server, `SELECT count(*) FROM record_grant WHERE name = 'incident' AND account = ${account}`), '0', 'taken away');
	await admin.get('/site/audit');
	has(admin.page, 'Role in a form given');
});

await server.stop();
done();
