#!/usr/bin/env node
// Who guesses learns nothing by the clock: a name that nobody has takes as long as one that somebody has, a code of no
// report as long as the code of one.
import { performance } from 'node:perf_hooks';
import { Visitor, baraza, serve } from './lib.mjs';
import { makeChannel, makeReady, report } from './protect.mjs';
import { done, is, ok, test } from './tap.mjs';

const server = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);

// Who shares a machine with others is only ever slowed down by them: the quick ones tell.
const quick = (all) => [...all].sort((a, b) => a - b)[all.length >> 3];
function alike(a, b, what, slack, least) {
	const away = Math.abs(quick(a) - quick(b)), room = Math.max(slack * Math.max(quick(a), quick(b)), least);
	console.log(`# ${what}: ${quick(a).toFixed(2)} and ${quick(b).toFixed(2)} ms`);
	ok(away <= room, `${what}: ${quick(a)} against ${quick(b)} ms`);
}

async function timed(v, to, body) {
	const begun = performance.now();
	const answer = await v.ask(to, { method: 'POST', body });
	return { ms: performance.now() - begun, answer };
}
const token = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];

await test('a code of no report takes as long as one that opens one', async () => {
	const { code } = await report(server, 'west', { what: 'there' });
	const other = code.replaceAll(' ', '').split('').reverse().join('').match(/.{1,4}/g).join(' ');
	const took = { there: [], nowhere: [] };
	for (let i = 0; i < 120; i++) {
		const v = new Visitor(server);
		await v.get('/r/open');
		const kind = i % 2 ? 'there' : 'nowhere';
		const { ms, answer } = await timed(v, '/r/open', new URLSearchParams({ csrf: token(v), code: kind === 'there' ? code : other }));
		is(answer.status, 303, kind);
		is(answer.headers.get('location'), '/r/case', 'the same way');
		if (i >= 10) took[kind].push(ms);
	}
	alike(took.there, took.nowhere, 'codes', 0.25, 0.5);
});

await test('a name that nobody has takes as long as one that somebody has, with a key or without', async () => {
	const names = { key: [], new: [], nobody: [] };
	for (let i = 0; i < 4; i++) {
		baraza(server, ['user', 'add', `Fay${i}`, 'none'], 'four words not related\n');
		names.new.push(`Fay${i}`);
		names.nobody.push(`Gus${i}`);
	}
	names.key = ['Ada', 'Ben', 'Cy', 'Dee'];
	const took = { key: [], new: [], nobody: [] };
	for (let round = 0; round < 3; round++)
		for (let i = 0; i < 4; i++)
			for (const kind of Object.keys(names)) {
				const v = new Visitor(server);
				await v.get('/sign-in');
				const { ms, answer } = await timed(v, '/sign-in', new URLSearchParams({ csrf: token(v), name: names[kind][i], password: 'five words that are wrong', to: '' }));
				ok([200, 409, 422].includes(answer.status), `${kind}: ${answer.status}`);
				ok(!answer.headers.get('location'), 'nobody is in');
				took[kind].push(ms);
			}
	alike(took.key, took.nobody, 'somebody with a key, and nobody', 0.3, 10);
	alike(took.new, took.nobody, 'somebody who never came, and nobody', 0.3, 10);
});

await server.stop();
done();
