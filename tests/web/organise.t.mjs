#!/usr/bin/env node
// Organisers make a consultation from nothing to its archive, without script; others cannot.
import { Visitor, serve } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const password = Object.fromEntries([...server.log.matchAll(/^  (\w+) +(\S+)$/gm)].map((m) => [m[1], m[2]]));

async function signedIn(name) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('name="password"', { name, password: password[name] });
	return v;
}

const day = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);
const boss = await signedIn('admin');
const slug = 'town-square';

await test('the desk lists what waits', async () => {
	const answer = await boss.get('/desk');
	is(answer.status, 200, 'status');
	has(answer.whole, 'href="/desk/civic-space"');
	has(answer.whole, 'href="/desk/new"');
});

await test('a title makes a draft, and its maker looks after it', async () => {
	await boss.get('/desk/new');
	is((await boss.send('/desk/new', { title: '' })).status, 422, 'without a title');
	await boss.send('/desk/new', { title: 'Town square!', lang: 'en' });
	is(boss.at, `/desk/${slug}/edit`, 'where it leads');
	is((await new Visitor(server).get(`/c/${slug}`)).status, 404, 'a draft is nobody else’s');
});

await test('a draft is saved with gaps, and says them', async () => {
	const answer = await boss.send(`/desk/${slug}/edit`, { do: 'save', purpose: 'What is it <for>?' });
	is(answer.status, 200, 'status');
	has(answer.whole, 'It is saved, but cannot open yet');
	has(answer.whole, 'Say who must answer');
	has(answer.whole, 'What is it &lt;for&gt;?');
});

await test('buttons add, move and remove phases and keep what was typed', async () => {
	let answer = await boss.send(`/desk/${slug}/edit`, { do: 'add', decider: 'The council' });
	is(answer.status, 200, 'status');
	has(answer.whole, 'value="The council"');
	answer = await boss.send(`/desk/${slug}/edit`, { do: 'add', n0: 'Write', f0: day(3), t0: day(9), a0: 'write' });
	has(answer.whole, 'name="n1"');
	has(answer.whole, 'Short notice');
	answer = await boss.send(`/desk/${slug}/edit`, { drop: '1' });
	ok(!answer.whole.includes('name="n1"'), 'removed');
	answer = await boss.send(`/desk/${slug}/edit`, { do: 'move' });
	has(answer.whole, `value="${day(15)}"`);
	has(answer.whole, `value="${day(21)}"`);
	await boss.get(`/desk/${slug}/edit`);
	ok(!boss.page.includes('The council'), 'nothing of it was saved');
});

await test('days that cannot be are refused with what was typed', async () => {
	const answer = await boss.send(`/desk/${slug}/edit`, { do: 'save', due: 'tomorrow', slug: 'Ü', decider: 'Kept' });
	is(answer.status, 422, 'status');
	has(answer.whole, 'value="tomorrow"');
	has(answer.whole, 'value="Kept"');
	is((answer.whole.match(/aria-invalid="true"/g) ?? []).length, 2, 'faults');
	is((await boss.send(`/desk/${slug}/edit`, { do: 'save', due: '', slug: 'civic-space' })).status, 422, 'taken');
});

await test('it cannot be announced while something is missing', async () => {
	await boss.get(`/desk/${slug}/announce`);
	is(boss.at, `/desk/${slug}/edit`, 'sent to what is missing');
	const token = /name="csrf" value="([^"]+)"/.exec(boss.page)[1];
	const answer = await boss.ask(`/desk/${slug}/announce`, { method: 'POST', body: new URLSearchParams({ csrf: token }) });
	is(answer.status, 409, 'by force');
});

await test('with all it needs, nothing is missing', async () => {
	await boss.get(`/desk/${slug}/edit`);
	await boss.send(`/desk/${slug}/edit`, { do: 'add' });
	await boss.send(`/desk/${slug}/edit`, {
		do: 'save', run_by: 'The office', decider: 'The council', feeds: 'A by-law', due: day(60), n0: 'Write',
		f0: day(16), t0: day(20), a0: 'write',
	});
	has(boss.page, 'Nothing is missing');
	const answer = await boss.get(`/desk/${slug}`);
	has(answer.whole, `/desk/${slug}/announce`);
});

await test('its words in another language stand beside the first', async () => {
	await boss.get(`/desk/${slug}/words/fr`);
	has(boss.page, 'The council');
	is((await boss.send(`/desk/${slug}/words/fr`, { title: 'La place' })).status, 422, 'half a language');
	await boss.send(`/desk/${slug}/words/fr`, { title: 'La place', purpose: 'a', run_by: 'b', decider: 'c', feeds: 'd', m0: 'Écrire' });
	has(boss.page, 'Saved');
	const french = (await boss.get(`/fr/c/${slug}`)).whole;
	has(french, 'La place');
	has(french, 'Écrire');
	is((await boss.get(`/desk/${slug}/words/en`)).status, 404, 'the first language is not a translation');
});

await test('announced, all see it; what was promised cannot be emptied', async () => {
	await boss.get(`/desk/${slug}/announce`);
	await boss.send(`/desk/${slug}/announce`);
	is(boss.at, `/desk/${slug}`, 'where it leads');
	is((await new Visitor(server).get(`/c/${slug}`)).status, 200, 'for everyone');
	await boss.get(`/desk/${slug}/edit`);
	const answer = await boss.send(`/desk/${slug}/edit`, { do: 'save', decider: ' ' });
	is(answer.status, 422, 'status');
	has(answer.whole, /name="decider" value=""[^>]*aria-invalid/, 'the empty field');
});

await test('a copy is a draft with its texts, later', async () => {
	await boss.get(`/desk/${slug}/copy`);
	await boss.send(`/desk/${slug}/copy`);
	is(boss.at, `/desk/${slug}-2/edit`, 'where it leads');
	has(boss.page, 'The council');
	has(boss.page, `value="${day(15)}"`);
	has((await boss.get(`/fr/c/${slug}-2`)).whole, 'Écrire');
	await boss.get('/desk/civic-space/copy');
	await boss.send('/desk/civic-space/copy');
	const page = (await boss.get('/ar/c/civic-space-2')).whole;
	has(page, '/c/civic-space-2/q/1');
});

await test('closed and archived, it stays readable and cannot be changed', async () => {
	await boss.get(`/desk/${slug}/close`);
	await boss.send(`/desk/${slug}/close`);
	await boss.get(`/desk/${slug}/edit`);
	is((await boss.send(`/desk/${slug}/edit`, { do: 'save' })).status, 409, 'settings');
	await boss.get(`/desk/${slug}/archive`);
	await boss.send(`/desk/${slug}/archive`);
	is((await new Visitor(server).get(`/c/${slug}`)).status, 200, 'readable');
	ok(!(await new Visitor(server).get('/c')).whole.includes(`/c/${slug}"`), 'out of the list');
});

await server.stop();
done();
