#!/usr/bin/env node
// The house is killed while locks are changed and while a case is destroyed: either is wholly done, or not at all.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve, sql } from './lib.mjs';
import { comeBack, makeChannel, makeReady, report, signIn } from './protect.mjs';
import { done, is, ok, test } from './tap.mjs';

const TIMES = 10;
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-torn-'));
let server = await serve({ command: 'serve', dir });
const first = server;
const secrets = {};
const admin = await makeReady(server, 'Ada', 'admin', secrets);
for (const name of ['Ben', 'Cy', 'Dee', 'Eva']) await makeReady(server, name, 'none', secrets);
await makeChannel(admin, 'west', ['Ben', 'Cy', 'Eva'], ['Dee']);
const again = async () => {
	server = await serve({ command: 'serve', dir, env: { BARAZA_DB: first.env.BARAZA_DB } });
};
const zeroed = (n) => fs.readFileSync(path.join(dir, 'shred.bin')).subarray(32 * n, 32 * n + 32).every((b) => b === 0);
const slots = () => sql(server, 'SELECT shred FROM protect_case UNION SELECT shred FROM protect_slot').split('\n').filter(Boolean).map(Number);
const csrf = (v) => /name="csrf" value="([^"]+)"/.exec(v.page)[1];
const kill = async (v, to, fields, ms) => {
	const sent = v.ask(to, { method: 'POST', body: new URLSearchParams({ csrf: csrf(v), ...fields }) }).catch(() => null);
	await new Promise((r) => setTimeout(r, ms));
	await server.stop('SIGKILL');
	await sent;
	await again();
};

const { code } = await report(server, 'west', { what: 'A kingfisher was seen.' });
const words = ['lapwing', 'dunlin', 'godwit', 'plover'];
{
	const ben = await signIn(server, 'Ben', secrets);
	await ben.get('/cases');
	const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
	await ben.get(at);
	for (const w of words) await ben.send('/say"', { text: w, note: '1' });
	for (let i = 0; i < 40; i++) await ben.send('/say"', { text: `text ${i}` });
}

await test('killed while the locks are changed, a case is whole, and old slots die', async () => {
	let changed = 0;
	for (let i = 0; i < TIMES; i++) {
		const ben = await signIn(server, 'Ben', secrets);
		await ben.get('/cases');
		const at = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
		await ben.get(at);
		const before = slots();
		await kill(ben, `${at}/locks`, {}, 2 + i * 4 + (changed ? 0 : 4 * i * i)); // a busy machine is slower
		const after = slots();
		ok(!after.some(zeroed), `${i}: no slot in use is zeroed`);
		for (const n of before) if (!after.includes(n)) ok(zeroed(n), `${i}: the old slot died`);
		changed += before.join() !== after.join();
		is(sql(server, 'SELECT count(*) FROM protect_ending'), '0', `${i}: nothing is left to do`);
		is(sql(server, 'SELECT count(DISTINCT epoch) FROM (SELECT epoch FROM protect_object WHERE compartment = 1 UNION SELECT epoch FROM protect_wrap WHERE compartment = 1) x'), '1', `${i}: one epoch`);
		const cy = await signIn(server, 'Cy', secrets);
		const page = (await cy.get(at)).whole;
		for (const w of [...words, 'kingfisher', 'text 39']) ok(page.includes(w), `${i}: ${w} opens`);
		ok((await comeBack(server, code)).page.includes('text 39'), `${i}: and for the reporter`);
	}
	ok(changed > 0, 'some changes were on disk before the end came');
});

await test('killed while it is destroyed, a case is there or it is not', async () => {
	let gone = 0;
	for (let i = 0; i < TIMES && gone < 2; i++) {
		const ben = await signIn(server, 'Ben', secrets);
		if (gone) await report(server, 'west', { what: 'An otter was seen.' });
		await ben.get('/cases');
		const at = (/href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page) ?? [])[1];
		if (at) {
			await ben.get(at);
			await ben.send('/close"', { outcome: '1' });
		}
		await ben.get('/cases?show=closed');
		const closed = /href="(\/cases\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
		await ben.get(`${closed}/end`);
		const before = slots();
		await kill(ben, `${closed}/end`, { sure: '1' }, 1 + i * 3);
		const after = slots();
		is(sql(server, 'SELECT count(*) FROM protect_ending'), '0', `${i}: nothing is left to do`);
		ok(!after.some(zeroed), `${i}: no slot in use is zeroed`);
		if (after.length < before.length) {
			gone++;
			for (const n of before) if (!after.includes(n)) ok(zeroed(n), `${i}: its slots died`);
			for (const table of ['object', 'wrap', 'slot'])
				is(sql(server, `SELECT count(*) FROM protect_${table} x WHERE NOT EXISTS (SELECT 1 FROM protect_case c WHERE c.id = x.of)`), '0', `${i}: no ${table} is left`);
		} else {
			const cy = await signIn(server, 'Cy', secrets);
			is((await cy.ask(closed)).status, 200, `${i}: it is there, whole`);
		}
	}
	ok(gone > 0, 'some were destroyed before the end came');
});

await server.stop();
fs.rmSync(dir, { recursive: true, force: true });
done();
