// A server that is killed while people vote, again and again, has every vote that it said yes to.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve } from '../web/lib.mjs';
import { done, is, ok, test } from '../web/tap.mjs';
import { SPACE, Voter } from './voter.mjs';

const KILLS = Number(process.env.KILLS ?? 60);
const VOTERS = 6;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-kill-'));
const voters = Array.from({ length: VOTERS }, (_, i) => new Voter(i));

const people = async (server) => {
	const { text } = await new Voter(90).ask(server, SPACE, { head: { 'accept-language': 'en' } });
	return Number(/<dt>People taking part<\/dt><dd>([\d,]+)/.exec(text)[1].replace(',', ''));
};

// Vote until the server is gone. Only a broken line ends it; another answer than yes is a fault.
async function voteUntilGone(voter, server, gone) {
	while (!gone.at) {
		try {
			const answer = await voter.vote(server);
			if (answer.status !== 303) throw new Error(`a vote is answered ${answer.status}`);
		} catch (e) {
			if (!gone.at && !/ECONNRESET|ECONNREFUSED|EPIPE|socket hang up/.test(String(e))) throw e;
			if (!gone.at) await new Promise((r) => setTimeout(r, 5));
		}
	}
}

let server = await serve({ dir });
const before = await people(server);
let underWay = 0;
await test(`${KILLS} kills lose no vote that was acknowledged`, async () => {
	for (let kill = 0; kill < KILLS; kill++) {
		for (const voter of voters) await voter.check(server);
		const gone = { at: 0 };
		const start = voters.reduce((n, v) => n + v.acks, 0);
		const all = Promise.all(voters.map((v) => voteUntilGone(v, server, gone)));
		const want = start + 1 + Math.floor(Math.random() * 60);
		while (voters.reduce((n, v) => n + v.acks, 0) < want)
			await Promise.race([all, new Promise((r) => setTimeout(r, Math.random() * 3))]);
		const end = server.stop('SIGKILL');
		gone.at = kill + 1;
		is(await end, 'SIGKILL', 'end');
		await all;
		underWay += voters.reduce((n, v) => n + v.perhaps.size, 0);
		voters.forEach((v) => v.rest());
		server = await serve({ dir });
	}
	for (const voter of voters) await voter.check(server);
});

await test('votes were under way when it was killed', () => ok(underWay >= KILLS / 2, `${underWay} votes`));

await test('no vote and nobody is there twice', async () => {
	for (const voter of voters) {
		const known = await voter.check(server);
		const { text } = await voter.ask(server, `${SPACE}/vote/list`, { head: { 'accept-language': 'en' } });
		const voted = [...known.values()].filter((v) => v !== null).length;
		const shown = /(\d+)\D+(\d+)/.exec(/<p class="lead">([^<]*)/.exec(text)[1].replace(/[\u2066-\u2069]/g, ''));
		is(Number(shown[1]), voted, 'votes');
	}
	ok(before > 0, `${before} people before`);
	is(await people(server), before + VOTERS, 'people');
});

await test('it ends cleanly after all', async () => is(await server.stop(), 0, 'exit status'));
console.log(`# ${voters.reduce((n, v) => n + v.acks, 0)} votes acknowledged, ${underWay} under way when it was killed`);
voters.forEach((v) => v.rest());
fs.rmSync(dir, { recursive: true, force: true });
done();
