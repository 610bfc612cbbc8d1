#!/usr/bin/env node
// A filter is kept under a name, for oneself or for all who work with the list; and one step is taken with
// several records, each checked as if it were alone.
import { Visitor, baraza, formOf, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const lead = await signIn(server, 'organiser');
const reviewer = await signIn(server, 'moderator');
const stranger = await signIn(server, 'editor');
const anybody = new Visitor(server, { lang: 'en' });
const form = sql(server, `SELECT max(id) FROM record_form WHERE name = 'barrier'`);
const account = (name) => sql(server, `SELECT id FROM account WHERE name = '${name}'`);
let number = 0;
function put(name, state, body, ord = 4e9 + number) {
	const uid = `b${String(++number).padStart(15, '0')}`;
	sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, account, lang, ord, version, body, is_sample, created_at, changed_at)
		SELECT '${uid}', '${name}', max(id), 1997, ${number}, 'BLK-${number}', '${state}', NULL, 'en', ${ord}, 1, '${JSON.stringify(body)}', 0, 0, 0 FROM record_form WHERE name = '${name}'`);
	return uid;
}
const state = (uid) => sql(server, `SELECT state FROM record WHERE uid = '${uid}'`);
const states = sql(server, `SELECT source FROM record_form WHERE id = ${form}`);
const first = /\| states \|\n.*\n\|  \| (\w+)/.exec(states)[1];
const body = { title: 'No lift', kind: 'building', date_from: '2026-01-02' };

await test('a filter is saved by its name and found as a tab', async () => {
	await reviewer.get('/records/recommendation?f-country=SC&q=hearing');
	has(reviewer.page, 'Save this view');
	await reviewer.send('/views', { title: 'Hearings <in> SC' });
	has(reviewer.page, 'Hearings &lt;in&gt; SC');
	has(reviewer.page, '/records/recommendation?q=hearing&amp;f-country=SC" aria-current="page"');
	ok(!reviewer.page.includes('Save this view'), 'it is one already');
	await lead.get('/records/recommendation');
	ok(!lead.page.includes('Hearings'), 'their own');
	await reviewer.get('/records/recommendation?f-country=SN');
	await reviewer.send('/views', { title: 'Senegal', shared: '1' });
	await lead.get('/records/recommendation');
	has(lead.page, '>Senegal</a>');
	ok(!(await anybody.get('/records/recommendation')).whole.includes('>Senegal</a>'), 'not for visitors');
	await lead.get('/records/recommendation?f-country=SN');
	ok(!lead.page.includes('Delete this view'), 'not theirs to delete');
	const id = sql(server, `SELECT id FROM record_view WHERE title = 'Senegal'`);
	const csrf = /name="csrf" value="([^"]+)"/.exec(lead.page)[1];
	await lead.ask('/records/recommendation/views/drop', { method: 'POST', body: new URLSearchParams({ csrf, id }) });
	is(sql(server, 'SELECT count(*) FROM record_view'), '2', 'nor by force');
	await reviewer.get('/records/recommendation?f-country=SN');
	await reviewer.send('/views/drop');
	is(sql(server, 'SELECT count(*) FROM record_view'), '1', 'its maker does');
	await reviewer.get('/records/recommendation?f-country=PE');
	await reviewer.send('/views', { title: '  ' });
	is(sql(server, 'SELECT count(*) FROM record_view'), '1', 'a name is needed');
});

const one = put('barrier', first, body), two = put('barrier', first, body), bad = put('barrier', first, {});
await test('steps with several are for those who have them', async () => {
	await reviewer.get('/records/barrier');
	has(reviewer.page, `name="k-${one}"`);
	has(reviewer.page, 'Tick all on this page');
	ok(!(await anybody.get('/records/barrier')).whole.includes('name="k-'), 'not for visitors');
	ok(!(await stranger.get('/records/barrier')).whole.includes('name="k-'), 'nor staff without a role');
	is((await reviewer.get('/records/barrier?all=1')).whole.match(/name="k-\w+" value="1" checked/g).length > 2, true, 'all ticked');
});

await test('what would happen is shown, then done, and told', async () => {
	await reviewer.get('/records/barrier');
	const page = reviewer.page, at = reviewer.at;
	is((await reviewer.send('/moves', { move: 'show' })).status, 422, 'nothing ticked');
	reviewer.page = page;
	reviewer.at = at;
	const shown = sql(server, `SELECT uid FROM record WHERE name = 'barrier' AND state = 'shown' LIMIT 1`);
	const answer = await reviewer.send('/moves', { move: 'show', [`k-${one}`]: '1', [`k-${two}`]: '1', [`k-${shown}`]: '1' });
	is(answer.status, 200, 'shown');
	is(state(one), first, 'nothing happened');
	has(reviewer.page, 'Takes the step');
	has(reviewer.page, 'Not from its stage');
	has(reviewer.page, 'Do it with 2 records');
	await reviewer.send('name="sure"');
	has(reviewer.page, 'Took the step');
	is(state(one), 'shown', 'one');
	is(state(two), 'shown', 'two');
	is(state(bad), first, 'not ticked');
	is(sql(server, `SELECT count(*) FROM record_entry e JOIN record r ON r.id = e.record WHERE r.uid IN ('${one}', '${two}')`), '2', 'a line in each chain');
});

await test('a reason is asked for once, and each is checked alone', async () => {
	const a = put('incident', 'review', { title: 'A' }), b = put('incident', 'review', { title: 'B' }), own = put('incident', 'draft', { title: 'C' });
	await reviewer.get('/records/incident');
	await reviewer.send('/moves', { move: 'reject', [`k-${a}`]: '1', [`k-${b}`]: '1', [`k-${own}`]: '1' });
	has(reviewer.page, 'Do it with 2 records');
	is((await reviewer.send('name="sure"')).status, 422, 'a reason');
	is(state(a), 'review', 'not yet');
	await reviewer.send('name="sure"', { words: 'Not enough is known' });
	is(state(a), 'rejected', 'one');
	is(state(own), 'draft', 'the other stays');
	is(sql(server, `SELECT count(*) FROM record_entry WHERE words = 'Not enough is known'`), '2', 'said in each');
	const c = put('incident', 'review', { title: 'D', source: [{ saw: 'other', trust: 'high', apart: 'yes' }, { saw: 'witness', trust: 'high', apart: 'yes' }] }), d = put('incident', 'review', { title: 'E' });
	await reviewer.get('/records/incident');
	await reviewer.send('/moves', { move: 'verify', [`k-${c}`]: '1', [`k-${d}`]: '1' });

	has(reviewer.page, 'You agree first');
	has(reviewer.page, 'Something is missing');
	await reviewer.send('name="sure"');
	has(reviewer.page, 'Waits for a second person');
	is(state(c), 'review', 'it waits');
});

await test('who may not read learns nothing, who may not move does nothing', async () => {
	const hidden = put('incident', 'review', { title: 'Secret' });
	await reviewer.get('/records/incident');
	const csrf = /action="\/records\/incident\/moves">\s*<input[^>]*value="([^"]+)"/.exec(reviewer.page)?.[1] ?? /name="csrf" value="([^"]+)"/.exec(reviewer.page)[1];
	await stranger.get('/records');
	const theirs = /name="csrf" value="([^"]+)"/.exec(stranger.page)[1];
	const answer = await stranger.ask('/records/incident/moves', { method: 'POST', body: new URLSearchParams({ csrf: theirs, move: 'reject', words: 'x', sure: '1', [`k-${hidden}`]: '1' }) });
	ok(!answer.whole.includes('Secret'), 'no title');
	is(state(hidden), 'review', 'and no step');
	is((await reviewer.ask('/records/incident/moves', { method: 'POST', body: new URLSearchParams({ csrf, move: 'fly', [`k-${hidden}`]: '1' }) })).status, 400, 'no such step');
	is((await anybody.ask('/records/incident/moves?move=reject&ends=m1.')).status, 303, 'nobody');
	ok(!(await stranger.get('/records/incident/moves?move=reject&ends=m1.m2.x.m99999999.')).whole.includes('Secret'), 'nor from the address');
	is(account('editor') > 0, true, 'there is one');
});

const many = [];
await test('one step with all that a filter shows, on all pages: counted first, then done', async () => {
	const one = { title: 'Many', kind: 'visa', date_from: '2026-01-02' }, at = Date.UTC(2026, 0, 2) / 1000; // the day that orders them
	for (let i = 0; i < 60; i++) many.push(put('barrier', first, one, at));
	const odd = put('barrier', 'shown', one, at);
	baraza(server, ['reindex']);
	await new Promise((r) => setTimeout(r, 200)); // to hear that the house has closed what stood idle meanwhile
	await reviewer.get('/records/barrier?f-kind=visa');
	const all = /href="(\/records\/barrier\/moves\/all\?[^"]+)"/.exec(reviewer.page)[1].replaceAll('&amp;', '&');
	ok(all.includes('f-kind=visa'), 'the filter goes along');
	await reviewer.get(all);
	has(reviewer.page, 'A step with all that this list shows');
	const n = sql(server, "SELECT count(*) FROM record WHERE name = 'barrier' AND body LIKE '%visa%'");
	has(reviewer.page, `${n} records`);
	await reviewer.send('/moves/all', { move: 'show' });
	ok(/<dt>Takes the step<\/dt><dd>6\d<\/dd>/.test(reviewer.page), 'how many can');
	ok(/<dt>Not from its stage[^<]*<\/dt><dd>\d<\/dd>/.test(reviewer.page), 'how many cannot');
	has(reviewer.page, `/record/${odd}`, 'and which');
	is(state(many[0]), first, 'nothing happened');
	is((await reviewer.send('name="sure"', { whole: '1' })).status, 422, 'all or nothing');
	has(reviewer.page, 'Some of them cannot, so nothing happened');
	is(state(many[59]), first, 'nothing');
	const form = formOf(reviewer.page, 'name="sure"');
	delete form.fields.whole;
	is((await reviewer.get(form.action, { method: 'POST', body: new URLSearchParams(form.fields) })).status, 200, 'those that can');
	ok(/<dt>Took the step<\/dt><dd>6\d<\/dd>/.test(reviewer.page), 'told');
	is(sql(server, `SELECT count(*) FROM record WHERE uid IN ('${many.join("','")}') AND state = 'shown'`), '60', 'on all pages');
	is(sql(server, `SELECT count(*) FROM record_entry e JOIN record r ON r.id = e.record WHERE r.uid = '${many[59]}'`), '1', 'a line in the chain');
});

await test('all or nothing does all; who has no such step, or no such list, does nothing', async () => {
	await reviewer.get('/records/barrier/moves/all?f-kind=visa&state=shown');
	await reviewer.send('/moves/all', { move: 'solve' });
	ok(/name="words"/.test(reviewer.page), 'a reason can be given');
	const answer = await reviewer.send('name="sure"', { whole: '1', words: 'All of them' });
	is(answer.status, 200, 'done');
	is(sql(server, `SELECT count(*) FROM record WHERE uid IN ('${many.join("','")}') AND state = 'shown'`), '0', 'all of them moved');
	is((await stranger.ask('/records/barrier/moves/all')).status, 403, 'staff without a role');
	is((await anybody.ask('/records/barrier/moves/all')).status, 303, 'nobody');
	is((await reviewer.ask('/records/nothing/moves/all')).status, 404, 'no such form');
	is((await reviewer.ask('/records/barrier/moves/all?moved=5&move=fly')).status, 404, 'no such step');
	const csrf = /name="csrf" value="([^"]+)"/.exec((await stranger.get('/records')).whole)?.[1] ?? '';
	ok([400, 403].includes((await stranger.ask('/records/barrier/moves/all', { method: 'POST', body: new URLSearchParams({ csrf, move: 'show', sure: '1' }) })).status), 'nor by force');
});

await server.stop();
done();
