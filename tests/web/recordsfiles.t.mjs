#!/usr/bin/env node
// Files of records: written as they come, pictures made anew, traps refused by name, given to whoever may read the
// answer and to nobody else, gone with what held them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Visitor, baraza, binary, formOf, serve, signIn, sql } from './lib.mjs';
import { png } from './picture.mjs';
import { done, has, is, ok, test } from './tap.mjs';

let server = await serve();
const words = server.log;
let lead = await signIn(server, 'organiser');
let editor = await signIn(server, 'editor');
let anybody = new Visitor(server, { lang: 'en' });
const folder = () => path.join(server.dir, 'blobs');
const blobs = () => fs.readdirSync(folder()).length;
const left = async (n) => {
	for (let i = 0; i < 100 && blobs() !== n; i++) await new Promise((go) => setTimeout(go, 50));
	return blobs();
};
const clean = path.join(path.dirname(binary), 'baraza-image');
const PLANTED = 'wolkenkuckucksheim';
const pdf = Buffer.from(`%PDF-1.4\n${PLANTED}\n${'x'.repeat(300000)}\n%%EOF\n`);

const what = { 'q-title': 'A short guide', 'q-kind': 'guide', 'q-about': 'How to ask', 'q-made_by': 'Sample group', 'q-published': '2025-01-02' };
const found = { 'q-langs': 'en', 'q-themes': 'part', 'q-link': 'https://guide.example/a', 'q-country': '' };
async function begin(v) {
	await v.get('/records/resource/new');
	await v.send('/records/resource/new');
	const draft = v.at.split('/').slice(0, 3).join('/');
	await v.send('q-title', what);
	return draft;
}
// Sends the page of a form with files, as a browser does: [[field, name, bytes], …]
async function send(v, mark, fields, files = []) {
	const form = formOf(v.page, mark);
	const body = new FormData();
	for (const [name, value] of Object.entries({ ...form.fields, ...fields })) body.append(name, value);
	for (const [field, name, bytes] of files) body.append(field, new Blob([bytes]), name);
	return v.get(form.action, { method: 'POST', body });
}
async function get(v, to) {
	const cookie = [...v.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	const answer = await fetch(new URL(to, server.origin), { headers: { cookie }, redirect: 'manual' });
	return { status: answer.status, type: answer.headers.get('content-type'), how: answer.headers.get('content-disposition') ?? '',
		sniff: answer.headers.get('x-content-type-options'), bytes: Buffer.from(await answer.arrayBuffer()) };
}

let draft = '', uid = '';
const sample = blobs();
await test('the sample has a picture that everybody sees', async () => {
	is(sample, 1, 'one file');
	const at = sql(server, "SELECT uid FROM record WHERE body LIKE '%image/png%'");
	await anybody.get(`/record/${at}`);
	const [, src] = /<img src="([^"]+)" alt="A picture of it"/.exec(anybody.page);
	const got = await get(anybody, src);
	is(got.status, 200, 'given');
	is(got.type, 'image/png');
	is(got.sniff, 'nosniff');
	has(got.how, 'inline');
});

await test('files come with the other answers, and are there when the page is at fault', async () => {
	draft = await begin(lead);
	is(lead.at, `${draft}/find`, 'the page that asks for files');
	has(lead.page, 'enctype="multipart/form-data"');
	const answer = await send(lead, 'q-link', { ...found, 'q-link': '' },
		[['q-cover', 'IMG 1.png', png(40, 30, PLANTED)], ['q-paper', '../../étude <1>.pdf', pdf]]);
	is(answer.status, 422, 'the address is missing');
	has(lead.page, 'href="#f-link"');
	ok(!lead.page.includes('href="#f-cover"'), 'nothing is wrong with the picture');
	has(lead.page, 'étude 1.pdf');
	has(lead.page, 'value="en" checked', 'what was chosen stays');
	is(blobs(), sample + 2, 'both are kept');
	await lead.get(`${draft}/find`);
	has(lead.page, 'IMG 1.png', 'also when one comes back later');
	is((await send(lead, 'q-link', found)).status, 200, 'without sending them again');
	is(lead.at, draft, 'the check page');
	has(lead.page, 'étude 1.pdf');
	has(lead.page, `/file/${draft.split('/')[2]}/cover/1`);
});

await test('a picture is made anew, a document stays as it is and is never shown in place', async () => {
	const id = draft.split('/')[2];
	const cover = await get(lead, `/file/${id}/cover/1`), paper = await get(lead, `/file/${id}/paper/1`);
	is(cover.type, 'image/png');
	ok(!cover.bytes.includes(PLANTED), 'nothing hidden is left');
	execFileSync(clean, { input: cover.bytes });
	is(paper.type, 'application/octet-stream');
	has(paper.how, "attachment; filename*=UTF-8''%C3%A9tude%201.pdf");
	ok(paper.bytes.equals(pdf), 'byte for byte');
	is((await get(lead, `/file/${id}/cover/1?save`)).type, 'application/octet-stream', 'or to be kept');
	is((await get(editor, `/file/${id}/cover/1`)).status, 404, 'a draft is its maker’s');
	is((await get(anybody, `/file/${id}/cover/1`)).status, 404);
	for (const to of [`/file/${id}/cover/2`, `/file/${id}/title/1`, `/file/${id}/nothing/1`, `/file/${id}/cover/x`, '/file/0000000000000000/cover/1'])
		is((await get(lead, to)).status, 404, to);
});

await test('a record has them from then on, for whoever may read it', async () => {
	await lead.get(draft);
	await lead.send('name="version"');
	uid = lead.at.split('/')[2];
	has(lead.page, `/file/${uid}/paper/1?save`);
	is((await get(lead, `/file/${uid}/paper/1`)).status, 200, 'its maker');
	is((await get(editor, `/file/${uid}/paper/1`)).status, 404, 'not yet');
	await lead.send('/move', { move: 'show' });
	is((await get(anybody, `/file/${uid}/paper/1`)).status, 200, 'everybody, now that it is public');
	const csv = (await anybody.ask('/records/resource/data/records.csv')).whole;
	has(csv, `${server.origin}/file/${uid}/paper/1`, 'a file of records has its address');
	await lead.get(`/record/${uid}`);
	await lead.send('/move', { move: 'take_back', words: 'a mistake' });
	is((await get(anybody, `/file/${uid}/paper/1`)).status, 404, 'and nobody else any more');
	is(sql(server, `SELECT count(*) FROM record_blob WHERE holder = '${uid}'`), '2');
});

await test('traps are refused by name, and nothing of them stays', async () => {
	draft = await begin(editor);
	const before = blobs();
	const traps = [
		['q-cover', 'a.png', pdf, 'This is not a photo that we can take'],
		['q-cover', 'a.png', png(30000, 30000, '', false), 'more dots than we take'],
		['q-cover', 'a.png', png(40).subarray(0, 60), 'cannot be read'],
		['q-cover', 'a.png', Buffer.concat([png(40), Buffer.from('PK\x05\x06'), Buffer.alloc(18)]), 'two kinds in one'],
		['q-cover', 'a.gif', Buffer.from('GIF89a..........'), 'cannot remove hidden details'],
		['q-paper', 'a.pdf', Buffer.from('MZ\x90\0 program'), 'Programs and web pages are not taken'],
		['q-paper', 'a.txt', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'Programs and web pages are not taken'],
		['q-paper', 'a.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'Programs and web pages are not taken'],
		['q-paper', 'a.txt', Buffer.alloc(0), 'This file is empty'],
		['q-paper', 'a.txt', Buffer.alloc((50 << 20) + 1, 'x'), 'This file is too large'],
	];
	for (const [field, name, bytes, why] of traps) {
		await editor.get(`${draft}/find`);
		is((await send(editor, 'q-link', found, [[field, name, bytes]])).status, 422, `${why}: status`);
		has(editor.page, why);
		has(editor.page, `href="#f-${field.slice(2)}"`);
		is(await left(before), before, `${why}: gone`);
	}
	await editor.get(`${draft}/find`);
	is((await send(editor, 'q-link', { ...found, 'q-paper': `${'0'.repeat(64)} 5 text/plain x` })).status, 200, 'an answer that names a file');
	ok(!editor.page.includes('text/plain'), 'is not one');
});

await test('plain text is shown as nothing else; a file is taken away, and another takes its place', async () => {
	const id = draft.split('/')[2];
	await editor.get(`${draft}/find?checked=1`);
	await send(editor, 'q-link', found, [['q-paper', 'note.html', Buffer.from('a <b>plain</b> text')]]);
	const got = await get(editor, `/file/${id}/paper/1`);
	is(got.type, 'text/plain; charset=utf-8');
	is(got.sniff, 'nosniff');
	await editor.get(`${draft}/find?checked=1`);
	await send(editor, 'q-link', { ...found, 'drop-paper': '1' }, [['q-paper', 'other.txt', Buffer.from('another')]]);
	is(`${(await get(editor, `/file/${id}/paper/1`)).bytes}`, 'another', 'the one that came holds');
	await editor.get(`${draft}/find?checked=1`);
	await send(editor, 'q-link', { ...found, 'drop-paper': '1' });
	is((await get(editor, `/file/${id}/paper/1`)).status, 404, 'taken away');
	is(sql(server, `SELECT count(*) FROM record_blob WHERE holder = '${id}'`), '0', 'and held no more');
});

await test('a forged or late form takes no file', async () => {
	await editor.get(`${draft}/find`);
	const before = blobs();
	is((await send(editor, 'q-link', { ...found, csrf: 'x' }, [['q-paper', 'a.txt', Buffer.from('forged')]])).status, 422);
	is(await left(before), before);
	const body = new FormData();
	body.append('q-paper', new Blob([Buffer.alloc(200000, 'y')]), 'y.txt');
	ok([403, 404, 413, 422].includes((await anybody.ask(`${draft}/find`, { method: 'POST', body })).status), 'nor one of nobody');
	is(await left(before), before);
});

await test('what is held is there after a crash; what nobody holds goes by night; check says what is missing', async () => {
	fs.writeFileSync(path.join(folder(), 'f'.repeat(64)), 'stray');
	fs.writeFileSync(path.join(folder(), 'new-0123456789abcdef'), 'torn');
	fs.writeFileSync(path.join(folder(), 'README'), 'not ours');
	const old = new Date(Date.now() - 3 * 86400e3);
	for (const name of fs.readdirSync(folder())) fs.utimesSync(path.join(folder(), name), old, old);
	const held = Number(sql(server, 'SELECT count(DISTINCT hash) FROM record_blob'));
	const { dir } = server;
	const again = { command: 'serve', dir, env: { BARAZA_DB: server.env.BARAZA_DB } };
	server.kill();
	server = await serve(again);
	is(await left(held + 1), held + 1, 'strays are swept, ours and what is not ours stay');
	lead = await signIn(server, 'organiser', { words });
	ok((await get(lead, `/file/${uid}/paper/1`)).bytes.equals(pdf), 'what was acknowledged is there');
	has(baraza(server, ['check']), `${held} file`);
	const [, hash] = / ([0-9a-f]{64}) /.exec(` ${sql(server, `SELECT hash FROM record_blob WHERE holder = '${uid}' AND size = ${pdf.length}`)} `);
	fs.writeFileSync(path.join(folder(), hash), 'changed');
	let said = '';
	try { said = baraza(server, ['check']); } catch (e) { said = `${e.stdout}${e.stderr}`; }
	has(said, '1 of them');
	fs.rmSync(path.join(folder(), hash));
	is((await get(lead, `/file/${uid}/paper/1`)).status, 404, 'what is gone is said to be gone');
});

await server.stop();
done();
