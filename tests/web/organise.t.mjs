#!/usr/bin/env node
// Organisers make a consultation from nothing to its archive, without script; others cannot.
import { Visitor, forgetSummary, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
forgetSummary(server);
const sql = (text) => ask(server, text);
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
	await boss.get('/en/desk');
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
	has((await boss.get('/en/c/civic-space-2')).whole, '/c/civic-space-2/q/1');
	await boss.get('/desk/civic-space-2/announce');
	is(boss.at, '/desk/civic-space-2/announce', 'nothing is missing in it');
});

await test('questions are written, put in order, translated and taken back', async () => {
	const at = `/desk/${slug}-2/questions`;
	await boss.get(at);
	is((await boss.send('name="once"', { title: '' })).status, 422, 'empty');
	await boss.send('name="once"', { title: 'First <one>?' });
	await boss.send('name="once"', { title: 'Second?' });
	has(boss.page, 'First &lt;one&gt;?');
	const ids = [...boss.page.matchAll(/questions\/(\d+)\/en/g)].map((m) => m[1]);
	is(ids.length, 2, 'questions');
	await boss.send('name="turn" value="up"', {});
	ok(boss.page.indexOf('Second?') < boss.page.indexOf('First &lt;'), 'order');
	await boss.get(`${at}/${ids[0]}/fr`);
	await boss.send(`${at}/${ids[0]}/fr`, { title: 'Une ?' });
	has((await boss.get(`/fr/c/${slug}-2`)).whole, 'Une ?');
	await boss.get(`/en/desk/${slug}-2/questions`);
	await boss.send(`${at}/${ids[0]}"`, { turn: 'off' });
	has(boss.page, 'taken back');
	is((await boss.get(`/desk/civic-space/questions/${ids[0]}/en`)).status, 404, 'of another space');
});

await test('the same form twice is one statement; words people voted on stay', async () => {
	const at = `/desk/${slug}-2/statements`;
	await boss.get(at);
	const page = boss.page;
	is((await boss.send('name="once"', { body: 'x'.repeat(281) })).status, 422, 'too long');
	boss.page = page;
	await boss.send('name="once"', { body: 'Benches for all' });
	boss.page = page;
	await boss.send('name="once"', { body: 'Benches for all' });
	is((boss.page.match(/Benches for all/g) ?? []).length, 1, 'statements');
	await boss.get('/desk/civic-space/statements');
	const [, voted] = /statements\/(\d+)\/en/.exec(boss.page);
	has((await boss.get(`/desk/civic-space/statements/${voted}/en`)).whole, 'People have voted on these words');
});

await test('themes, groups and places say whom one wants to hear', async () => {
	const at = `/desk/${slug}-2/whom`;
	await boss.get(at);
	is((await boss.send('/whom/themes', { n0: 'Parks', sdg: '99.1' })).status, 422, 'no such goal');
	await boss.send('/whom/themes', { n0: 'Parks', sdg: '16.7, 11.a' });
	has(boss.page, 'value="11.a, 16.7"');
	await boss.send('/whom/crowds', { n0: 'Under 30', h0: '40' });
	await boss.send('/whom/targets', { n0: 'KE', h0: '12' });
	has(boss.page, 'Kenya');
	has((await boss.get(`/desk/${slug}-2`)).whole, 'Under 30');
	await boss.get('/desk/civic-space/whom');
	is((await boss.send('/whom/crowds', { n0: '' })).status, 422, 'a group that people have named');
});

// Each fault above a form leads to one field, which says that it is wrong and names the line that tells why.
const faultsLead = (page, n) => {
	const leads = [...page.matchAll(/<li><a href="#f-([\w]+)">/g)].map((m) => m[1]);
	is(leads.length, n, 'faults');
	for (const field of leads) {
		is(page.split(`id="f-${field}"`).length, 2, `one f-${field}`);
		is(page.split(`id="e-${field}"`).length, 2, `one e-${field}`);
		has(page, new RegExp(`<(input|select|textarea)\\b[^>]*aria-invalid="true" aria-describedby="e-${field}"`), field);
	}
};

await test('a fault of a row is told at that row, in its own form', async () => {
	const at = `/desk/${slug}-2/whom`;
	await boss.get(at);
	await boss.send('/whom/crowds', { n1: 'Over 60', h1: '400' });
	faultsLead(boss.page, 1);
	has(boss.page, /<a href="#f-h1">Hoped for, in %</, 'its name');
	has(boss.page, /<input[^>]*id="f-h1" name="h1" value="400"[^>]*aria-invalid/, 'what was typed');
	is(boss.page.split('aria-invalid').length, 2, 'no other field');
	await boss.get(at);
	await boss.send('/whom/targets', { h0: '0' });
	faultsLead(boss.page, 1);
	await boss.get(at);
	await boss.send('/whom/themes', { n2: 'x'.repeat(101), sdg: '99.1' });
	faultsLead(boss.page, 2);
	has(boss.page, /<a href="#f-n2">Theme</, 'its name');
	await boss.get('/desk/civic-space/whom');
	await boss.send('/whom/crowds', { n0: '' });
	faultsLead(boss.page, 1);
	has(boss.page, /<a href="#f-n0">Group of people</, 'its name');
});

await test('the last organiser stays; roles are given and taken', async () => {
	const at = `/desk/${slug}-2/people`;
	await boss.get(at);
	const mine = /people\/(\d+)"/.exec(boss.page)[1];
	const token = /name="csrf" value="([^"]+)"/.exec(boss.page)[1];
	const answer = await boss.ask(`${at}/${mine}`, { method: 'POST', body: new URLSearchParams({ csrf: token, role: 'editor' }) });
	is(answer.status, 422, 'the last organiser');
	faultsLead(answer.whole, 1);
	is((await boss.send(`${at}"`, { name: 'Nobody Here', role: 'editor' })).status, 422, 'unknown');
	await boss.get(at);
	await boss.send(`${at}"`, { name: 'moderator', role: 'editor' });
	has(boss.page, 'Saved');
	await boss.send(`/desk/${slug}-2/invite`);
	faultsLead(boss.page, 1);
	await boss.send(`/desk/${slug}-2/invite`, { role: 'translator' });
	has(boss.page, '/invite/');
	await boss.get(`/desk/${slug}-2/links`);
	ok(!boss.page.includes('/invite/'), 'shown once');
});

await test('members come in by a link that works once', async () => {
	const at = `/desk/${slug}-2`;
	await boss.get(`${at}/edit`);
	await boss.send(`${at}/edit`, { do: 'save', door: 'members' });
	await boss.get(`${at}/announce`);
	await boss.send(`${at}/announce`);
	await boss.get(`${at}/people`);
	is((await boss.send(`${at}/members`, { n: '51' })).status, 422, 'too many');
	faultsLead(boss.page, 1);
	await boss.send(`${at}/members`, { n: '3' });
	const links = [...boss.page.matchAll(/\/m\/[\w-]+/g)].map((m) => m[0]);
	is(links.length, 3, 'links');
	const guest = new Visitor(server, { lang: 'en' });
	is((await guest.get(`/c/${slug}-2`)).status, 404, 'not yet');
	await guest.get(links[0]);
	const answer = await guest.send('/m/');
	is(answer.status, 200, 'inside');
	is(guest.at, `/c/${slug}-2`, 'where it leads');
	is((await new Visitor(server).get(links[0])).status, 404, 'used');
	is((await new Visitor(server).get('/m/AAAAAAAAAAAAAAAAAAAAAA')).status, 404, 'made up');
	has((await boss.get(`${at}/people`)).whole, '<dt>Have come in</dt><dd>1</dd>', 'who came in');
	has(boss.page, '<dt>Links not used yet</dt><dd>2</dd>', 'who may');
	ok(!boss.page.includes('/k/'), 'no other door');
	sql("UPDATE member_invite SET expires = 1 WHERE used_at IS NULL");
	has((await boss.get(`${at}/people`)).whole, '<dt>Links not used yet</dt><dd>0</dd>', 'too late');
});

await test('the desk shows the door that a consultation has, and no other', async () => {
	await boss.get('/desk/civic-space/people');
	ok(!boss.page.includes('/k/') && !boss.page.includes('/members"'), 'open to everyone');
	is((await boss.get('/desk/no-such/people')).status, 404, 'no such consultation');
});

await test('a link opens the door until it is renewed', async () => {
	const at = `/desk/${slug}-2`;
	await boss.get(`${at}/edit`);
	await boss.send(`${at}/edit`, { do: 'save', door: 'link' });
	await boss.get(`${at}/people`);
	const [key] = /\/k\/[\w/-]+/.exec(boss.page);
	is(key, `/k/${slug}-2/${sql(`SELECT link_key FROM space WHERE slug = '${slug}-2'`)}`, 'its own key');
	has(boss.page, `>${server.origin}${key}<`, 'a whole address');
	const guest = new Visitor(server);
	is((await guest.get(`/c/${slug}-2`)).status, 404, 'without it');
	is((await guest.get(key)).status, 200, 'with it');
	await boss.send(`${at}/link`);
	is((await guest.get(`/c/${slug}-2`)).status, 404, 'renewed');
	is((await guest.get(`/k/${slug}-2/nonsense`)).status, 404, 'nonsense');
});

await test('links to two consultations open both', async () => {
	const keys = [];
	for (const one of [slug, `${slug}-2`]) {
		await boss.get(`/desk/${one}/edit`);
		await boss.send(`/desk/${one}/edit`, { do: 'save', door: 'link' });
		await boss.get(`/desk/${one}/people`);
		keys.push(/\/k\/[\w/-]+/.exec(boss.page)[0]);
	}
	const guest = new Visitor(server);
	for (const key of [keys[0], keys[1], keys[0]]) is((await guest.get(key)).status, 200, key);
	is(guest.jar.get('d').split('.').length, 2, 'each key once');
	for (const one of [slug, `${slug}-2`]) is((await guest.get(`/c/${one}`)).status, 200, one);
	for (let i = 0; i < 15; i++) await guest.ask(`/k/${slug}/${String(i).padStart(16, '0')}`);
	is(guest.jar.get('d').split('.').length, 16, 'at most 16');
	is((await guest.get(`/c/${slug}`)).status, 200, 'the sixteenth');
	is((await guest.get(`/c/${slug}-2`)).status, 404, 'the oldest is gone');
	const held = boss.jar.get('k');
	ok(held, 'who is signed in has a key of their own');
	await boss.get(keys[1]);
	is(boss.jar.get('k'), held, 'and keeps it when a door opens');
	await boss.get(`/desk/${slug}/edit`);
	await boss.send(`/desk/${slug}/edit`, { do: 'save', door: 'everyone' });
});

await test('who has no role there is kept out, page by page', async () => {
	const other = await signedIn('moderator');
	await other.get('/desk');
	const token = /name="csrf" value="([^"]+)"/.exec(other.page)[1];
	const draft = '/desk/civic-space-2';
	is((await other.get('/desk/new')).status, 403, 'making one');
	is((await other.get(draft)).status, 404, 'a draft of others');
	for (const path of ['edit', 'words/fr', 'questions', 'questions/1', 'questions/1/en', 'statements', 'statements/1',
		'statements/1/en', 'whom/themes', 'whom/crowds', 'whom/targets', 'announce', 'close', 'archive', 'copy', 'people',
		'people/1', 'invite', 'members', 'link']) {
		const body = new URLSearchParams({ csrf: token, title: 'x', body: 'x', turn: 'off', n: '1', door: 'link', check: 'pre', slug: 'x-x' });
		for (const space of [draft, '/desk/civic-space']) {
			const answer = await other.ask(`${space}/${path}`, { method: 'POST', body });
			ok(answer.status === 403 || answer.status === 404, `${space}/${path}: ${answer.status}`);
		}
		const stranger = await new Visitor(server).ask(`${draft}/${path}`, { method: 'POST', body });
		is(stranger.status, 403, path);
	}
	is((await other.ask('/desk/new', { method: 'POST', body: new URLSearchParams({ csrf: token, title: 'x', lang: 'en' }) })).status, 403, 'new');
});

await test('the sample can be saved: replies to answers come after their day', async () => {
	await boss.get('/en/desk/civic-space/edit');
	await boss.send('/desk/civic-space/edit', { do: 'save', a1: 'vote' });
	has(boss.page, 'Nothing is missing');
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
