#!/usr/bin/env node
// Who may what: every role of every definition, in every state, tries every verb over HTTP, and gets
// what `baraza check` says, no more and no less.
import { Visitor, baraza, formOf, serve, sql } from './lib.mjs';
import { done, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const password = Object.fromEntries([...server.log.matchAll(/^  (\w+) +(\S+)$/gm)].map((m) => [m[1], m[2]]));
async function signedIn(name) {
	const v = new Visitor(server, { lang: 'en' });
	await v.get('/sign-in');
	await v.send('name="password"', { name, password: password[name] });
	return v;
}

// "definition NAME, STATE: role: verb verb; role: verb"
const matrix = {};
let report = '';
try {
	report = baraza(server, ['check']);
} catch (e) {
	report = e.stdout;
}
for (const [, form, state, row] of report.matchAll(/definition +(\w+), (\w+): (.*)$/gm)) {
	const roles = Object.fromEntries(row.split('; ').filter(Boolean).map((r) => {
		const [role, verbs] = r.split(': ');
		return [role, (verbs ?? '').split(' ')];
	}));
	(matrix[form] ??= {})[state] = roles;
}
const forms = Object.keys(matrix);
const rolesOf = (form) => ['public', 'author', ...new Set(Object.values(matrix[form]).flatMap(Object.keys)
	.filter((r) => !['public', 'author', 'staff'].includes(r)))];

// One person of the house plays all roles but everybody's; which, the database says.
const player = await signedIn('translator');
const account = sql(server, `SELECT id FROM account WHERE name = 'translator'`);
const anybody = new Visitor(server, { lang: 'en' });

// A record of the form without answers, in that state, made by nobody or by the player.
function put(form, state, author) {
	const uid = Array.from({ length: 16 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
	const id = sql(server, `SELECT max(id) FROM record_form WHERE name = '${form}'`);
	sql(server, `INSERT INTO record (uid, name, form, year, number, ref, state, account, lang, ord, version, body, is_sample, created_at, changed_at)
		SELECT '${uid}', '${form}', ${id}, 2000, coalesce(max(number), 0) + 1, 'TRY', '${state}', ${author ? account : 'NULL'}, 'en', 4000000000, 1, '{}', 1, 0, 0
		FROM record WHERE name = '${form}'`);
	return uid;
}

const play = (form, role) => {
	sql(server, `DELETE FROM record_grant WHERE account = ${account}`);
	if (role !== 'public' && role !== 'author')
		sql(server, `INSERT INTO record_grant (name, role, account) VALUES ('${form}', '${role}', ${account})`);
};

// A token of the player's or of anybody's, from a page with a form.
async function tokenOf(visitor) {
	await visitor.get(visitor === player ? '/records' : '/records/barrier/new');
	return formOf(visitor.page, visitor === player ? '/sign-out' : '/new').fields.csrf;
}
const tokens = new Map([[player, await tokenOf(player)], [anybody, await tokenOf(anybody)]]);
const post = async (visitor, to, fields = {}) => (await visitor.ask(to, { method: 'POST',
	body: new URLSearchParams({ csrf: tokens.get(visitor), ...fields }) })).status;

async function tries(visitor, uid) {
	return {
		read: (await visitor.ask(`/record/${uid}`)).status === 200,
		write: (await post(visitor, `/record/${uid}/change`)) === 303,
		message: (await post(visitor, `/record/${uid}/say`, { said: 'x' })) === 303,
		note: (await post(visitor, `/record/${uid}/say`, { said: 'x', note: '1' })) === 303,
	};
}

// Whoever may not read does nothing else to it.
function expected(verbs, role, everybody) {
	const all = new Set([...verbs, ...(role === 'public' ? [] : everybody)]);
	const reads = all.has('read');
	return { read: reads, write: reads && (all.has('write') || all.has('add')), message: reads && all.has('message'),
		note: reads && all.has('note') };
}

await test('every definition that comes with the program is there', () => ok(forms.length >= 11, forms.join(' ')));

for (const form of forms) {
	for (const role of rolesOf(form)) {
		await test(`${form}: ${role} gets what the definition says`, async () => {
			play(form, role);
			const visitor = role === 'public' ? anybody : player;
			for (const [state, roles] of Object.entries(matrix[form])) {
				const uid = put(form, state, role === 'author');
				const want = expected(roles[role] ?? [], role, roles.public ?? []);
				const got = await tries(visitor, uid);
				for (const verb of Object.keys(want)) is(got[verb], want[verb], `${state}: ${verb}`);
			}
		});
	}
	await test(`${form}: who may not read does not find`, async () => {
		play(form, 'public');
		for (const [state, roles] of Object.entries(matrix[form])) {
			const uid = put(form, state, false);
			for (const visitor of [anybody, player]) {
				const page = (await visitor.ask(`/records/${form}?x=${uid}`)).whole;
				is(page.includes(uid) && page.includes(`/record/${uid}`), (roles.public ?? []).includes('read'), `${state} in the list`);
			}
		}
	});
	await test(`${form}: who may not make one does not begin`, async () => {
		play(form, 'public');
		const first = Object.values(matrix[form])[0];
		const makes = (who) => (first[who] ?? []).includes('create');
		const status = (visitor) => visitor.ask(`/records/${form}/new`).then((a) => a.status);
		is((await status(anybody)) === 200, makes('public'), 'anybody');
		is((await status(player)) === 200, makes('public') || makes('staff'), 'staff');
		is((await post(anybody, `/records/${form}/new`)) === 303, makes('public'), 'anybody, sent');
	});
}

await server.stop();
done();
