#!/usr/bin/env node
// The sheets of a case: risk, plan, check-ins, what was found out; and the clock that follows them.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const { v: author, code } = await report(server, 'west', { what: 'A kingfisher was seen.' });
const ben = await signIn(server, 'Ben', secrets);
const cy = await signIn(server, 'Cy', secrets);
const eva = await signIn(server, 'Eva', secrets);
await ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const one = (what) => Number(sql(server, `SELECT ${what} FROM protect_case LIMIT 1`));
const hour = () => Math.ceil(Date.now() / 3600000);
const day = (n) => new Date(Date.now() + n * 86400000).toISOString().slice(0, 10);
const words = ['lapwing', 'dunlin', 'godwit', 'whimbrel', 'plover', 'turnstone', 'sanderling', 'curlew'];

await test('a risk is a square of five by five, and the clock follows it', async () => {
	await ben.get(`${at}/risk`);
	is((await ben.send('/risk"', { threats: 'lapwing' })).status, 422, 'no square');
	has(ben.page, 'Choose one square', 'told');
	has(ben.page, 'lapwing', 'what was typed is kept');
	await ben.get(`${at}/risk`);
	is((await ben.send('/risk"', { threats: 'x', risk: '16' })).status, 422, 'no such square');
	await ben.get(`${at}/risk`);
	is((await ben.send('/risk"', { threats: '', risk: '11' })).status, 422, 'nothing threatens');
	const calm = one('due_hour');
	await ben.get(`${at}/risk`);
	await ben.send('/risk"', { threats: words[0], exposure: words[1], capacity: words[2], lens: '0', lens_how: 'like\nthis', risk: '43', reader: 'Cy', review: day(2) });
	has(ben.page, 'High risk', 'high');
	has(ben.page, 'like\nthis', 'lines are kept');
	is(one('pace'), 2, 'a day');
	ok(one('due_hour') <= hour() + 24 && one('due_hour') < calm, 'due within a day');
	await ben.get(`${at}/risk`);
	has(ben.page, words[1], 'the form begins with what holds');
	await ben.send('/risk"', { risk: '55' });
	is(one('pace'), 1, 'critical');
	ok(one('due_hour') <= hour() + 3, 'due in two hours');
	has((await cy.get('/cases')).whole, 'Critical risk', 'in the list of the other');
	has((await cy.get(at)).whole, 'Critical risk', 'on the case');
	has((await cy.get(`${at}/risk`)).whole, 'High risk', 'what held before is there');
});

await test('a plan has steps that move on; late ones are marked and are a deadline', async () => {
	await ben.get(`${at}/plan`);
	is((await ben.send('/plan"', { what: '' })).status, 422, 'nothing');
	await ben.get(`${at}/plan`);
	await ben.send('/plan"', { what: words[3], who: words[4], by: day(-2), state: '1' });
	has(ben.page, 'Late', 'late');
	ok(one('next_hour') > 0 && one('next_hour') <= hour(), 'a deadline that has passed');
	await ben.send('/plan/state"', { state: '4' });
	has(ben.page, 'Done', 'done');
	ok(!ben.page.includes('class="tag danger">Late'), 'late no more');
	ok(one('next_hour') > hour(), 'the next deadline is the review of the risk');
	is((await post(ben, `${at}/plan/state`, { entry: 'AAAAAAAAAAAAAAAAAAAAAA', state: '2' })).status, 404, 'another sheet');
	is((await post(ben, `${at}/plan/state`, { entry: 'x', state: '9' })).status, 400, 'no such state');
	is((await post(ben, `${at}/risk/state`, { entry: 'x', state: '1' })).status, 400, 'a risk has no state');
});

await test('a check-in that passes without a sign is an alarm', async () => {
	await ben.get(`${at}/checkin`);
	is((await ben.send('/checkin"', { when: 'tomorrow' })).status, 422, 'no day');
	await ben.get(`${at}/checkin`);
	await ben.send('/checkin"', { when: day(-1), how: words[5], what: words[6] });
	has(ben.page, 'class="tag danger">Late', 'alarm');
	has((await cy.get('/cases')).whole, 'Was due by', 'in the list');
	await ben.send('/checkin/state"', { state: '2' });
	ok(!ben.page.includes('class="tag danger">Late'), 'they are well');
});

await test('what was found out and made good is kept', async () => {
	await ben.get(`${at}/remedy`);
	is((await ben.send('/remedy"', { step: '9', what: 'x' })).status, 422, 'no such kind');
	await ben.get(`${at}/remedy`);
	await ben.send('/remedy"', { step: '6', what: words[7], who: 'Ben', by: '', state: '3' });
	has(ben.page, 'What was found', 'kind');
	has(ben.page, words[7], 'words');
});

await test('no word of it lies open, nobody else reads or writes it, and it is in six languages', async () => {
	const dump = sql(server, 'SELECT * FROM protect_object') + sql(server, 'SELECT * FROM protect_case') + server.log;
	for (const w of words) ok(!dump.includes(w), w);
	const page = (await comeBack(server, code)).page;
	for (const w of words) ok(!page.includes(w), `${w} for the reporter`);
	await eva.get('/account');
	for (const tool of ['risk', 'plan', 'checkin', 'remedy']) {
		is((await eva.ask(`${at}/${tool}`)).status, 404, `${tool}: not another account`);
		is((await post(eva, `${at}/${tool}`, { what: 'x', threats: 'x', risk: '11', when: day(1), step: '1' })).status, 404, `${tool}: nor by a form`);
		is((await new Visitor(server).ask(`${at}/${tool}`)).status, 303, `${tool}: nobody`);
		for (const lang of LANGS) ok(!(await ben.ask(`/${lang}${at}/${tool}`)).whole.includes('protect.'), `${tool} ${lang}`);
	}
	const [[id]] = [[sql(server, `SELECT ${pg ? "encode(id, 'hex')" : 'lower(hex(id))'} FROM protect_object WHERE field = 'remedy'`)]];
	sql(server, `UPDATE protect_object SET field = 'plan' WHERE id = ${pg ? `'\\x${id}'::bytea` : `x'${id}'`}`);
	has((await ben.get(`/en${at}/plan`)).whole, 'This text was changed by someone', 'a sheet in another place does not open');
	sql(server, `UPDATE protect_object SET field = 'remedy' WHERE id = ${pg ? `'\\x${id}'::bytea` : `x'${id}'`}`);
});

await test('promises are counted, kept or not; what is late is handed to another', async () => {
	const promise = (kind, column) => Number(sql(server, `SELECT coalesce(sum(${column}), 0) FROM protect_promise WHERE kind = ${kind}`));
	await ben.get(at);
	await ben.send('/say"', { text: 'We read it.' });
	is(promise(1, 'kept'), 1, 'the first reply in time');
	ok(one('due_hour') > hour() + 24 * 29, 'news within 30 days');
	await ben.send('/say"', { text: 'And more.' });
	is(promise(1, 'kept') + promise(2, 'kept'), 1, 'who writes twice keeps one promise');
	await author.send('action="/r/case"', { text: 'They came again.' });
	ok(one('due_hour') <= hour() + 3, 'critical: a reply in two hours');
	await ben.get(at);
	await ben.send('/take"');
	sql(server, `UPDATE protect_case SET due_hour = ${hour() - 2}`);
	const cys = sql(server, "SELECT id FROM account WHERE name = 'Cy'");
	for (let i = 0; i < 150 && sql(server, 'SELECT taken_by FROM protect_case') !== cys; i++) await new Promise((r) => setTimeout(r, 500));
	is(sql(server, 'SELECT taken_by FROM protect_case'), cys, 'another is asked');
	is(sql(server, 'SELECT count(*) FROM audit_case WHERE what = 14'), '1', 'once');
	await ben.get(at);
	await ben.send('/say"', { text: 'We are late.' });
	is(promise(2, 'late'), 1, 'late');
	await ben.get(at);
	await ben.send('/close"');
	is(promise(3, 'kept'), 1, 'closed in time');
	await ben.get(`${at}/plan`);
	ok(!ben.page.includes(`action="${at}/plan"`) && ben.page.includes(words[3]), 'a closed case takes nothing');
	await ben.get('/cases?show=closed');
	has(ben.page, 'A kingfisher', 'in the list of closed ones');
	await post(ben, `${at}/plan`, { what: 'x', state: 1 });
	is(sql(server, "SELECT count(*) FROM protect_object WHERE field = 'plan'"), '2', 'nor by a form');
});

await test('an office has hours, and how promises are kept is public, but not of few', async () => {
	const office = /href="(\/site\/channels\/\d+)"/.exec((await admin.get('/site/channels')).whole)[1];
	await admin.get(office);
	is((await admin.send('/office"', { opens: '9', closes: '9' })).status, 422, 'no hours');
	is((await admin.send('/office"', { opens: '9', closes: '17', money: 'eu' })).status, 422, 'no money');
	await admin.get(office);
	await admin.send('/office"', { opens: '9', closes: '17', money: 'CHF', ceiling: '4000', keep_days: '90' });
	is(sql(server, 'SELECT opens, closes, days, keep_days, ceiling, money FROM protect_channel'), '9|17|64|90|4000|CHF', 'kept');
	is((await post(ben, `${office}/office`, { opens: 1, closes: 2, keep_days: 30, ceiling: 1, money: 'EUR' })).status, 403, 'not by others');
	const page = (await new Visitor(server, { lang: 'en' }).get('/r/promises')).whole;
	has(page, 'Too few to show', 'few');
	sql(server, 'UPDATE protect_promise SET kept = 7 WHERE kind = 1');
	const shown = (await new Visitor(server, { lang: 'en' }).get('/r/promises')).whole;
	has(shown.slice(shown.indexOf('<tbody>')), '<bdi>100%</bdi> of 7', 'shown');
	has((await new Visitor(server, { lang: 'en' }).get('/r')).whole, '/r/promises', 'found');
});

await server.stop();
done();
