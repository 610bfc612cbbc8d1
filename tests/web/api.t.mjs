#!/usr/bin/env node
// What programs are given: the OpenAPI document is one, each answer is as it says, each page of a list
// leads to the next, what is wrong about a question is said, and nobody sees more than everybody.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Visitor, baraza, serve, signIn, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

execFileSync(path.join(import.meta.dirname, 'modules'), { stdio: 'inherit' });
const { Validator } = await import('@seriousme/openapi-schema-validator');
const { default: Ajv } = await import('ajv/dist/2020.js');
const { default: formats } = await import('ajv-formats');

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const anybody = new Visitor(server, { lang: 'en' });
const API = '/api/v1';
async function get(at, visitor = anybody, options) {
	const answer = await visitor.ask(at.replace(/^https?:\/\/[^/]+/, ''), options);
	return { status: answer.status, head: (name) => answer.headers.get(name) ?? '', whole: answer.whole, json: answer.whole ? JSON.parse(answer.whole) : null };
}

const { json: openapi } = await get(`${API}/openapi.json`);
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
ajv.addSchema(openapi, 'doc');
const pathOf = (at) => {
	const parts = at.replace(/^.*\/api\/v1/, '').replace(/\?.*/, '').split('/');
	return Object.keys(openapi.paths).filter((p) => p.split('/').length === parts.length)
		.find((p) => p.split('/').every((piece, i) => piece === parts[i])) ?? Object.keys(openapi.paths).filter((p) => p.split('/').length === parts.length)
		.find((p) => p.split('/').every((piece, i) => piece === parts[i] || piece.startsWith('{')));
};
const escape = (s) => s.replaceAll('~', '~0').replaceAll('/', '~1');
function fits(at, json, status = '200') {
	const where = pathOf(at) ?? '/';
	const ref = status === '200' ? `doc#/paths/${escape(where)}/get/responses/200/content/application~1json/schema` : 'doc#/components/schemas/fault';
	const check = ajv.getSchema(encodeURI(ref)) ?? ajv.compile({ $ref: encodeURI(ref) });
	ok(check(json), `${at} is not as ${where} says: ${JSON.stringify(check.errors?.slice(0, 3))}`);
}

await test('the document is OpenAPI 3.1', async () => {
	is(openapi.openapi, '3.1.0');
	const result = await new Validator().validate(structuredClone(openapi));
	ok(result.valid, JSON.stringify(result.errors)?.slice(0, 800));
	ok(Object.keys(openapi.paths).length > 30, 'paths');
	for (const [where, item] of Object.entries(openapi.paths))
		for (const name of where.matchAll(/\{(\w+)\}/g)) ok(item.get.parameters.some((p) => p.in === 'path' && p.name === name[1]), `${where}: ${name[1]}`);
});

const { json: index } = await get(API);
const { json: forms } = await get(`${API}/forms`);
await test('each answer is as the document says', async () => {
	for (const at of [API, index.forms, index.countries, index.consultations]) {
		const answer = await get(at);
		is(answer.status, 200, at);
		has(answer.head('content-type'), 'application/json');
		fits(at, answer.json);
	}
	ok(forms.forms.length >= 10, 'registers');
	for (const form of forms.forms) {
		fits(form.url, (await get(form.url)).json);
		const list = await get(form.records);
		is(list.status, 200, form.name);
		fits(form.records, list.json);
		fits(`${form.records}/counts`, (await get(`${form.records}/counts`)).json);
		const first = list.json.records[0];
		if (!first) continue;
		const one = `${form.records}/${first['record.url'].split('/').at(-1)}`;
		const { json } = await get(one);
		fits(one, json);
		is(JSON.stringify(json.record), JSON.stringify(first), `${form.name}: the same alone`);
		is((await anybody.ask(new URL(first['record.url']).pathname)).status, 200, 'its page');
	}
	is((await get(`${API}/countries`)).json.countries.find((c) => c.code === 'KE').names.fr, 'Kenya');
});

await test('the same as the file of the list, filter by filter, page after page', async () => {
	sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, lang, ord, version, body, is_sample, created_at, changed_at)
		WITH RECURSIVE c(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM c WHERE k < 129)
		SELECT 'page' || (100000000000 + k), 'recommendation', (SELECT max(id) FROM record_form WHERE name = 'recommendation'), 2002, k, 'P/1#' || k, 'received', 'en', 1262304000 + k / 3, 1,
		'{"symbol":"P/1","para":"' || k || '","kind":"rec","words":"Quokkaword","country":"' || CASE k % 2 WHEN 0 THEN 'KE' ELSE 'PE' END || '","body":"B","published":"2010-01-01"}', 0, 0, 0 FROM c`);
	baraza(server, ['reindex']);
	await new Promise((r) => setTimeout(r, 6000)); // another process has written
	for (const filter of ['', '?f-country=KE', '?f-country=KE&f-body=B', '?q=quokkaword', '?state=received&from=2010-01-01&to=2010-01-01']) {
		const given = await anybody.ask(`/records/recommendation/data/records.json${filter}`);
		is(given.status, 200, filter);
		const file = JSON.parse(given.whole);
		const all = [];
		let at = `${API}/records/recommendation${filter}`;
		for (let i = 0; at && i < 30; i++) {
			const { json } = await get(at);
			fits(at, json);
			ok(json.records.length <= 50, 'a page');
			all.push(...json.records);
			at = json.next;
		}
		is(JSON.stringify(all.map((r) => r['record.ref'])), JSON.stringify(file.records.map((r) => r['record.ref'])), filter);
		is(JSON.stringify(all), JSON.stringify(file.records), `${filter}: word by word`);
	}
	const { json } = await get(`${API}/records/recommendation/counts?f-country=KE&f-body=B`);
	is(json.total, 65, 'a total');
	is(json.values.country.find((v) => v.value === 'KE').records, 65, 'by country');
});

await test('what is wrong about a question is said', async () => {
	for (const [more, code, parameter] of [['?f-nothing=1', 'unknown_parameter', 'f-nothing'], ['?limit=9', 'unknown_parameter', 'limit'], ['?f-position=maybe', 'no_such_value', 'f-position'],
		['?state=nowhere', 'no_such_value', 'state'], ['?from=yesterday', 'no_such_value', 'from'], ['?after=1', 'no_such_value', 'after'], ['?f-words=x', 'unknown_parameter', 'f-words'],
		['?f-country=KE&f-country=PE&f-body=B&f-symbol=P%2F1&f-kind=rec', 'too_many_filters', 'f-kind']]) {
		const answer = await get(`${API}/records/recommendation${more}`);
		is(answer.status, 400, more);
		fits(more, answer.json, 'fault');
		is(answer.json.error.code, code, more);
		is(answer.json.error.parameter, parameter, more);
	}
	for (const at of ['/nothing', '/records/nothing', '/records/incident', '/records/reprisal', '/forms/incident', '/records/recommendation/0123456789abcdef', '/records/recommendation/%00']) {
		const answer = await get(`${API}${at}`).catch(() => null);
		if (at.includes('%00')) continue; // the server itself refuses that
		is(answer.status, 404, at);
		is(answer.json.error.code, 'not_found', at);
		fits(at, answer.json, 'fault');
	}
	const posted = await get(`${API}/forms`, anybody, { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
	is(posted.status, 405, 'a POST');
	is(posted.json.error.code, 'method_not_allowed');
	const said = async (lang) => (await get(`${API}/records/recommendation?f-x=1`, new Visitor(server, { lang }))).json.error.message;
	ok((await said('ar')) !== (await said('en')), 'in the reader’s language');
});

await test('what has not changed is not sent again, and what is sent is small', async () => {
	const first = await get(`${API}/records/recommendation`);
	ok(first.head('etag'), 'a mark');
	const again = await anybody.ask(`${API}/records/recommendation`, { headers: { 'if-none-match': first.head('etag') } });
	is(again.status, 304, 'not again');
	is((await get(`${API}/openapi.json`)).head('etag') === first.head('etag'), false);
});

await test('who is signed in sees no more than anybody', async () => {
	const lead = await signIn(server, 'organiser');
	is((await lead.ask('/records/incident')).status, 200, 'theirs to read');
	is((await get(`${API}/records/incident`, lead)).status, 404, 'a register of staff');
	for (const form of forms.forms)
		is((await lead.ask(form.records.replace(/^https?:\/\/[^/]+/, ''))).whole, (await anybody.ask(form.records.replace(/^https?:\/\/[^/]+/, ''))).whole, form.name);
});

await test('a page says where to begin', async () => {
	await anybody.get('/about/data');
	has(anybody.page, '/about/api');
	await anybody.get('/about/api');
	has(anybody.page, `${API}/openapi.json`);
});

done();
process.exit(process.exitCode ?? 0);
