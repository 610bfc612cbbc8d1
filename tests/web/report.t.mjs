#!/usr/bin/env node
// A report from its first question to the handler's reply, without script; and who does not get in.
import { LANGS, Visitor, serve, sql } from './lib.mjs';
import { PASSWORD, comeBack, fill, makeReady, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
const refuses = async (v, to) => ok([403, 404].includes((await v.ask(to)).status), `${to} is refused`);

await test('nobody receives before somebody is there who can', async () => {
	has((await new Visitor(server, { lang: 'en' }).get('/r')).whole, 'Nobody receives reports', 'said so');
	await admin.get('/site/channels');
	is((await admin.send('action="/site/channels"', { slug: 'open', name: 'x', about: 'y' })).status, 422, 'a word that is taken');
	await admin.send('action="/site/channels"', { slug: 'west', name: 'Focal points', about: 'Two people read here.' });
	const at = admin.at;
	is((await admin.ask(`${at}/open`, { method: 'POST', body: new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec(admin.page)[1] }) })).status, 403, 'not with nobody');
	is((await admin.send('/add"', { person: 'Zoe', role: 2 })).status, 422, 'nobody of that name');
	await makeReady(server, 'Ben', 'none', secrets);
	await admin.get(at);
	await admin.send('/add"', { person: 'Ben', role: 2 });
	ok(!admin.page.includes('/open"'), 'one is not enough');
	await makeReady(server, 'Cy', 'none', secrets);
	await makeReady(server, 'Dee', 'none', secrets);
	await admin.get(at);
	await admin.send('/add"', { person: 'Cy', role: 2 });
	is((await admin.send('/add"', { person: 'Cy', role: 3 })).status, 422, 'not both');
	ok(!admin.page.includes('/open"'), 'no custodian');
	await admin.get(at);
	await admin.send('/add"', { person: 'Dee', role: 3 });
	is((await new Visitor(server).get('/r/west')).status, 503, 'shut');
	await admin.send('/open"');
	has(admin.page, '/r/west', 'open');
	has((await new Visitor(server, { lang: 'en' }).get('/')).whole, 'href="/r"', 'the way there');
});

await test('the page before the start says what is safe, in six languages', async () => {
	for (const lang of LANGS) {
		const page = (await new Visitor(server, { lang }).get('/r/west')).whole;
		has(page, `lang="${lang === 'zh' ? 'zh' : lang}`, lang);
		has(page, 'class="leave" href="/leave"', lang);
		has(page, '/r/west/report', lang);
		ok(!page.includes('class="logo"'), 'nothing of the house');
	}
});

await test('leaving closes everything and goes elsewhere', async () => {
	const answer = await new Visitor(server, { lang: 'ar' }).ask('/leave');
	is(answer.status, 303, 'status');
	has(answer.headers.get('location'), 'https://ar.', 'elsewhere');
	has(answer.headers.get('clear-site-data'), '"cookies"', 'forgets');
	is(answer.headers.get('cache-control'), 'no-store', 'kept nowhere');
});

await test('a report counts when its code was typed again', async () => {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/r/west/report');
	is((await v.send('/report"', {})).status, 422, 'no kind chosen');
	await fill(server, 'west', {}, { v });
	is((await v.get('/r/code')).status, 200);
	is(v.at, '/r/check', 'nothing written');
	has(v.page, 'Write something', 'told');
	await v.get('/r/west/report');
	has(v.page, 'You began a report', 'it is still there');
	await fill(server, 'west', { what: 'They came at night.\nTwice.', contact: 'Amina' }, { v });
	await v.get('/r/code');
	is((await v.send('action="/r/code"', { code: '0000 0000 0000 0000 0000' })).status, 422, 'another code');
	is(sql(server, 'SELECT count(*) FROM protect_case'), '0', 'not yet');
	const draft = v.jar.get('d');
	await v.get('/r/code');
	const form = /name="csrf" value="([^"]+)"/.exec(v.page)[1];
	const code = /<p class="code">([^<]+)</.exec(v.page)[1];
	await v.send('action="/r/code"', { code });
	is(v.at, '/r/case');
	is(sql(server, 'SELECT count(*) FROM protect_case'), '1', 'now');
	is(sql(server, 'SELECT count(*) FROM protect_draft'), '0', 'the draft is gone');
	const twice = await v.ask('/r/code', { method: 'POST', body: new URLSearchParams({ csrf: form, code }), headers: { cookie: `v=${v.jar.get('v')}; d=${draft}` } });
	is(twice.status, 303, 'the same form twice');
	is(sql(server, 'SELECT count(*) FROM protect_case'), '1', 'makes nothing');
	server.code = code;
});

await test('handlers read it, take it and reply; the reporter reads the reply and writes back', async () => {
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	has(ben.page, 'They came at night.', 'in the list');
	ok(!ben.page.includes('Amina'), 'not the name');
	const at = /href="(\/cases\/[^"]+)"/.exec(ben.page)[1];
	await ben.get(at);
	has(ben.page, 'Twice.', 'the report');
	ok(!ben.page.includes('Amina'), 'not the name');
	await ben.send('/take"');
	has(ben.page, 'Being handled', 'taken');
	is((await ben.send('/say"', { text: '' })).status, 422, 'nothing to say');
	await ben.send('/say"', { text: 'Thank you for telling us. <b>' });
	has(ben.page, 'Thank you for telling us. &lt;b&gt;', 'said');
	await ben.send('/say"', { text: 'call the hotel', note: '1' });
	has(ben.page, 'call the hotel', 'noted');
	const v = await comeBack(server, server.code.replaceAll(' ', '').toLowerCase());
	is(v.at, '/r/case');
	has(v.page, 'Thank you for telling us. &lt;b&gt;', 'the reply');
	ok(!v.page.includes('call the hotel') && !v.page.includes('Ben'), 'no notes, no names');
	await v.send('action="/r/case"', { text: 'The second one.' });
	has(v.page, 'The second one.', 'said');
	await v.send('action="/r/close"');
	v.jar.set('x', '1');
	has((await v.get('/r/case')).whole, 'Nothing is open', 'closed');
	await ben.get(at);
	has(ben.page, 'The second one.', 'read');
	const cy = await signIn(server, 'Cy', secrets);
	has((await cy.get(at)).whole, 'The second one.', 'the other handler, too');
	server.at = at;
});

await test('the name opens for its custodian alone, for a reason that the reporter reads', async () => {
	const dee = await signIn(server, 'Dee', secrets);
	await dee.get('/cases');
	const at = /href="(\/names\/[^"]+)"/.exec(dee.page)[1];
	await dee.get(at);
	has(dee.page, 'has not said yes', 'not before the reporter agrees');
	ok(!dee.page.includes('Amina') && !dee.page.includes('action="/names/'), 'nothing to press');
	const forged = new URLSearchParams({ csrf: /name="csrf" value="([^"]+)"/.exec((await dee.get('/account/second-step')).whole)[1], reason: 'I want to know.' });
	is((await dee.ask(at, { method: 'POST', body: forged })).status, 403, 'nor by a form of one’s own');
	const asker = await signIn(server, 'Ben', secrets);
	await asker.get(server.at);
	is((await asker.send('/ask-name"', { why: '' })).status, 422, 'no reason');
	await asker.send('/ask-name"', { why: 'A lawyer can only act for a person with a name.' });
	has(asker.page, 'No answer yet', 'asked');
	const asked = await comeBack(server, server.code);
	has(asked.page, 'A lawyer can only act', 'the reporter reads why');
	await asked.send('action="/r/name"', { no: '1' });
	has(asked.page, 'It stays shut', 'no');
	has((await dee.get(at)).whole, 'has not said yes', 'a no is a no');
	await asker.get(server.at);
	has(asker.page, 'The reporter said no', 'told');
	await asker.send('/ask-name"', { why: 'A judge will ask for it.' });
	await asked.get('/r/case');
	await asked.send('action="/r/name"', { yes: '1' });
	has((await asker.get(server.at)).whole, 'The reporter said yes', 'told');
	await dee.get(at);
	has(dee.page, 'A judge will ask for it.', 'what was agreed to');
	ok(!dee.page.includes('Amina'), 'not without a reason');
	is((await dee.send('action="/names/', { reason: '' })).status, 422, 'no reason');
	await dee.send('action="/names/', { reason: 'A judge needs a name.' });
	has(dee.page, 'Amina', 'opened');
	ok(!dee.page.includes('They came'), 'not the report');
	const v = await comeBack(server, server.code);
	has(v.page, 'A judge needs a name.', 'the reporter reads why');
	const ben = await signIn(server, 'Ben', secrets);
	await refuses(ben, at);
	await refuses(admin, at);
	sql(server, 'UPDATE protect_object SET on_day = on_day - 1');
	ok(!(await dee.get(at)).whole.includes('Amina'), 'another day wants another reason');
	sql(server, 'UPDATE protect_object SET on_day = on_day + 1');
	sql(server, "UPDATE protect_object SET field = 'opened by custodian' WHERE field = 'contact'");
	ok(!(await dee.get(at)).whole.includes('Amina'), 'a name is no reason');
	sql(server, "UPDATE protect_object SET field = 'contact' WHERE field = 'opened by custodian' AND account = 0");
	await v.send('action="/r/name"', { no: '1' });
	has((await dee.get(at)).whole, 'has not said yes', 'taken back');
});

await test('a case is closed and opened again', async () => {
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get(server.at);
	await ben.send('/close"');
	has(ben.page, 'Closed', 'closed');
	ok(!ben.page.includes('/say"'), 'nothing more to say');
	ok(!(await ben.get('/cases')).whole.includes('They came'), 'not in the list');
	has((await ben.get('/cases?closed')).whole, 'They came', 'in the other');
	has((await comeBack(server, server.code)).page, 'The case is closed', 'the reporter sees it');
	await ben.get(server.at);
	await ben.send('/take"');
	has(ben.page, 'Being handled', 'open again');
});

await test('nobody else gets in', async () => {
	await refuses(admin, server.at);
	ok(!(await admin.get('/cases')).whole.includes('They came'), 'not the administrator');
	const dee = await signIn(server, 'Dee', secrets);
	ok(!(await dee.get('/cases')).whole.includes('They came'), 'not the custodian');
	await refuses(dee, server.at);
	is((await new Visitor(server).ask(server.at)).status, 303, 'not a stranger');
	await refuses(await signIn(server, 'Ben', secrets), '/cases/AAAAAAAAAAAAAAAAAAAAAA');
});

await test('without a second step there is no desk', async () => {
	sql(server, "UPDATE account SET second_step = NULL WHERE name = 'Cy'");
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name: 'Cy', password: PASSWORD });
	await v.get('/cases');
	is(v.at, '/account/second-step');
	is((await new Visitor(server).get('/r/west')).status, 503, 'and the channel takes no reports: one handler is too few');
});

await test('a code that is none weighs as much as one that is', async () => {
	const talker = await comeBack(server, server.code);
	for (let i = 0; i < 3; i++) await talker.send('action="/r/case"', { text: 'much to say '.repeat(400) });
	ok(talker.page.replace(/ +$/, '').length > 20000, 'a long talk');
	const right = await comeBack(server, server.code);
	const wrong = await comeBack(server, '0000 0000 0000 0000 0001');
	is(wrong.at, right.at, 'the same way');
	has(wrong.page, 'Nothing is open', 'told');
	is(Buffer.byteLength(wrong.page), Buffer.byteLength(right.page), 'bytes');
	is([...wrong.jar.keys()].join(), [...right.jar.keys()].join(), 'cookies');
});

await server.stop();
done();
