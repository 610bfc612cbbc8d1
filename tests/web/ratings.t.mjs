#!/usr/bin/env node
// A rating cites incidents: each has to be there and public, and is linked from the one to the other.
import { Visitor, serve, signIn, sql as ask } from './lib.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const sql = (text) => ask(server, text);
const lead = await signIn(server, 'organiser');
const anybody = new Visitor(server, { lang: 'en' });
const shown = sql("SELECT ref FROM record WHERE name = 'incident_public' AND state = 'shown' ORDER BY id LIMIT 2").split('\n');
const gone = sql("SELECT uid, ref FROM record WHERE name = 'incident_public' AND state = 'shown' ORDER BY id DESC LIMIT 1").split('|');
sql(`UPDATE record SET state = 'gone' WHERE uid = '${gone[0]}'`);

async function begin() {
	await lead.get('/records/rating/new');
	await lead.send('/records/rating/new');
	const at = lead.at.split('/').slice(0, 3).join('/');
	await lead.get(`${at}/what`);
	await lead.send('q-level', { 'q-country': 'KE', 'q-level': 'narrowed', 'q-since': '2025-01-01', 'q-why': 'Because of what is cited.' });
	await lead.get(`${at}/assessor/1`);
	await lead.send('q-assessor_name', { 'q-assessor_name': 'A. Sample' });
	return at;
}
const cite = async (at, row, ref) => {
	await lead.get(`${at}/cites/${row}`);
	await lead.send('q-incident', { 'q-incident': ref });
	return lead;
};

let uid = '';
await test('what is cited has to be there, and public', async () => {
	const at = await begin();
	for (const wrong of ['PUB-1999-1', 'PUB-2026-99999', gone[1]]) {
		await cite(at, 1, wrong);
		has(lead.page, 'There is no public record with this reference.', wrong);
		has(lead.page, `value="${wrong}"`, 'what was typed is kept');
	}
	await cite(at, 1, shown[0]);
	ok(!lead.page.includes('There is no public record'), 'one that is there');
	await cite(at, 2, shown[1]);
	await cite(at, 3, shown[1]);
	await lead.get(at);
	await lead.send('name="version"', {});
	uid = lead.at.split('/')[2].split('?')[0];
	is(sql(`SELECT count(*) FROM record_link l JOIN record r ON r.id = l.from_record WHERE r.uid = '${uid}' AND l.kind = 3`), '2', 'each once');
});

await test('both are linked with each other for those who may read both', async () => {
	const incident = sql(`SELECT uid FROM record WHERE ref = '${shown[0]}'`);
	has((await lead.get(`/record/${uid}`)).whole, `Rests on <a href="/record/${incident}"`, 'from the rating');
	has((await lead.get(`/record/${incident}`)).whole, `Cited by <a href="/record/${uid}"`, 'from the incident');
	ok(!(await anybody.get(`/record/${incident}`)).whole.includes(uid), 'a draft is nobody’s to see');
	const sample = sql("SELECT r.uid, i.uid FROM record_link l JOIN record r ON r.id = l.from_record JOIN record i ON i.id = l.to_record WHERE l.kind = 3 AND r.is_sample = 1 AND r.state = 'shown' ORDER BY r.id LIMIT 1").split('|');
	has((await anybody.get(`/record/${sample[0]}`)).whole, `/record/${sample[1]}"`, 'public ones are everybody’s');
});

await test('what is cited no more is linked no more; what was taken back since may stay', async () => {
	sql(`UPDATE record SET state = 'gone' WHERE ref = '${shown[1]}'`);
	await lead.get(`/record/${uid}`);
	await lead.send('/change');
	const at = lead.at.split('?')[0].split('/').slice(0, 3).join('/');
	await lead.get(`${at}/what`);
	await lead.send('q-level', { 'q-why': 'Because of what is cited. And more.' });
	await lead.get(at);
	await lead.send('name="version"', {});
	has(sql(`SELECT body FROM record WHERE uid = '${uid}'`), 'And more', 'changed');
	is(sql(`SELECT count(*) FROM record_link l JOIN record r ON r.id = l.from_record WHERE r.uid = '${uid}' AND l.kind = 3`), '1', 'the public one alone');
});

await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
