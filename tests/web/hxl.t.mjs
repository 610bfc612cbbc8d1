#!/usr/bin/env node
// HXL: what we give away is read by its rules, and what others tagged is recognised: the row of tags
// stands among the first 25, columns are found by their tags, and what is no tag is named.
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, serve, signIn } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const editor = await signIn(server, 'editor');
const anybody = new Visitor(server, { lang: 'en' });

// By the pattern of libhxl-python, model.py.
const TAG = /^\s*(#[A-Za-z][_0-9A-Za-z]*)((?:\s*\+[A-Za-z][_0-9A-Za-z]*)*)\s*$/;

function csv(text) {
	const rows = [[]];
	const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\r|\n|$)/y;
	text = text.replace(/^\uFEFF/, '');
	while (cell.lastIndex < text.length) {
		const [, value, end] = cell.exec(text);
		rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
		if (end !== ',') rows.push([]);
	}
	return rows.filter((row) => row.length);
}

await test('each register’s table is HXL: every tag is one, none twice, each row as wide', async () => {
	const forms = new Set([...(await anybody.get('/records')).whole.matchAll(/\/records\/(\w+)"/g)].map((m) => m[1]));
	let seen = 0;
	for (const name of forms) {
		const answer = await anybody.ask(`/records/${name}/data/records.hxl.csv`);
		if (answer.status === 404) continue; // made by everybody, read by few
		is(answer.status, 200, name);
		seen++;
		const [head, tags, ...rows] = csv(answer.whole);
		is(tags.length, head.length, `${name}: a tag or nothing for each column`);
		for (const tag of tags) ok(!tag || TAG.test(tag), `${name}: ${tag}`);
		const known = tags.filter((t) => t).map((t) => t.toLowerCase().split('+').map((p) => p.trim()).sort().join('+'));
		is(new Set(known).size, known.length, `${name}: none twice: ${known}`);
		ok(tags.includes('#meta+ref') && known.length >= 5, `${name}: tags`);
		for (const row of rows) is(row.length, head.length, `${name}: a row`);
		for (const [i, tag] of tags.entries())
			if (/^#date/.test(tag)) for (const row of rows) ok(/^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(row[i]), `${name}: a date ${row[i]}`);
	}
	ok(seen >= 10, `${seen} registers`);
});

async function send(name, bytes) {
	await editor.get('/records/recommendation/import');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(editor.page)[1]);
	body.set('file', new Blob([bytes]), name);
	return editor.get('/records/recommendation/import', { method: 'POST', body });
}
const fieldOf = (column) => {
	const esc = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('&', '&amp;');
	const block = new RegExp(`<bdi>${esc}</bdi>[^]*?</select>`).exec(editor.page)?.[0] ?? '';
	return /<option value="(\w+)" selected>/.exec(block)?.[1] ?? '';
};
const drop = () => editor.send('/drop').catch(() => {});

await test('columns are found by their tags, however these are written', async () => {
	const lead = Array.from({ length: 23 }, (_, i) => `note ${i},,,,`).join('\n');
	await send('tags.csv', `${lead}\na,b,c,d,e\n#META  +Source,#country +v_iso3 +code,#DATE+reported,#org+i_en+name,#description\nA/1,KEN,2020-01-02,CEDAW,Words\n`);
	is(fieldOf('a'), 'symbol', 'by case');
	is(fieldOf('b'), 'country', 'more attributes, in another order');
	is(fieldOf('c'), 'published');
	is(fieldOf('d'), 'body', 'more attributes');
	is(fieldOf('e'), 'words');
	await drop();
	await send('names.csv', 'x,y\n#country+name+i_fr,#org\nKenya,CEDAW\n');
	is(fieldOf('x'), 'country', 'a country is a country by whatever name');
	is(fieldOf('y'), '', 'fewer attributes than ours are something else');
	await drop();
	await send('late.csv', `${Array.from({ length: 25 }, (_, i) => `note ${i},`).join('\n')}\n#country+code,#description\nKEN,Words\n`);
	is(fieldOf('note 0'), '', 'the 26th row is too late');
	await drop();
	await send('tags.json', JSON.stringify([{ '#country+code': 'KEN', '#description': 'Words' }]));
	is(fieldOf('#country+code'), 'country', 'members that are tags');
	await drop();
});

await test('what is no tag among tags is named', async () => {
	for (const [rows, line, bad] of [['a,b,c\n#org,#adm1,adm2\n1,2,3\n', 2, 'adm2'], ['#country/en,#org,#adm1\nx,y,z\n', 1, '#country/en'], ['n\n#org,#country+,#adm1,#date\nx\n', 2, '#country+']]) {
		const answer = await send('bad.csv', rows);
		is(answer.status, 422, bad);
		has(editor.page, `line ${line}: `);
		has(editor.page.replaceAll('&quot;', '"').replaceAll('&#34;', '"'), `"${bad}" is no tag of HXL`);
	}
	is((await send('x.html', '<html>\n</html>\n')).status, 422, 'a web page');
	is((await send('x.xlsx', Buffer.from('PK\x03\x04\x00\x00\x00\x00'))).status, 422, 'a spreadsheet');
});

const shared = path.resolve('../shared/data/hxl');
if (!fs.existsSync(shared)) console.log('# skipped: no ../shared');
else await test('files that others tagged', async () => {
	// Not of our kinds, or with something among their tags that is none.
	const REFUSED = { 'input-fuzzy.csv': 'country', 'rowca-gin-adm2.csv': '#country/en' };
	// Columns that our recommendations have as well.
	const FOUND = { 'unhcr-3w.csv': ['Country name', 'country'], 'input-valid.csv': ['País', 'country'], 'input-valid-latin1.csv': ['País', 'country'],
		'brc-westafrica-movement.csv': [null], 'rowca-3w-hxl.csv': ['Country', 'country'], 'sbtf-gin-health.csv': ['Country', 'country'], 'unhcr-refugee-data.csv': ['Country.or.territory.of.asylum.or.residence', 'country'] };
	for (const name of fs.readdirSync(shared)) {
		const answer = await send(name, fs.readFileSync(path.join(shared, name)));
		ok([200, 422].includes(answer.status), `${name}: ${answer.status}`);
		if (/\.(xlsx?|zip|png|html|NOEXT)$/.test(name)) is(answer.status, 422, name);
		else if (name.endsWith('.csv')) is(answer.status, REFUSED[name] ? 422 : 200, name);
		if (REFUSED[name]) has(editor.page.replaceAll('&quot;', '"').replaceAll('&#34;', '"'), `"${REFUSED[name]}" is no tag of HXL`, name);
		if (FOUND[name]?.[0]) is(fieldOf(FOUND[name][0]), FOUND[name][1], name);
		if (answer.status === 200) await drop();
	}
});

done();
process.exit(process.exitCode ?? 0);
