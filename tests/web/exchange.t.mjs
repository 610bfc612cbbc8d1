#!/usr/bin/env node
// The sample is the same at each start; what others exported comes in whole or not at all; what we
// export comes back the same.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LANGS, Visitor, binary, databaseOf, formOf, serve, sql } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-exchange-'));
process.on('exit', () => fs.rmSync(room, { recursive: true, force: true }));
const at = (...part) => path.join(room, ...part);

function baraza(house, ...words) {
	const env = { ...process.env, BARAZA_DATA: at(house), BARAZA_DB: databaseOf(at(house)) };
	const r = spawnSync(binary, words, { env, encoding: 'utf8', timeout: 120000 });
	return { status: r.status, out: r.stdout, err: r.stderr };
}

const signIns = (log) => log.split('\n').filter((line) => /^ {2}\w+ +[0-9a-z-]{19}$/.test(line)).join('\n');

const demo = await serve({ dir: at('demo') });
const said = signIns(demo.log);

await test('six sample sign-ins are printed', async () => {
	is(said.split('\n').length, 6, 'lines');
	for (const name of ['organiser', 'moderator', 'translator', 'editor', 'responder', 'admin']) has(said, name);
});

for (const lang of LANGS)
	await test(`the sample is there in ${lang}`, async () => {
		const answer = await new Visitor(demo, { lang }).get('/c/civic-space');
		is(answer.status, 200, 'status');
		has(answer.whole, /264/, 'people');
		has(answer.whole, /83/, 'countries');
	});

await test('a second start changes nothing', async () => {
	is(baraza('demo', 'export', '--space', 'civic-space', at('before')).status, 0, 'export');
	is(await demo.stop(), 0, 'exit status');
	const again = await serve({ dir: at('demo') });
	is(signIns(again.log), said, 'sign-ins');
	is(baraza('demo', 'export', '--space', 'civic-space', at('after')).status, 0, 'export');
	is(await again.stop(), 0, 'exit status');
	for (const name of fs.readdirSync(at('before')))
		ok(fs.readFileSync(at('before', name)).equals(fs.readFileSync(at('after', name))), name);
});

await test('a house with something in it gets no sample', async () => {
	is(baraza('moved', 'import', 'bundle', at('before')).status, 0, 'import');
	const server = await serve({ dir: at('moved') });
	is(signIns(server.log), '', 'sign-ins');
	is((await new Visitor(server).get('/c/young-voices')).status, 404, 'second sample space');
	is((await new Visitor(server).get('/c/civic-space')).status, 200, 'the space that moved');
	await server.stop();
});

await test('what moved can be exported, the same byte for byte', async () => {
	is(baraza('moved', 'export', '--space', 'civic-space', at('moved-out')).status, 0, 'export');
	for (const name of fs.readdirSync(at('before')))
		ok(fs.readFileSync(at('before', name)).equals(fs.readFileSync(at('moved-out', name))), name);
});

// Something for each table that the sample leaves empty.
const CORNERS = `
	INSERT INTO edge_past (batch, from_item, to_item, was_relation, was_quote, relation, quote, account, at)
		SELECT 7, from_item, to_item, 0, '', relation, '=quote', 3, 5 FROM edge WHERE relation = 2 AND from_item IN (SELECT item FROM ask);
	INSERT INTO ask_withdrawn (ask, reason, account, at) SELECT max(item), '-it was twice', 3, 5 FROM ask;
	UPDATE ask SET is_public = 0 WHERE item IN (SELECT ask FROM ask_withdrawn);
	INSERT INTO answer_draft (ask, org, field, value) SELECT min(item), min(org), 'body', 'not yet' FROM ask WHERE org IS NOT NULL;
	INSERT INTO ask_handed (ask, from_org, to_org, account, at) SELECT a.item, min(o.id), max(o.id), 3, 86400 FROM ask a, org o WHERE a.number = 3 GROUP BY a.item;
	DELETE FROM ask_reply; INSERT INTO ask_reply (ask, seat, value, body, status, at, version)
		SELECT a.item, s.id, 1, 'As I said', 1, 86400, 2 FROM ask a JOIN seat s ON s.space = a.space AND s.number < 4 WHERE a.number = 2;
	INSERT INTO ask_reply_past (ask, seat, version, status, reason, account, at) SELECT ask, seat, 1, 3, 2, 3, 86400 FROM ask_reply;
	INSERT INTO answer_proof (answer, ord, url, title, item)
		SELECT max(n.item), 90, '', 'Elsewhere', (SELECT max(i.id) FROM item i JOIN space s ON s.id = i.space AND s.slug = 'young-voices') FROM answer n`;

await test('asks, answers and evidence travel, and come out the same', async () => {
	const house = await serve({ dir: at('full') });
	sql(house, CORNERS);
	is(await house.stop(), 0, 'exit status');
	is(baraza('full', 'export', '--space', 'civic-space', at('asks')).status, 0, 'export');
	for (const name of ['links_past', 'ask_withdrawn', 'answer_drafts', 'ask_handed', 'ask_replies', 'ask_replies_past', 'proofs', 'answers', 'ask_goals', 'ask_themes', 'ask_methods'])
		ok(fs.readFileSync(at('asks', `${name}.csv`), 'utf8').split('\r\n').length > 2, `${name} has a row`);
	const into = baraza('bare', 'import', 'bundle', at('asks'));
	is(into.status, 0, into.err);
	has(into.out, '48 asks', 'told');
	is(baraza('bare', 'export', '--space', 'civic-space', at('asks-out')).status, 0, 'export');
	for (const name of fs.readdirSync(at('asks'))) {
		const [was, is_] = ['asks', 'asks-out'].map((folder) => fs.readFileSync(at(folder, name), 'utf8'));
		// What shows an answer and stands in a space that is not here keeps its title only.
		const even = (text) => (name === 'proofs.csv' ? text.replace(/,90,,[0-9a-f]*,Elsewhere/, ',90,,,Elsewhere') : text);
		is(even(is_), even(was), name);
	}
	const server = await serve({ command: 'serve', dir: at('bare') });
	const v = new Visitor(server, { lang: 'en' });
	for (const path of ['/c/civic-space/asks', '/c/civic-space/asks/1.1', '/c/civic-space/summary', '/c/civic-space/unused'])
		is((await v.get(path)).status, 200, path);
	is(sql(server, 'SELECT count(*) FROM notify_news'), '0', 'nobody is told of it as news');
	await server.stop();
});

await test('a broken ask, answer or organisation brings nothing in', async () => {
	const spoiled = [
		['asks.csv', /^([0-9a-f]{16}),(\d+,\d+,)/m, '0123456789abcdef,$2', 'asks.csv: line 2: this item is not in items.csv'],
		['asks.csv', /^.*\r\n(?![^]*\r\n)/m, '', 'this item is no ask'],
		['asks.csv', /^([0-9a-f]{16},\d+,\d+,)[0-9a-f]{16}/m, '$10123456789abcdef', 'asks.csv: line 2: this organisation is not in orgs.csv'],
		['answers.csv', /^([0-9a-f]{16}),([0-9a-f]{16})/m, '$2,$2', 'answers.csv: line 2: this is no answer, or none to this ask'],
		['ask_methods.csv', /^[0-9a-f]{16}/m, () => /^([0-9a-f]{16}),2/m.exec(fs.readFileSync(at('asks', 'items.csv'), 'utf8'))[1], 'ask_methods.csv: line 2: this item is no ask'],
		['orgs.csv', /^([0-9a-f]{16}),[^,]*(,.*\r\n[0-9a-f]{16}),([^,]*)/m, '$1,$3$2,$3', 'orgs.csv: line 3: this organisation stands there twice, or another one'],
		['links_past.csv', /^1,/m, '0,', 'links_past.csv: line 2: column 1 is not a number'],
	];
	for (const [name, from, to, why] of spoiled) {
		const was = fs.readFileSync(at('asks', name), 'utf8');
		const text = was.replace(from, to);
		ok(text !== was, `${name} is spoiled`);
		fs.writeFileSync(at('asks', name), text);
		const r = baraza('broken', 'import', 'bundle', at('asks'));
		is(r.status, 1, `${name}: exit status`);
		has(r.err, why, name);
		fs.writeFileSync(at('asks', name), was);
	}
	const server = await serve({ command: 'serve', dir: at('broken') });
	is(sql(server, 'SELECT (SELECT count(*) FROM space) + (SELECT count(*) FROM org) + (SELECT count(*) FROM item)'), '0', 'rows');
	await server.stop();
});

await test('a start that is killed leaves nothing half filled', async () => {
	for (const ms of [60, 150, 300, 500]) {
		const house = `killed-${ms}`;
		const env = { ...process.env, BARAZA_DATA: at(house), BARAZA_DB: databaseOf(at(house)), BARAZA_LISTEN: '127.0.0.1:0' };
		const child = spawn(binary, ['demo'], { env, stdio: 'ignore' });
		await new Promise((wait) => setTimeout(wait, ms));
		child.kill('SIGKILL');
		await new Promise((gone) => child.on('exit', gone));
		const server = await serve({ dir: at(house) });
		has((await new Visitor(server, { lang: 'en' }).get('/c/civic-space')).whole, /264/, 'people');
		is(signIns(server.log).split('\n').length, 6, 'sign-ins');
		await server.stop();
	}
});

await test('a broken folder is refused with file, line and reason', async () => {
	fs.mkdirSync(at('polis'));
	fs.writeFileSync(at('polis', 'comments.csv'), 'comment-id,comment-body\n0,a\n1,b\n');
	fs.writeFileSync(at('polis', 'participants-votes.csv'), 'participant,0,1\n1,1,1\n2,1,9\n');
	const r = baraza('polis', 'import', 'polis', at('polis'), '--space', 'broken');
	is(r.status, 1, 'exit status');
	has(r.err, 'participants-votes.csv: line 3: a vote is -1, 0 or 1', 'reason');
	fs.writeFileSync(at('polis', 'participants-votes.csv'), 'participant,0,1\n1,1,1\n2,1,\n');
	is(baraza('polis', 'import', 'polis', at('polis'), '--space', 'broken').status, 0, 'mended');
});

await test('words that make no sense are refused with status 2', async () => {
	is(baraza('x', 'import').status, 2, 'nothing');
	is(baraza('x', 'import', 'polis', at('polis')).status, 2, 'no name');
	is(baraza('x', 'import', 'polis', at('polis'), '--space', 'No Such').status, 2, 'not a name');
	is(baraza('x', 'import', 'polis', at('polis'), '--space', 'fine', '--lang', 'xx').status, 2, 'language');
	is(baraza('x', 'export').status, 2, 'nothing');
	is(baraza('x', 'export', '--space', 'fine', at('y'), '--what').status, 2, 'unknown word');
	is(baraza('x', 'import', '--help').status, 0, 'help');
	is(baraza('x', 'export', '--help').status, 0, 'help');
});

await test('a backup comes back', async () => {
	is(baraza('demo', 'export', '--backup', at('copy.db')).status, 0, 'backup');
	is(baraza('restored', 'import', '--backup', at('copy.db')).status, 0, 'restore');
	is(baraza('restored', 'export', '--space', 'civic-space', at('restored-out')).status, 0, 'export');
	ok(fs.readFileSync(at('before', 'votes.csv')).equals(fs.readFileSync(at('restored-out', 'votes.csv'))), 'votes');
});

const golden = path.resolve('../shared/golden');
const folders = fs.existsSync(golden)
	? fs.readdirSync(golden).filter((name) => fs.existsSync(path.join(golden, name, 'votes.csv'))) : [];
if (!folders.length) console.log('# skipped: no ../shared');
const expected = {};
for (const name of folders)
	await test(`a real conversation comes in: ${name}`, async () => {
		const slug = name.replace(/[^a-z0-9]+/g, '-');
		const dir = path.join(golden, name);
		const r = baraza('golden', 'import', 'polis', dir, '--space', slug);
		is(r.status, 0, r.err);
		const rows = fs.readFileSync(path.join(dir, 'participants-votes.csv'), 'utf8').trim().split('\n');
		const votes = rows.slice(1).reduce((n, row) => n + Number(row.split(',')[rows[0].split(',').indexOf('n-votes')]), 0);
		has(r.out, `${rows.length - 1} people`, 'people');
		has(r.out, `${votes} votes`, 'votes');
		is(baraza('golden', 'import', 'polis', dir, '--space', slug).status, 1, 'twice');
		const got = baraza('golden', 'analyse', dir, '--json');
		is(got.status, 0, got.err);
		expected[slug] = JSON.parse(got.out);
		// Tallies stand in the order of the columns; statements that nobody voted on have none.
		expected[slug].column = new Map(rows[0].trim().split(',').filter((name) => /^\d+$/.test(name)).map((tid, i) => [Number(tid), i]));
	});

// The sizes of groups large enough to be shown.
function groupSizes(group) {
	const sizes = new Map();
	for (const g of Object.values(group)) if (g !== null && g >= 0) sizes.set(g, (sizes.get(g) ?? 0) + 1);
	return [...sizes.values()].filter((size) => size >= 5);
}

async function resultsPage(server, slug) {
	for (let tries = 0; tries < 100; tries++) {
		const page = (await new Visitor(server, { lang: 'en' }).get(`/c/${slug}/results`)).whole;
		if (/\d opinion group/.test(page)) return page;
		await new Promise((wait) => setTimeout(wait, 100));
	}
	throw new Error(`no opinion groups of ${slug}`);
}

// What analyse says of each group that may be shown, in the order of the house's own groups.
function shownGroups(want, sizes) {
	const all = Object.values(want.tallies);
	return sizes.map((n) => all.find((t) => t.n_members === n));
}

// Each statement's votes in each group, in the file that the results page offers. A statement's number is
// one more than its number at Polis.
async function sameTallies(server, slug, want) {
	const file = JSON.parse((await new Visitor(server).get(`/c/${slug}/data/figures.json`)).whole);
	const groups = shownGroups(want, file.groups);
	is(file.groups.length, groupSizes(want.group).length, `${slug}: groups`);
	ok(file.statements.length > 100, `${slug}: statements`);
	for (const s of file.statements)
		groups.forEach((t, g) => {
			const i = want.column.get(s.statement - 1);
			is([s.groups[g].agree, s.groups[g].disagree, s.groups[g].votes].join(), [t.A[i] ?? 0, t.D[i] ?? 0, t.S[i] ?? 0].join(), `${slug}: statement ${s.statement}, group ${g}`);
		});
	if (Object.keys(want.tallies).length === groups.length)
		for (const s of file.statements.filter((one) => want.column.has(one.statement - 1)))
			ok(Math.abs(s.consensus - want.group_aware_consensus[s.statement - 1]) < 1e-9, `${slug}: consensus of ${s.statement}`);
}

// An editor makes an ask of the statements on which all agree, on the desk and by its forms alone; its page then shows how
// each group voted on them.
async function sameOnAnAsk(server, editor, slug, want) {
	const tids = want.consensus.agree.slice(0, 2).map((c) => c.tid);
	const desk = `/desk/${slug}`;
	await editor.get(`${desk}/orgs`);
	is((await editor.send('name="focal"', { name: `Office for ${slug}`, focal: 'Desk', country: '' })).status, 200, `${slug}: office`);
	await editor.get(`${desk}/asks`);
	is((await editor.send('name="once"', { title: 'What all agree on', q: '0' })).status, 200, `${slug}: an ask`);
	const [, address] = /asks\/([\d.]+)/.exec(editor.at);
	await editor.send('name="method"', { body: 'Do it.' });
	await editor.get(`${desk}/asks/${address}`);
	const [, org] = new RegExp(`<option value="(\\d+)"[^>]*>Office for ${slug}<`).exec(editor.page);
	is((await editor.send('name="due"', { org, due: new Date(Date.now() + 40 * 86400e3).toISOString().slice(0, 10) })).status, 200, `${slug}: facts`);
	await editor.get(`${desk}/asks/${address}`);
	const [, evidence] = /href="([^"]*\/evidence\?ask=\d+)"/.exec(editor.page);
	for (const tid of tids) {
		// Statements not used yet, page by page, until the one is there.
		const number = `S-${tid + 1}`;
		let slot = null;
		for (let page = 1; slot === null && page < 100; page++) {
			await editor.get(`${evidence}&kind=4&use=none&page=${page}`);
			slot = [...editor.page.matchAll(/<article class="ev pick">[^]*?<\/article>/g)].map(([one]) => one)
				.filter((one) => new RegExp(`>${number}</a>`).test(one)).map((one) => /name="i(\d+)"/.exec(one)[1])[0] ?? null;
		}
		const { action, fields } = formOf(editor.page, 'name="seen"');
		const body = new URLSearchParams({ ...fields, do: 'link', ask: /ask=(\d+)/.exec(evidence)[1], [`r${slot}`]: 'for' });
		body.append('k', slot);
		is((await editor.get(action, { method: 'POST', body })).status, 200, `${slug}: ${number} is linked`);
	}
	await editor.get(`${desk}/asks/${address}`);
	is((await editor.send('value="publish"', { do: 'publish' })).status, 200, `${slug}: published`);
	const page = (await new Visitor(server, { lang: 'en' }).get(`/c/${slug}/asks/${address}`)).whole;
	const file = JSON.parse((await new Visitor(server).get(`/c/${slug}/data/figures.json`)).whole);
	for (const tid of [...tids].sort((a, b) => a - b)) {
		const shares = shownGroups(want, file.groups).map((t) => t.A[want.column.get(tid)] / t.S[want.column.get(tid)] * 100);
		const cards = [...page.matchAll(/<div class="card"><h3[^]*?<\/ul><\/div>/g)].map(([card]) => [...card.matchAll(/<b>([\d.]+)%<\/b>/g)].map(([, share]) => Number(share)).slice(1));
		// The parts of a bar are rounded so that they make 100 together: less than one point away.
		ok(cards.some((card) => card.length === shares.length && card.every((share, g) => Math.abs(share - shares[g]) < 1)), `${slug}: statement ${tid + 1}: ${shares} among ${cards.join(' | ')}`);
	}
}

if (folders.length)
	await test('the results page shows what analyse computes', async () => {
		is(spawnSync(binary, ['user', 'add', 'Ed', 'editor'], { env: { ...process.env, BARAZA_DATA: at('golden'), BARAZA_DB: databaseOf(at('golden')) }, input: 'many quiet mornings\n' }).status, 0, 'an editor');
		const server = await serve({ command: 'serve', dir: at('golden'), env: { BARAZA_RATES: 'no' } });
		try {
			const editor = new Visitor(server, { lang: 'en' });
			await editor.get('/sign-in');
			await editor.send('action="/sign-in"', { name: 'Ed', password: 'many quiet mornings' });
			for (const [slug, want] of Object.entries(expected)) {
				const page = (await resultsPage(server, slug)).replace(/<[^>]*>|[\u2066-\u2069]/g, '');
				for (const n of groupSizes(want.group)) has(page, `: ${n} people`, slug);
				await sameTallies(server, slug, want);
				await sameOnAnAsk(server, editor, slug, want);
			}
		} finally {
			await server.stop();
		}
	});

done();
