#!/usr/bin/env node
// A custodian gives a name to one who handles the case: after the reporter's yes, with a reason, seen by the reporter.
import { sql, serve } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const pg = Boolean(server.env.BARAZA_DB);
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
const idOf = Object.fromEntries(sql(server, 'SELECT name, id FROM account').split('\n').map((l) => l.split('|')));
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const post = (v, to, fields) => v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) });
const { v: author, code } = await report(server, 'west', { what: 'A kingfisher was seen.', contact: 'Amina' });
const v = {};
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) v[name] = await signIn(server, name, secrets);
await v.Ben.get('/cases');
const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(v.Ben.page)[1];
const id = at.split('/').pop();
const holders = () => sql(server, "SELECT role FROM protect_wrap WHERE compartment = 2 ORDER BY role, account");
await v.Cy.get('/cases');

await test('not before the reporter has said yes, not without a reason, not to anybody else', async () => {
	await v.Dee.get(`/names/${id}`);
	ok(!v.Dee.page.includes('/give"'), 'not offered');
	is((await post(v.Dee, `/names/${id}/give`, { account: idOf.Ben, why: 'for the lawyer' })).status, 403, 'nor taken');
	await v.Ben.get(at);
	await v.Ben.send('/ask-name"', { why: 'a lawyer needs it' });
	await author.get('/r/case');
	await author.send('action="/r/name"', { yes: '1' });
	await v.Dee.get(`/names/${id}`);
	is((await v.Dee.send('/give"', { account: idOf.Ben, why: '' })).status, 422, 'no reason');
	await v.Dee.get(`/names/${id}`);
	is((await v.Dee.send('/give"', { account: '', why: 'for the lawyer' })).status, 422, 'nobody');
	for (const who of ['Dee', 'Eva']) is((await post(v.Dee, `/names/${id}/give`, { account: idOf[who], why: 'for the lawyer' })).status, 422, `not ${who}`);
	is((await post(v.Ben, `/names/${id}/give`, { account: idOf.Ben, why: 'for the lawyer' })).status, 404, 'nobody helps themselves');
	is((await v.Ben.ask(`${at}/name`)).status, 404, 'not given yet');
	is(holders(), '1\n3', 'the reporter and the custodian');
});

await test('given: that one reads it, the other does not, and the reporter reads why', async () => {
	await v.Dee.get(`/names/${id}`);
	await v.Dee.send('/give"', { account: idOf.Ben, why: 'godwit: the lawyer meets them' });
	has(v.Dee.page, 'Ben', 'listed');
	is((await post(v.Dee, `/names/${id}/give`, { account: idOf.Ben, why: 'once more' })).status, 422, 'not twice');
	await v.Ben.get(at);
	has(v.Ben.page, `${at}/name`, 'a link');
	has((await v.Ben.get(`${at}/name`)).whole, 'Amina', 'Ben reads');
	is((await v.Cy.ask(`${at}/name`)).status, 404, 'Cy does not');
	const back = await comeBack(server, code);
	has(back.page, 'Given to a case worker.', 'the reporter sees it');
	has(back.page, 'godwit', 'and why');
	is(sql(server, 'SELECT account, ref FROM audit_case WHERE what = 13'), `${idOf.Dee}|${idOf.Ben}`, 'written down');
	ok(!sql(server, 'SELECT * FROM protect_object').includes('godwit'), 'locked');
});

await test('rows do not open it to another', async () => {
	sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap, public) SELECT of, compartment, epoch, role, ${idOf.Cy}, wrap, public FROM protect_wrap WHERE compartment = 2 AND role = 2`);
	ok(!(await v.Cy.ask(`${at}/name`)).whole.includes('Amina'), 'Cy with the row of Ben');
	sql(server, `DELETE FROM protect_wrap WHERE compartment = 2 AND account = ${idOf.Cy}`);
});

await test('a yes that is taken back shuts it; the custodian changes the locks', async () => {
	await author.get('/r/case');
	await author.send('action="/r/name"', { no: '1' });
	const page = await v.Ben.ask(`${at}/name`);
	ok(page.status === 200 && !page.whole.includes('Amina'), 'shut at once');
	const wrap = sql(server, `SELECT epoch, ${pg ? "encode(wrap, 'hex')" : 'hex(wrap)'} FROM protect_wrap WHERE compartment = 2 AND role = 2`).split('|');
	await v.Dee.get(`/names/${id}`);
	await v.Dee.send('/take"');
	is(holders(), '1\n3', 'taken back');
	is((await v.Ben.ask(`${at}/name`)).status, 404, 'Ben is out');
	sql(server, `INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap) SELECT id, 2, ${wrap[0]}, 2, ${idOf.Ben}, ${pg ? `'\\x${wrap[1]}'::bytea` : `x'${wrap[1]}'`} FROM protect_case`);
	ok(!(await v.Ben.ask(`${at}/name`)).whole.includes('Amina'), 'nor with the old key');
	sql(server, 'DELETE FROM protect_wrap WHERE compartment = 2 AND role = 2');
	has((await comeBack(server, code)).page, 'godwit', 'nothing is lost to the reporter');
});

await test('whoever has the name and leaves the case makes the custodian change the locks', async () => {
	await v.Ben.get(at);
	await v.Ben.send('/ask-name"', { why: 'a lawyer needs it again' });
	await author.get('/r/case');
	await author.send('action="/r/name"', { yes: '1' });
	await v.Dee.get(`/names/${id}`);
	await v.Dee.send('/give"', { account: idOf.Ben, why: 'for the lawyer' });
	sql(server, `INSERT INTO protect_shut (of, account, why, on_day) SELECT id, ${idOf.Ben}, 1, 1 FROM protect_case`);
	await v.Dee.get('/cases');
	await v.Dee.send('action="/names/locks"');
	is(holders(), '1\n3', 'out');
	has((await v.Dee.get(`/names/${id}`)).whole, 'a lawyer needs it again', 'the custodian still opens it');
});

await server.stop();
done();
