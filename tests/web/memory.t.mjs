#!/usr/bin/env node
// When everybody has gone, the memory of the process that speaks with the web has no word of what they wrote or read.
import fs from 'node:fs';
import { serve } from './lib.mjs';
import { PASSWORD, comeBack, fill, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve' });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);

// All memory of a process that it can write to, piece by piece; what may not be read (guards, devices) is left out.
const PIECE = 4 << 20;
const SHADOW = 1n << 40n; // what the address sanitizer knows about addresses; no bytes of ours
function* memory(pid) {
	const mem = fs.openSync(`/proc/${pid}/mem`, 'r');
	const room = Buffer.alloc(PIECE + 256);
	try {
		for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
			const [, from, to, name] = /^([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \S+\s*(.*)$/.exec(line) ?? [];
			if (!from || name.startsWith('/dev') || BigInt(`0x${to}`) - BigInt(`0x${from}`) > SHADOW) continue;
			for (let at = BigInt(`0x${from}`), end = BigInt(`0x${to}`); at < end; at += BigInt(PIECE)) {
				const left = end - at, want = left < BigInt(room.length) ? Number(left) : room.length;
				try {
					yield { bytes: room.subarray(0, fs.readSync(mem, room, 0, want, at)), name: name || 'memory without a name', at };
				} catch (e) {
					if (e.code !== 'EIO' && e.code !== 'EFAULT') throw e;
				}
			}
		}
	} finally {
		fs.closeSync(mem);
	}
}
function find(words) {
	const found = [];
	let bytes = 0;
	for (const piece of memory(server.child.pid)) {
		bytes += piece.bytes.length;
		for (const word of words)
			for (const form of [Buffer.from(word), Buffer.from(encodeURIComponent(word)), Buffer.from(word, 'utf16le')])
				if (piece.bytes.includes(form)) {
					const i = piece.bytes.indexOf(form);
					found.push(`${word} in ${piece.name} at ${(piece.at + BigInt(i)).toString(16)}: ${JSON.stringify(piece.bytes.toString('latin1', Math.max(0, i - 60), i + 90))}`);
				}
	}
	return { found: [...new Set(found)], bytes };
}
let mayLook = true;
try {
	find(['x']);
} catch (e) {
	mayLook = !['EACCES', 'EPERM'].includes(e.code);
	if (mayLook) throw e;
}

const planted = { story: 'wolkenkuckuck one zebrafinch', un_which: 'quicksilver', contact: 'thunderbolt amina', reach: 'marmalade', consent: 'contact' };
const said = { reporter: 'hippogriff from the reporter', handler: 'capercaillie from the handler', note: 'салют for the others', risk: 'ptarmigan nearby', plan: 'oystercatcher first' };
const file = { name: 'bluethroat.pdf', words: 'phalarope inside the file' };
const words = [...Object.values(planted).filter((w) => w !== 'contact'), ...Object.values(said), file.name, file.words, PASSWORD, 'unsent wheatear'];

await test(mayLook ? 'while somebody reads, words are in memory: the search finds what is there' : 'search # SKIP this process may not look into another', async () => {
	if (!mayLook) return;
	// A body that has not come to its end stays where it is.
	const { hostname, port } = new URL(server.origin);
	const net = await import('node:net');
	const line = net.connect(Number(port), hostname);
	line.write(`POST /r/open HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ncode=linnet-in-a-body`);
	await new Promise((r) => setTimeout(r, 500));
	ok(find(['linnet-in-a-body']).found.length > 0, 'found');
	line.destroy();
	await new Promise((r) => setTimeout(r, 500));
	is(find(['linnet-in-a-body']).found.join('\n'), '', 'and gone with its visitor');
});

const codes = [];
await test('a report, its file, and all that was said about it', async () => {
	const v = await fill(server, 'west', { ...planted });
	await v.get('/r/file');
	const form = new FormData();
	form.append('csrf', /action="\/r\/file"[^]*?name="csrf" value="([^"]+)"/.exec(v.page)[1]);
	form.append('file', new Blob([`%PDF-1.4\n${file.words}\n${'x'.repeat(300000)}\n%%EOF\n`]), file.name);
	await v.get('/r/file', { method: 'POST', body: form });
	has(v.page, file.name, 'taken');
	await v.get('/r/code');
	const code = /<p class="code"[^>]*>([0-9A-Z ]{24})<\/p>/.exec(v.page)[1];
	codes.push(code, code.replaceAll(' ', ''), code.toLowerCase().replaceAll(' ', ''));
	await v.send('action="/r/code"', { code });
	is(v.at, '/r/case', 'sent');
	await v.send('action="/r/case"', { text: said.reporter });
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
	await ben.get(at);
	await ben.send('/say"', { text: said.handler });
	await ben.send('/say"', { text: said.note, note: '1' });
	await ben.get(`${at}/risk`);
	await ben.send(`${at}/risk"`, { threats: said.risk, likely: '3', severe: '4' });
	await ben.get(`${at}/plan`);
	await ben.send(`${at}/plan"`, { what: said.plan });
	await ben.get(at);
	for (const word of [planted.story, said.reporter, said.handler, said.note]) has(ben.page, word, 'read');
	const link = /href="(\/cases\/[^"]+\/file\/[^"]+)"/.exec(ben.page)[1];
	const cookie = [...ben.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	const got = await fetch(new URL(link, server.origin), { headers: { cookie } });
	ok(Buffer.from(await got.arrayBuffer()).includes(file.words), 'the file is read');
	const back = await comeBack(server, code);
	has(back.page, said.handler, 'the reporter reads');
	await back.send('action="/r/close"');
	await v.send('action="/r/close"');
	await fill(server, 'west', { what: 'unsent wheatear' });
	await report(server, 'west', { what: 'somebody else' });
	await ben.get('/account');
	await ben.send('action="/sign-out"');
});

await test(mayLook ? 'nothing of it is left in memory' : 'memory # SKIP this process may not look into another', async () => {
	if (!mayLook) return;
	await new Promise((r) => setTimeout(r, 1500));
	const { found, bytes } = find([...words, ...codes]);
	console.log(`# ${bytes >> 20} MiB looked at`);
	is(found.join('\n'), '', 'left');
});

await server.stop();
done();
