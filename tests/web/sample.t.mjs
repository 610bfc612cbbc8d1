#!/usr/bin/env node
// The sample house takes reports: whoever looks around can send one, and read it with the sign-ins that are printed.
import { LANGS, Visitor, serve } from './lib.mjs';
import { digits, report } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const people = Object.fromEntries([...server.log.matchAll(/^ {2}([\w-]+) +(\w{4}(?:-\w{4}){3}) {2}([A-Z2-7]{32})$/gm)]
	.map(([, name, password, secret]) => [name, { password, secret }]));

async function signIn(name) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('action="/sign-in"', { name, password: people[name].password });
	is(v.at, '/sign-in/code', 'a second step is asked for');
	await v.send('action="/sign-in/code"', { digits: digits(people[name].secret) });
	is(v.at, '/account', `${name} is in`);
	return v;
}

await test('two who read, one who keeps names and one who pays are printed, with their second step', async () => {
	is(Object.keys(people).join(' '), 'reader reader-2 keeper payer');
});

await test('the channel is open in six languages, and says that it is a sample', async () => {
	const names = new Set();
	for (const lang of LANGS) {
		const page = (await new Visitor(server, { lang }).get('/r')).whole;
		has(page, 'href="/r/sample"', lang);
		names.add(/href="\/r\/sample">([^<]+)/.exec(page)[1]);
	}
	is(names.size, LANGS.length, 'names');
});

await test('what is reported there is read by the readers and by nobody else', async () => {
	await report(server, 'sample', { what: 'A made-up worry' });
	for (const name of ['reader', 'reader-2']) has((await (await signIn(name)).get('/cases')).whole, 'A made-up worry', name);
	ok(!(await (await signIn('keeper')).get('/cases')).whole.includes('A made-up worry'), 'keeper');
	const payer = await signIn('payer');
	is((await payer.ask('/fund')).status, 200, 'payments');
	ok(!(await payer.get('/cases')).whole.includes('A made-up worry'), 'payer');
});

await server.stop();
done();
