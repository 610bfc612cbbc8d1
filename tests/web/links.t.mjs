#!/usr/bin/env node
// Cases that belong together: said in both, each under its own keys, and nothing of one told to who reads only the other.
import { LANGS, serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Fay', 'Gil', 'Hal']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await makeChannel(admin, 'east', ['Fay', 'Gil', 'Ben'], ['Hal']);
const idOf = Object.fromEntries(sql(server, 'SELECT name, id FROM account').split('\n').map((l) => l.split('|')));
const { code } = await report(server, 'west', { what: 'A kingfisher was seen.' });
const { code: second, v: otterAuthor } = await report(server, 'east', { what: 'An otter was seen.' });
await report(server, 'east', { what: 'A heron was seen.' });
const v = {};
for (const name of ['Ben', 'Cy', 'Fay', 'Gil']) v[name] = await signIn(server, name, secrets);
await v.Ben.get('/cases');
const at = Object.fromEntries([...v.Ben.page.matchAll(/href="(\/cases\/[A-Za-z0-9_-]{22})">An? (\w+)/g)].map(([, to, bird]) => [bird, to]));
const id = (bird) => at[bird].split('/').pop();
const csrf = (who) => /name="csrf" value="([^"]+)"/.exec(who.page)[1];
const post = (who, to, fields) => who.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(who), ...fields }) });
const blob = (bird) => (pg ? `'\\x${Buffer.from(id(bird), 'base64url').toString('hex')}'::bytea` : `x'${Buffer.from(id(bird), 'base64url').toString('hex')}'`);
const notes = (bird) => Number(sql(server, `SELECT count(*) FROM protect_object WHERE of = ${blob(bird)} AND field = 'note'`));
const lines = (what) => Number(sql(server, `SELECT count(*) FROM audit_case WHERE what = ${what}`));
const links = (bird) => `${at[bird]}/links`;
const CLOSED = 'A case that you cannot open';

await test('only two cases that somebody handles both are tied, and what was typed is kept', async () => {
	await v.Ben.get(links('kingfisher'));
	has(v.Ben.page, 'No other case is linked', 'none');
	has(v.Ben.page, 'An otter was seen.', 'can be chosen');
	ok(!v.Ben.page.includes('>A kingfisher'), 'not to itself');
	for (const wrong of ['', id('kingfisher'), 'AAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(22)]) {
		await v.Ben.get(links('kingfisher'));
		is((await v.Ben.send('/links"', { case: wrong, relation: 3, note: 'lapwing' })).status, 422, `not ${wrong}`);
		has(v.Ben.page, 'Choose another of your cases', 'told');
		has(v.Ben.page, 'lapwing', 'kept');
	}
	for (const relation of ['0', '6', 'x']) is((await post(v.Ben, links('kingfisher'), { case: id('otter'), relation })).status, 422, `no relation ${relation}`);
	await v.Cy.get(links('kingfisher'));
	ok(!v.Cy.page.includes('otter'), 'nothing of what Cy does not handle');
	is((await post(v.Cy, links('kingfisher'), { case: id('otter'), relation: 1 })).status, 422, 'nor by its number');
	has(v.Cy.page, 'No other case is linked', 'still none');
	is((await v.Cy.ask(links('otter'))).status, 404, 'nor its page');
	is((await post(v.Cy, links('otter'), { case: id('kingfisher'), relation: 1 })).status, 404, 'nor from there');
	is(notes('kingfisher') + notes('otter'), 0, 'nothing is kept');
});

await test('a tie stands in both, each with its own note, and only who handles both reads titles', async () => {
	await v.Ben.get(links('kingfisher'));
	await v.Ben.send('/links"', { case: id('otter'), relation: 2, note: 'dunlin\nhere', other_note: 'godwit there' });
	has(v.Ben.page, 'role="status"', 'saved');
	has(v.Ben.page, 'An otter was seen.', 'by its title');
	has(v.Ben.page, 'The threat comes from the same people', 'how');
	has(v.Ben.page, 'dunlin\nhere', 'note');
	ok(!v.Ben.page.includes('godwit'), 'not the other note');
	has((await v.Ben.get(links('otter'))).whole, 'godwit there', 'there');
	const shown = (await v.Ben.get(at.otter)).whole;
	has(shown, 'A kingfisher was seen.', 'on the page of the other');
	ok(!/<div class="msg">[^]{0,200}case=/.test(shown), 'not among the notes');
	for (const [who, bird, other] of [['Cy', 'kingfisher', 'otter'], ['Fay', 'otter', 'kingfisher']])
		for (const page of [at[bird], links(bird)]) {
			const whole = (await v[who].get(page)).whole;
			has(whole, CLOSED, `${who} sees that there is one`);
			ok(!whole.includes(other) && !whole.includes(`/cases/${id(other)}`), 'neither what nor which');
		}
	for (const lang of [...LANGS, 'en']) {
		const page = await v.Cy.get(`/${lang}${links('kingfisher')}`);
		is(page.status, 200, lang);
		is(page.whole.includes(CLOSED), lang === 'en', `in ${lang}`);
	}
});

await test('who reported has no key to it', async () => {
	for (const one of [code, second]) {
		const page = (await comeBack(server, one)).page;
		ok(!/link(ed)? case|dunlin|godwit/i.test(page), 'nothing of it');
	}
});

await test('the database shows a note in each, and one line of what was done', async () => {
	is(notes('kingfisher'), 1, 'here');
	is(notes('otter'), 1, 'there');
	is(lines(21), 1, 'one line');
	is(sql(server, `SELECT count(*) FROM audit_case WHERE what = 21 AND of = ${blob('kingfisher')} AND ref = 0`), '1', 'of one case, which names no other');
	const sizes = sql(server, "SELECT DISTINCT length(box) FROM protect_object WHERE field = 'note'").split('\n');
	await v.Ben.get(at.heron);
	await v.Ben.send('/say"', { text: 'a note', note: '1' });
	is(sql(server, `SELECT length(box) FROM protect_object WHERE of = ${blob('heron')} AND field = 'note'`), sizes[0], 'as long as any short note');
	has((await v.Cy.get(at.kingfisher)).whole, 'Linked it with another', 'told on the case');
});

await test('a note that somebody types is never a tie', async () => {
	await v.Ben.get(at.heron);
	await v.Ben.send('/say"', { text: `\u0001case=${id('otter')}\nrelation=1\n`, note: '1' });
	await v.Ben.get(links('heron'));
	has(v.Ben.page, 'No other case is linked', 'none');
	has((await v.Ben.get(at.heron)).whole, `case=${id('otter')}`, 'but a note');
});

await test('saying it again changes it; a third is tied by its address', async () => {
	await v.Ben.get(links('otter'));
	await post(v.Ben, links('otter'), { case: id('kingfisher'), relation: 1 });
	await v.Ben.get(links('kingfisher'));
	has(v.Ben.page, 'The same person is in danger', 'changed');
	is(v.Ben.page.split('action="' + links('kingfisher') + '/untie"').length, 2, 'once');
	await v.Ben.send('/links"', { address: `${server.url ?? ''}${at.heron}`, relation: 5 });
	has(v.Ben.page, 'A heron was seen.', 'by address');
});

await test('new locks on either side leave the tie; who is taken out of one sees that there is one', async () => {
	await v.Gil.get(links('otter'));
	has(v.Gil.page, CLOSED, 'before');
	await v.Fay.get(`${at.otter}/people`);
	await v.Fay.send('/people/out"', { account: idOf.Ben });
	is((await v.Ben.ask(at.otter)).status, 404, 'out');
	await v.Ben.get(links('kingfisher'));
	has(v.Ben.page, CLOSED, 'closed now');
	ok(!v.Ben.page.includes('otter'), 'nothing of it');
	has(v.Ben.page, 'A heron was seen.', 'the other is still open');
	has((await v.Fay.get(links('otter'))).whole, CLOSED, 'the tie is there under new locks');
	await v.Fay.get(`${at.otter}/people`);
	await v.Fay.send('/people/add"', { account: idOf.Ben });
	has((await v.Ben.get(links('kingfisher'))).whole, 'An otter was seen.', 'again');
});

await test('a case whose locks are due is not written to from another', async () => {
	await v.Gil.get(`${at.otter}/people`);
	await v.Gil.send('/people/leave"');
	await v.Ben.get(links('kingfisher'));
	const before = notes('kingfisher');
	is((await post(v.Ben, `${links('kingfisher')}/untie`, { case: id('otter') })).status, 422, 'not untied');
	is((await post(v.Ben, links('kingfisher'), { case: id('otter'), relation: 3 })).status, 422, 'nor tied');
	is((await post(v.Ben, links('otter'), { case: id('heron'), relation: 3 })).status, 200, 'nor from there');
	is(notes('kingfisher'), before, 'nothing is kept');
	await v.Ben.get(at.otter);
	await v.Ben.send('/locks"');
	has((await v.Ben.get(links('otter'))).whole, 'A kingfisher was seen.', 'the tie is there under new locks');
});

await test('untying takes it from both, or from the one that can be opened', async () => {
	await v.Cy.get(links('kingfisher'));
	is((await post(v.Cy, `${links('kingfisher')}/untie`, { case: 'AAAAAAAAAAAAAAAAAAAAAA' })).status, 404, 'no such tie');
	await v.Gil.get('/account');
	ok([403, 404].includes((await post(v.Gil, `${links('kingfisher')}/untie`, { case: id('heron') })).status), 'nor who does not handle it');
	await v.Ben.get(links('kingfisher'));
	is((await post(v.Ben, `${links('kingfisher')}/untie`, { case: id('otter') })).status, 303, 'untied');
	is((await post(v.Ben, `${links('kingfisher')}/untie`, { case: id('otter') })).status, 404, 'once');
	ok(!(await v.Ben.get(links('otter'))).whole.includes('/untie"'), 'gone there, too');
	is((await post(v.Cy, `${links('kingfisher')}/untie`, { case: id('heron') })).status, 303, 'the one that Cy cannot open');
	has((await v.Ben.get(links('kingfisher'))).whole, 'No other case is linked', 'gone here');
	has((await v.Ben.get(links('heron'))).whole, 'A kingfisher was seen.', 'not there');
	is(lines(22), 2, 'two lines');
});

await test('a case that is taken back or destroyed leaves the other whole', async () => {
	await v.Ben.get(links('kingfisher'));
	await v.Ben.send('/links"', { case: id('otter'), relation: 4, note: 'whimbrel' });
	await otterAuthor.get('/r/back');
	await otterAuthor.send('action="/r/back"', { code: second });
	await v.Ben.get(links('kingfisher'));
	has(v.Ben.page, CLOSED, 'taken back');
	has(v.Ben.page, 'whimbrel', 'the note of this case stays');
	await v.Ben.get(at.heron);
	await v.Ben.send('/close"', { outcome: '1' });
	await v.Ben.get(links('heron'));
	ok(!v.Ben.page.includes('<form method="post" action="/cases/'), 'a closed one is not tied');
	is((await post(v.Ben, links('heron'), { case: id('kingfisher'), relation: 3 })).status, 200, 'nor by a form');
	await v.Ben.get(links('kingfisher'));
	await v.Ben.send('/links"', { case: id('heron'), relation: 3 });
	has(v.Ben.page, 'A heron was seen.', 'but another to it');
	await v.Ben.get(`${at.heron}/end`);
	await v.Ben.send('/end"', { sure: '1' });
	is((await v.Ben.ask(at.heron)).status, 404, 'destroyed');
	const whole = (await v.Ben.get(at.kingfisher)).whole;
	has(whole, CLOSED, 'of what was destroyed as of what is not theirs');
	has(whole, 'A kingfisher was seen.', 'whole');
	await v.Ben.get(links('kingfisher'));
	is((await post(v.Ben, `${links('kingfisher')}/untie`, { case: id('heron') })).status, 303, 'and the tie can go');
	is(sql(server, `SELECT count(*) FROM protect_object WHERE of = ${blob('heron')}`), '0', 'nothing of it is left');
});

await server.stop();
done();
