#!/usr/bin/env node
// A machine translates what everyone may read, where the caretaker named one: marked, never over a
// person's words, never anything that is not public. The machine here is ours and says "fr:" and the text.
import { execFileSync } from 'node:child_process';
import http from 'node:http';
import { Visitor, binary, serve, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

// What it makes of a text; two texts it cannot cope with.
const say = (text, to) => ({ silence: '', flood: 'x'.repeat(9000) })[text] ?? (text && `${to}: ${text}`);
// What it was asked, and how it answers: a status, or the translation.
const asked = [];
let answer = () => 200;
const machine = http.createServer((req, res) => {
	let text = '';
	req.on('data', (part) => { text += part; });
	req.on('end', () => {
		const q = JSON.parse(text);
		asked.push({ path: req.url, ...q });
		const status = answer(q);
		res.writeHead(status, { 'content-type': 'application/json' });
		res.end(JSON.stringify(status === 200
			? { translatedText: q.q.map((t) => say(t, q.target)) } : { error: 'no' }));
	});
});
const hasNot = (text, part) => ok(!text.includes(part), `has ${part}`);
await new Promise((open) => machine.listen(0, '127.0.0.1', open));
const server = await serve({ env: { BARAZA_TRANSLATE: `http://127.0.0.1:${machine.address().port}/`, BARAZA_TRANSLATE_KEY: 'k-1' } });
const sql = (text) => ask(server, text);
const visitor = (lang = 'en') => new Visitor(server, { lang });
const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));
async function until(what, seconds = 60) {
	for (let i = 0; i < seconds * 10; i++) {
		if (await what()) return true;
		await sleep(100);
	}
	return false;
}
// Something public changes: the house looks again.
async function touch() {
	const v = visitor();
	await v.get(`/i/${one(2)}/useful`);
	is((await v.send('/useful')).status, 200, 'useful');
}
const LACKS = `SELECT count(*) FROM item i JOIN space s ON s.id = i.space WHERE i.status = 1 AND i.kind < 5 AND s.access = 0 AND s.state > 0
	AND (SELECT count(*) FROM item_text t WHERE t.item = i.id AND t.lang IN ('ar','zh','en','fr','ru','es')) < 6`;
const one = (kind, more = '') => sql(`SELECT i.id FROM item i JOIN space s ON s.id = i.space
	WHERE s.slug = 'civic-space' AND i.kind = ${kind} AND i.status = 1 ${more} ORDER BY i.id LIMIT 1`);
const people = () => sql('SELECT item, lang, body FROM item_text WHERE origin < 2 ORDER BY item, lang');

const before = people();

await test('all that is public comes to stand in six languages, and says so', async () => {
	ok(await until(() => sql(LACKS) === '0'), `left: ${sql(LACKS)}`);
	ok(asked.every((q) => q.path === '/translate' && q.api_key === 'k-1' && q.format === 'text'), 'question');
	const id = one(2, `AND i.lang = 'en' AND EXISTS (SELECT 1 FROM item_text t WHERE t.item = i.id AND t.lang = 'fr' AND t.origin = 2)`);
	const page = await visitor('fr').get(`/fr/i/${id}`);
	has(page.whole, 'Traduit par une machine');
	has(page.whole, `/i/${id}?original=1`);
	has(page.whole, 'fr: ');
	hasNot((await visitor('fr').get(`/fr/i/${id}?original=1`)).whole, 'fr: ');
});

await test('what people wrote and translated is as it was', () => {
	is(people(), before);
	is(sql('SELECT count(*) FROM item_text t JOIN item i ON i.id = t.item WHERE t.origin = 2 AND t.lang = i.lang'), '0');
});

await test('nothing leaves that is not for everyone', async () => {
	const secret = sql(`SELECT t.body FROM item i JOIN item_text t ON t.item = i.id JOIN space s ON s.id = i.space
		WHERE i.kind < 5 AND t.lang = i.lang AND (i.status <> 1 OR s.access <> 0 OR s.state = 0) AND t.body <> ''`).split('\n');
	ok(secret.length > 3 && secret[0] !== '', 'the sample has such words');
	const said = new Set(asked.flatMap((q) => q.q));
	is(secret.filter((words) => said.has(words)).length, 0);
	has((await visitor().get('/en/about/data')).whole, 'A machine outside this site translates');
});

await test('a change is translated again; a text that is refused is asked once', async () => {
	const old = one(2, `AND i.lang = 'en'`);
	const words = ['unspeakable', 'silence', 'flood'];
	const bad = sql(`SELECT id FROM item WHERE kind = 4 AND status = 1 AND lang = 'en' AND space = 1 ORDER BY id LIMIT 3`).split('\n');
	const heard = (word) => asked.filter((q) => q.q.includes(word)).length;
	answer = (q) => (q.q.join().includes('unspeakable') ? 400 : 200);
	asked.length = 0;
	sql(`UPDATE item_text SET body = 'Now otherwise', version = version + 1, at = at + 100000000 WHERE item = ${old} AND lang = 'en'`);
	sql(`DELETE FROM item_text WHERE item IN (${bad}) AND lang <> 'en'`);
	bad.forEach((id, i) => sql(`UPDATE item_text SET body = '${words[i]}', version = version + 1 WHERE item = ${id}`));
	await touch();
	ok(await until(() => words.every((word) => heard(word) === 5)), 'each language once');
	ok(await until(() => asked.some((q) => q.q.includes('Now otherwise'))), 'the new words');
	await touch();
	await sleep(5000);
	is(words.map(heard).join(), '5,5,5');
	is(sql(`SELECT count(*) FROM item_text WHERE item IN (${bad})`), '3');
	ok(!server.log.includes('translator_away'), 'the machine is not away');
});

await test('a translation that is older than the words it stands for says so', async () => {
	const human = (more) => one(2, `AND EXISTS (SELECT 1 FROM item_text t WHERE t.item = i.id AND t.lang = 'es' AND t.origin = 1) ${more}`);
	const [id, other] = [human(''), human(`AND i.id <> ${human('')}`)];
	const mark = 'El original ha cambiado desde entonces';
	sql(`UPDATE item_text SET at = at + 100000000 WHERE item = ${id} AND origin = 0`);
	has((await visitor('es').get(`/es/i/${id}`)).whole, mark);
	hasNot((await visitor('es').get(`/es/i/${id}?original=1`)).whole, mark);
	hasNot((await visitor('es').get(`/es/i/${other}`)).whole, mark);
});

await test('a machine that is away stops nobody, and is told of once', async () => {
	answer = () => 503;
	const id = one(4, `AND i.lang = 'en' AND (SELECT count(*) FROM item_text t WHERE t.item = i.id) = 6`);
	sql(`DELETE FROM item_text WHERE item = ${id} AND lang = 'es'`);
	await touch();
	ok(await until(() => server.log.includes('translator_away')), 'told');
	is((await visitor().get('/en/c/civic-space')).status, 200);
	answer = () => 200;
	ok(await until(() => server.log.includes('translator_back')), 'back');
	ok(await until(() => sql(`SELECT origin FROM item_text WHERE item = ${id} AND lang = 'es'`) === '2'), 'translated');
	is(server.log.split('translator_away').length, 2);
	hasNot(server.log, 'es: ');
});

await test('an address that is none is refused at once', async () => {
	const wrong = await serve({ env: { BARAZA_TRANSLATE: 'translate.example.org' } }).catch((e) => String(e));
	has(wrong, 'write https://host');
});

await test('a house that asks nobody does not carry what asking takes', () => {
	const linked = execFileSync('ldd', [binary], { encoding: 'utf8' });
	has(linked, 'libsodium');
	hasNot(linked, 'libcurl');
	hasNot(linked, 'libpango');
});

await server.stop();
machine.close();
done();
