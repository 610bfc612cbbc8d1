// A server whose disk is full says so, keeps what it said yes to, and works on when there is room.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve } from '../web/lib.mjs';
import { done, has, is, ok, test } from '../web/tap.mjs';
import { Answerer, Asker, Linker } from './staff.mjs';
import { Voter } from './voter.mjs';

// No file may grow: every machine can do that. The limit is lifted from outside.
const limit = {
	name: 'files that may not grow',
	begin: (dir) => fs.mkdirSync(dir, { recursive: true }),
	fill: (server) => execFileSync('prlimit', ['--pid', server.child.pid, '--fsize=1:unlimited']),
	clear: (server) => execFileSync('prlimit', ['--pid', server.child.pid, '--fsize=unlimited:unlimited']),
	end: () => {},
};

// A file system without room, where this process may mount one.
const small = {
	name: 'a disk without room',
	begin: (dir) => {
		fs.mkdirSync(dir, { recursive: true });
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'baraza-full', dir], { stdio: 'ignore' });
	},
	fill: (server) => {
		const file = fs.openSync(path.join(server.dir, 'ballast'), 'w');
		try {
			for (;;) fs.writeSync(file, Buffer.alloc(4096));
		} catch (e) {
			is(e.code, 'ENOSPC');
		}
		fs.closeSync(file);
	},
	clear: (server) => fs.rmSync(path.join(server.dir, 'ballast')),
	end: (dir) => execFileSync('umount', ['-l', dir]),
};

const MANY = 3000; // votes after which a disk that took them all was not full

async function voteUntilRefused(voters, server) {
	for (let i = 0; i < MANY; i++) {
		const answer = await voters[i % voters.length].vote(server, { 'accept-language': 'fr' });
		if (answer.status !== 303) return answer;
	}
	return null;
}

// An ask, a link and an answer; what each is answered.
async function workAll(workers) {
	const status = [];
	for (const w of workers) status.push((await w.work()).status);
	return status;
}

async function run(way) {
	const dir = path.join(os.tmpdir(), `baraza-full-${process.pid}`);
	try {
		way.begin(dir);
	} catch (e) {
		console.log(`ok - ${way.name} # SKIP this process may not make one: ${e.code ?? e.message.split('\n')[0]}`);
		return;
	}
	const voters = Array.from({ length: 40 }, (_, i) => new Voter(i));
	const staff = [new Asker('editor'), new Linker('editor'), new Answerer('responder')];
	let server, words;
	try {
		server = await serve({ dir });
		words = server.log;
		for (const w of staff) await w.begin(server, words);
		ok((await workAll(staff)).every((s) => s === 303), 'asks, links and answers while there is room');
		for (const voter of voters) await voter.know(server);
		for (const voter of voters) is((await voter.vote(server)).status, 303, 'a vote while there is room');
		await test(`${way.name}: a vote is refused in the person's language`, async () => {
			way.fill(server);
			const answer = await voteUntilRefused(voters, server);
			ok(answer, 'somebody is refused');
			ok([500, 503].includes(answer.status), `status ${answer.status}`);
			has(answer.text, '<html lang="fr"', 'language');
			has(answer.text, /<h1/, 'page');
		});
		await test(`${way.name}: reading goes on, and what was acknowledged is there`, async () => {
			is((await voters[0].ask(server, '/')).status, 200, 'front page');
			for (const voter of voters) await voter.check(server);
		});
		await test(`${way.name}: no ask, link or answer is half there`, async () => {
			for (const status of await workAll(staff)) ok([500, 503].includes(status), `status ${status}`);
			for (const w of staff) w.check(server);
		});
		await test(`${way.name}: with room again votes are taken`, async () => {
			way.clear(server);
			for (const voter of voters) is((await voter.vote(server)).status, 303, 'vote');
			for (const voter of voters) await voter.check(server);
			ok((await workAll(staff)).every((s) => s === 303), 'asks, links and answers');
			for (const w of staff) w.check(server);
		});
		await test(`${way.name}: a restart finds everything`, async () => {
			is(await server.stop(), 0, 'exit status');
			voters.forEach((v) => v.rest());
			server = await serve({ dir });
			for (const voter of voters) await voter.check(server);
			for (const w of staff) w.check(server);
		});
	} finally {
		voters.forEach((v) => v.rest());
		await server?.stop();
		way.end(dir);
		fs.rmSync(dir, { recursive: true, force: true });
	}
}

await run(limit);
await run(small);
done();
