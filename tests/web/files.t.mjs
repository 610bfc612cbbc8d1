#!/usr/bin/env node
// Files with a report: sealed as they come, pictures made anew, traps refused by name, read by handlers and nobody else.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Visitor, binary, serve, sql } from './lib.mjs';
import { png } from './picture.mjs';
import { comeBack, fill, makeChannel, makeReady, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eve', 'Fay', 'Gus']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
await makeChannel(admin, 'east', ['Eve', 'Fay'], ['Gus']);
const folder = path.join(server.dir, 'files');
const blobs = () => fs.readdirSync(folder).length;
// A refused file goes with its answer, which may be here a moment before it is gone.
const left = async (n) => {
	for (let i = 0; i < 100 && blobs() !== n; i++) await new Promise((go) => setTimeout(go, 50));
	return blobs();
};
const clean = path.join(path.dirname(binary), 'baraza-image');

// Sends files with the form that contains ${mark}.
async function send(v, mark, files) {
	const form = new FormData();
	form.append('csrf', new RegExp(`<form[^>]*action="${mark}"[^]*?name="csrf" value="([^"]+)"`).exec(v.page)[1]);
	for (const [name, bytes] of files) form.append('file', new Blob([bytes]), name);
	return v.get(mark, { method: 'POST', body: form });
}
// A visitor with a draft, on the page of files.
async function drafting(lang = 'en') {
	const v = await fill(server, 'west', { what: 'with files' }, { lang });
	await v.get('/r/file');
	return v;
}
// What a handler gets: bytes, headers.
async function get(v, to) {
	const cookie = [...v.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	const answer = await fetch(new URL(to, server.origin), { headers: { cookie }, redirect: 'manual' });
	return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

const PLANTED = 'wolkenkuckucksheim';
const document = Buffer.from(`%PDF-1.4\n${PLANTED}\n${'x'.repeat(200000)}\n%%EOF\n`);
let code, at;

await test('a picture is made anew, a document stays; both can be taken away again before sending', async () => {
	const v = await drafting();
	is((await send(v, '/r/file', [['IMG 1.png', png(40, 30, PLANTED)], ['proof.pdf', document]])).status, 200, 'taken');
	is(v.at, '/r/file');
	has(v.page, 'IMG 1.png', 'named');
	has(v.page, 'Made anew', 'the picture');
	has(v.page, 'Kept as it is', 'the document');
	is(blobs(), 2, 'two bodies');
	await send(v, '/r/file', [['more.txt', 'a note']]);
	has(v.page, 'more.txt', 'one more');
	await v.send('action="/r/file/drop"', { file: '3' });
	ok(!v.page.includes('more.txt'), 'gone again');
	await v.get('/r/check');
	has(v.page, '2 files', 'counted');
	await v.get('/r/code');
	code = /<p class="code">([^<]+)</.exec(v.page)[1];
	await v.send('action="/r/code"', { code });
	is(v.at, '/r/case', 'sent');
	has(v.page, 'proof.pdf', 'the reporter sees which');
	is(sql(server, "SELECT count(*) FROM protect_object WHERE field = '/file'"), '2', 'two cards');
});

await test('handlers get each file whole, as something to keep; a clean picture can be looked at', async () => {
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	at = /href="(\/cases\/[^"]+)"/.exec(ben.page)[1];
	await ben.get(at);
	const links = [...ben.page.matchAll(/href="(\/cases\/[^"]+\/file\/[^"]+)"/g)].map((m) => m[1]);
	is(links.length, 3, 'two to keep, one to look at');
	const pdf = await get(ben, links.at(-1));
	ok(pdf.bytes.equals(document), 'the document, byte for byte');
	is(pdf.headers.get('content-disposition'), "attachment; filename*=UTF-8''proof.pdf", 'to keep');
	is(pdf.headers.get('content-type'), 'application/octet-stream', 'nothing that a browser shows');
	has(pdf.headers.get('cache-control'), 'no-store', 'kept nowhere');
	const look = await get(ben, links.find((l) => l.endsWith('?look')));
	is(look.headers.get('content-type'), 'image/png', 'a picture');
	has(look.headers.get('content-disposition'), 'inline', 'to look at');
	ok(!look.bytes.includes(PLANTED) && !look.bytes.includes('tEXt'), 'nothing hidden');
	is(look.bytes.readUInt32BE(16), 40, 'as wide as it was');
	const pdfLook = await get(ben, `${links.at(-1)}?look`);
	has(pdfLook.headers.get('content-disposition'), 'attachment', 'a document is never shown');
	for (const [name, to] of [['Eve', links[0]], ['Dee', links[0]], ['Ada', links[0]]])
		ok([403, 404].includes((await get(name === 'Ada' ? admin : await signIn(server, name, secrets), to)).status), `${name} gets none`);
	is((await get(new Visitor(server), links[0])).status, 303, 'nor a stranger');
});

await test('traps and what cannot be cleaned are refused by name, and leave nothing', async () => {
	const v = await drafting();
	const before = blobs();
	const bomb = png(60000, 60000, '', false);
	for (const [name, bytes, words] of [
		['run.exe', Buffer.from('MZ\x90\0this program'), 'Programs and web pages'],
		['run.sh', '#!/bin/sh\nrm -rf /', 'Programs and web pages'],
		['page.html', '<!DOCTYPE html><html><script>alert(1)</script>', 'Programs and web pages'],
		['x.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'Programs and web pages'],
		['both.pdf', Buffer.concat([document, Buffer.from('PK\x05\x06'), Buffer.alloc(18)]), 'two kinds in one'],
		['both.png', Buffer.concat([png(8), Buffer.from('PK\x05\x06'), Buffer.alloc(18)]), 'two kinds in one'],
		['late.txt', 'text before %PDF-1.4 begins', 'two kinds in one'],
		['photo.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 'cannot remove hidden details'],
		['a.gif', Buffer.from('GIF89a........'), 'cannot remove hidden details'],
		['broken.png', Buffer.concat([png(8).subarray(0, 40), randomBytes(50)]), 'cannot be read'],
		['bomb.png', bomb, 'more dots than we take'],
		['empty.txt', '', 'Choose a file'],
	]) {
		is((await send(v, '/r/file', [[name, bytes]])).status, 422, name);
		if (name !== 'empty.txt') has(v.page, words, name);
	}
	is(await left(before), before, 'nothing is left');
});

await test('a photo is turned upright and loses where it was taken', async () => {
	const photo = fs.readFileSync(new URL('photo.jpg', import.meta.url));
	ok(photo.includes('Exif'), 'it had them');
	const made = execFileSync(clean, { input: photo, maxBuffer: 1 << 25 });
	ok(!made.includes('Exif') && !made.includes('GPS') && !made.includes(PLANTED), 'gone');
	const size = (b) => {
		for (let i = 2; i < b.length; i += 2 + b.readUInt16BE(i + 2)) if (b[i + 1] >= 0xc0 && b[i + 1] <= 0xc2) return [b.readUInt16BE(i + 7), b.readUInt16BE(i + 5)].join('x');
		return '';
	};
	is(size(photo), '24x16', 'lying');
	is(size(made), '16x24', 'upright');
});

await test('files come later, too, by the secret code, and the handler gets them', async () => {
	const v = await comeBack(server, code);
	await send(v, '/r/case/file', [['later.ogg', Buffer.concat([Buffer.from('OggS'), randomBytes(70000)])]]);
	is(v.at, '/r/case');
	has(v.page, 'later.ogg', 'there');
	is((await send(v, '/r/case/file', [['x', '#!/bin/sh']])).status, 422, 'not all');
	const ben = await signIn(server, 'Ben', secrets);
	has((await ben.get(at)).whole, 'later.ogg', 'the handler, too');
	const before = blobs();
	const nobody = new FormData();
	nobody.append('file', new Blob(['a note']), 'note.txt');
	has((await new Visitor(server, { lang: 'en' }).ask('/r/case/file', { method: 'POST', body: nobody })).whole, 'Nothing is open', 'nobody without a session');
	is(await left(before), before, 'and nothing is left');
});

await test('a large file takes its time and little memory', async () => {
	const big = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(64 << 20, 'a')]);
	const rss = () => Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
	const v = await comeBack(server, code);
	const before = rss();
	await send(v, '/r/case/file', [['big.ogg', big]]);
	has(v.page, 'big.ogg', 'taken');
	ok(rss() - before < 32 << 10, `${rss() - before} KiB more than before`);
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get(at);
	const links = [...ben.page.matchAll(/href="(\/cases\/[^"]+\/file\/[^"?]+)"/g)].map((m) => m[1]);
	ok((await get(ben, links.at(-1))).bytes.equals(big), 'and comes back whole');
});

await test('a body that was changed, cut or swapped breaks off, and the names stay', async () => {
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get(at);
	const link = [...ben.page.matchAll(/href="(\/cases\/[^"]+\/file\/[^"?]+)"/g)].map((m) => m[1])[1];
	const file = path.join(folder, link.split('/').pop());
	const was = fs.readFileSync(file);
	is(fs.statSync(file).mode & 0o777, 0o600, 'mode');
	is(fs.statSync(file).mtimeMs % 86400000, 0, 'of no time but its day');
	const breaks = async (bytes, why) => {
		fs.writeFileSync(file, bytes);
		let got = null;
		try {
			got = await get(ben, link);
		} catch { /* the connection ended early, as it must */ }
		ok(!got || got.status !== 200, why);
	};
	const bit = Buffer.from(was);
	bit[70000] ^= 1;
	await breaks(bit, 'a bit');
	await breaks(was.subarray(0, 100000), 'cut');
	await breaks(Buffer.concat([was.subarray(0, 24), was.subarray(24 + 65553)]), 'a piece left out');
	const other = fs.readdirSync(folder).map((f) => path.join(folder, f)).find((f) => f !== file);
	await breaks(fs.readFileSync(other), 'the body of another');
	fs.writeFileSync(file, was);
	ok((await get(ben, link)).bytes.equals(document), 'whole again');
});

await test('a file whose form is not ours reaches no disk, not even while it comes', async () => {
	const v = await drafting();
	const csrf = /name="csrf" value="([^"]+)"/.exec(v.page)[1];
	const folder = path.join(server.dir, 'files');
	const cookie = [...v.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	// Sends half of a large file and looks into the folder meanwhile.
	const half = async (token, inFront) => {
		const before = new Set(fs.readdirSync(folder));
		const part = (name, value) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
		const file = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="x.txt"\r\n\r\n' + 'y'.repeat(300000));
		const body = Buffer.concat([Buffer.from(inFront ? part('csrf', token) : ''), file]);
		const { hostname, port } = new URL(server.origin);
		const socket = net.connect(port, hostname);
		await new Promise((go) => socket.once('connect', go));
		socket.write(`POST /r/file HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 900000\r\n\r\n`);
		socket.write(body);
		await new Promise((go) => setTimeout(go, 700));
		const n = fs.readdirSync(folder).filter((name) => !before.has(name)).length;
		socket.destroy();
		await new Promise((go) => setTimeout(go, 300));
		return n;
	};
	is(await half(csrf, true), 1, 'ours begins at once');
	is(await half(`${csrf.slice(0, -4)}AAAA`, true), 0, 'another token');
	is(await half('', true), 0, 'none');
	is(await half(csrf, false), 0, 'a token that comes behind');
	// To the end, too: the form is shown again, and says why.
	const form = new FormData();
	form.append('csrf', 'A'.repeat(43));
	form.append('file', new Blob([document]), 'a.pdf');
	is((await v.get('/r/file', { method: 'POST', body: form })).status, 422, 'shown again');
	has(v.page, 'This page was open for a long time', 'told');
});

await test('nothing of them lies on the disk in clear', async () => {
	const all = fs.readdirSync(server.dir, { recursive: true }).map((f) => path.join(server.dir, f)).filter((f) => fs.statSync(f).isFile());
	for (const f of all)
		for (const word of [PLANTED, 'proof.pdf', 'later.ogg', 'OggS', '%PDF', 'IMG 1']) ok(!fs.readFileSync(f).includes(word), `${word} in ${f}`);
	ok(!server.log.includes('proof.pdf'), 'nor in the log');
});

await server.stop();
done();
