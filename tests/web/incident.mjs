// I know how an incident is reported, checked and moved on by people with browsers.
import { sql } from './lib.mjs';

export const day = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10);

// Fills in an incident as far as its end; what is said twice is of two rows.
export async function fill(v, { title, days = 20, sources = [], act = 'detention', country = 'BW' }) {
	await v.get('/records/incident/new');
	await v.send('/records/incident/new');
	const at = v.at.split('/').slice(0, 3).join('/');
	await v.get(`${at}/what`);
	await v.send('q-title', { 'q-title': title, 'q-act': act, 'q-date_from': day(-days), 'q-exact': 'day', 'q-country': country, 'q-reprisal': 'no' });
	await v.get(`${at}/victim/1`);
	await v.send('q-role', { 'q-role': 'journalist', 'q-sex': 'f', 'q-age': 'adult', 'q-persons': '2' });
	await v.get(`${at}/actor/1`);
	await v.send('q-kind', { 'q-kind': 'police' });
	for (const [i, apart] of sources.entries()) {
		await v.get(`${at}/source/${i + 1}`);
		await v.send('q-saw', { 'q-saw': 'witness', 'q-trust': 'high', 'q-apart': apart });
	}
	return at;
}
export const stateOf = (server, uid) => sql(server, `SELECT state FROM record WHERE uid = '${uid}'`);
export async function send(v, at) {
	await v.get(at);
	await v.send('name="version"', { move: 'send' });
	return v.at.split('/')[2].split('?')[0];
}
export async function move(v, uid, name, words = 'why') {
	await v.get(`/record/${uid}`);
	if (!v.page.includes(`value="${name}"`)) return 'not offered';
	await v.send(`/record/${uid}/move`, { move: name, words });
	return stateOf(v.server, uid);
}
