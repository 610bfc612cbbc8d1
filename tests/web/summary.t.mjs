#!/usr/bin/env node
// The sample's closing summary: 48 asks in six languages, each on evidence that is there, with answers in
// every state; the same each time; read by whoever looks, answered by whoever is asked.
import { LANGS, Visitor, serve, signIn, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const sql = (text, s = server) => ask(s, text);
const ASKS = '/c/civic-space/asks';
const visitor = (lang = 'en') => new Visitor(server, { lang });

await test('there are 48, under three questions, each in six languages', () => {
	is(sql('SELECT section, count(*) FROM ask WHERE is_public = 1 GROUP BY section ORDER BY section'), '1|16\n2|10\n3|22');
	is(sql("SELECT count(*) FROM item_text t JOIN ask a ON a.item = t.item WHERE t.title <> '' AND t.body <> ''"), String(48 * 6));
	is(sql('SELECT count(DISTINCT lang) FROM item_text t JOIN ask a ON a.item = t.item'), '6');
	is(sql('SELECT count(*) FROM (SELECT title FROM item_text t JOIN ask a ON a.item = t.item GROUP BY lang, title HAVING count(*) > 1) x'), '0', 'no title twice');
});

await test('each rests on published words, and what is quoted stands there', () => {
	is(sql('SELECT count(*) FROM ask a WHERE NOT EXISTS (SELECT 1 FROM edge e WHERE e.from_item = a.item AND e.relation BETWEEN 2 AND 4)'), '0');
	is(sql('SELECT count(*) FROM edge e JOIN ask a ON a.item = e.from_item JOIN item i ON i.id = e.to_item WHERE i.status <> 1 OR i.space <> a.space'), '0');
	const place = server.env.BARAZA_DB ? 'strpos(t.body, e.quote)' : 'instr(t.body, e.quote)';
	is(sql(`SELECT count(*) FROM edge e JOIN ask a ON a.item = e.from_item WHERE e.quote <> '' AND NOT EXISTS
		(SELECT 1 FROM item_text t WHERE t.item = e.to_item AND ${place} > 0)`), '0', 'quotes');
	for (const relation of [2, 3, 4])
		ok(Number(sql(`SELECT count(*) FROM edge e JOIN ask a ON a.item = e.from_item WHERE e.relation = ${relation}`)) > 3, `relation ${relation}`);
});

await test('every state is there, and some are late', () => {
	is(sql('SELECT DISTINCT state FROM ask ORDER BY state'), '0\n1\n2\n3\n4\n5\n6');
	const today = Math.floor(Date.now() / 1000 / 86400) * 86400;
	ok(Number(sql(`SELECT count(*) FROM ask WHERE state <= 1 AND due_at < ${today}`)) >= 3, 'late');
	ok(Number(sql('SELECT count(*) FROM answer WHERE corrects IS NOT NULL')) >= 1, 'a correction');
});

await test('everybody reads it, in six languages', async () => {
	for (const lang of LANGS) {
		const v = visitor(lang);
		has((await v.get(`/${lang}${ASKS}`)).whole, sql(`SELECT title FROM item_text t JOIN ask a ON a.item = t.item WHERE a.section = 1 AND a.number = 1 AND t.lang = '${lang}'`), lang);
		for (const number of ['1.10', '2.9', '3.12']) is((await v.get(`/${lang}${ASKS}/${number}`)).status, 200, `${lang} ${number}`);
		is((await v.get(`/${lang}/o/sample-city-council`)).status, 200, lang);
	}
	const page = (await visitor().get(`${ASKS}/1.10`)).whole;
	has(page, 'Reflects what I said: 5');
	has((await visitor().get('/')).whole, '48', 'on the front page');
});

// Rows of a file, each a map from column to text.
const rows = (text) => {
	const all = [[]];
	for (const [, quoted, bare, end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|$)/g)) {
		all.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
		if (end === '\r\n') all.push([]);
		if (!end) break;
	}
	const [head, ...rest] = all.filter((row) => row.length > 1);
	return rest.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

await test('page, table and JSON say the same, under the same numbers', async () => {
	const v = visitor();
	const file = async (name) => (await v.get(`/c/civic-space/summary/${name}`)).whole;
	const asks = rows(await file('asks.csv'));
	const json = JSON.parse(await file('summary.json')).asks;
	const evidence = rows(await file('evidence.csv'));
	const answers = rows(await file('answers.csv'));
	is(asks.length, 48);
	is(json.map((a) => a.ask).join(), asks.map((a) => a.ask).join());
	is(evidence.length, Number(sql('SELECT count(*) FROM edge WHERE relation BETWEEN 2 AND 4')));
	is(answers.length, Number(sql('SELECT count(*) FROM answer')));
	for (const [i, a] of asks.entries()) {
		for (const key of ['title', 'text', 'addressee', 'asked', 'due', 'state', 'days_late', 'contributions', 'for', 'if', 'against', 'people', 'countries', 'languages', 'statements'])
			is(String(json[i][key]), a[key], `${a.ask} ${key}`);
		is(evidence.filter((e) => e.ask === a.ask).length, Number(a.contributions) + Number(a.statements), a.ask);
		is(json[i].evidence.length, evidence.filter((e) => e.ask === a.ask).length, a.ask);
	}
	for (const a of asks.slice(0, 12)) {
		const page = (await v.get(`${ASKS}/${a.ask}`)).whole;
		has(page, `In favour: ${a.for}`, a.ask);
		has(page, `Against: ${a.against}`, a.ask);
		has(page, a.people === '<5' ? 'fewer than 5</b> people' : `<b>${a.people}</b> people`, a.ask);
		ok(a.address.endsWith(`${ASKS}/${a.ask}`), a.address);
	}
});

await test('all of it stands on one page, and nothing that is hidden is in a file', async () => {
	for (const lang of LANGS) {
		const page = (await visitor(lang).get(`/${lang}/c/civic-space/summary`)).whole;
		is(page.match(/<article /g).length, 48, lang);
	}
	const [id, body] = sql(`SELECT i.id, t.body FROM edge e JOIN item i ON i.id = e.to_item JOIN item_text t ON t.item = i.id
		WHERE i.kind = 2 AND t.lang = 'en' AND t.origin = 0 AND e.quote <> '' LIMIT 1`).split('\n')[0].split('|');
	sql(`UPDATE item SET status = 3 WHERE id = ${id}`);
	const file = (await visitor().get('/c/civic-space/summary/evidence.csv')).whole;
	ok(!file.includes(body.slice(0, 20)), 'hidden words');
	ok(rows(file).some((e) => e.gone === '1' && e.address.endsWith(`/i/${id}`)), 'but its place');
	sql(`UPDATE item SET status = 1 WHERE id = ${id}`);
	is((await visitor().get('/c/civic-space/summary/votes.csv')).status, 404);
	is((await visitor().get('/c/no-such/summary')).status, 404);
});

await test('from any ask to each of its sources in two steps at most, and back in one', async () => {
	// One ask that rests on much: more than a page of it.
	const much = sql(`SELECT item FROM ask WHERE section = 1 AND number = 2`);
	const last = sql('SELECT max(id) FROM edge');
	sql(`INSERT INTO edge (from_item, to_item, relation, quote, at) SELECT ${much}, i.id, 2, '', 1 FROM item i WHERE i.space = 1 AND i.kind = 2 AND i.status = 1
		AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.from_item = ${much} AND e.to_item = i.id)`);
	const links = async (at, what) => [...(await visitor().get(at)).whole.matchAll(what)].map((m) => m[1].replaceAll('&amp;', '&'));
	const back = new Map();
	for (const line of sql(`SELECT a.item, a.section || '.' || a.number FROM ask a WHERE a.is_public = 1 ORDER BY a.item`).split('\n')) {
		const [id, address] = line.split('|');
		const at = `${ASKS}/${address}`;
		const near = new Set(await links(at, /href="\/i\/(\d+)"/g));
		for (const side of new Set(await links(at, /href="([^"]*\/evidence\?side=\w+)"/g)))
			for (const item of await links(side, /href="\/i\/(\d+)"/g)) near.add(item);
		for (const item of sql(`SELECT to_item FROM edge WHERE from_item = ${id} AND relation BETWEEN 2 AND 4`).split('\n').filter(Boolean)) {
			ok(near.has(item), `${address}: source ${item}`);
			if (!back.has(item)) back.set(item, new Set(await links(`/i/${item}`, /href="[^"]*\/asks\/([\d.]+)"/g)));
			ok(back.get(item).has(address), `${item}: back to ${address}`);
		}
	}
	ok(back.size > 60, `${back.size} sources`);
	sql(`DELETE FROM edge WHERE id > ${last}`);
});

await test('whoever is asked finds the asks that wait', async () => {
	const v = await signIn(server, 'responder');
	is((await v.get('/answers')).status, 200);
	has(v.page, 'Do not ask people for show');
});

await test('all pages together list each ask once, in order', async () => {
	const want = sql(`SELECT section || '.' || number FROM ask WHERE is_public = 1 ORDER BY section, number`).split('\n');
	const got = [];
	for (let page = 1; ; page++) {
		const html = (await visitor().get(`/c/civic-space/asks?page=${page}`)).whole;
		got.push(...[...html.matchAll(/<h[23][^>]*><a href="\/c\/civic-space\/asks\/(\d+\.\d+)"/g)].map((m) => m[1]));
		if (!html.includes(`page=${page + 1}`)) break;
	}
	is(got.join(), want.join(), 'asks');
	is((await visitor().get('/c/civic-space/asks?page=99')).status, 200, 'a page that is none');
});

await test('what shows an answer is a link to a page, or no link', async () => {
	const id = sql('SELECT max(item) FROM answer');
	const address = sql(`SELECT a.section, a.number FROM answer n JOIN ask a ON a.item = n.ask WHERE n.item = ${id}`).replace('|', '.');
	const proofs = ['https://example.org/plan?a=1&b="2"', 'http://example.org/', 'javascript:alert(1)', 'mailto:a@example.org', 'https://example.org/\\x', '//example.org', 'data:text/html,x'];
	for (const [i, url] of proofs.entries()) sql(`INSERT INTO answer_proof (answer, ord, url, title) VALUES (${id}, ${i + 20}, '${url}', 'Proof ${i}')`);
	const page = (await visitor().get(`/c/civic-space/asks/${address}?proofs`)).whole;
	const links = [...page.matchAll(/<a href="([^"]*)" rel="noreferrer nofollow">(Proof \d)</g)].map((m) => m[2]);
	is(links.join(), 'Proof 0,Proof 1', 'links');
	for (const i of proofs.keys()) has(page, `Proof ${i}`, 'each is named');
	ok(!/href="(javascript|mailto|data|\/\/)/.test(page), 'nothing else leads anywhere');
	sql('DELETE FROM answer_proof WHERE ord >= 20');
});

await test('it is the same each time', async () => {
	const again = await serve();
	const all = (s) => [`SELECT a.section, a.number, a.state, t.lang, t.title, t.body FROM ask a JOIN item_text t ON t.item = a.item ORDER BY 1, 2, 4`,
		'SELECT i.uid, j.uid, e.relation, e.quote FROM edge e JOIN item i ON i.id = e.from_item JOIN item j ON j.id = e.to_item ORDER BY e.id'].map((text) => sql(text, s)).join('\n');
	is(all(again) === all(server), true);
	await again.stop();
});

is(await server.stop(), 0, 'exit status');
done();
