#!/usr/bin/env node
// The register of incidents: what is public comes of what two sources know and two people checked; map,
// tables and files show the same figures for the same choice; taking back takes out of every figure.
import { Visitor, baraza, formOf, serve, signIn, sql } from './lib.mjs';
import { day, fill, move, send, stateOf } from './incident.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve();
const anybody = new Visitor(server, { lang: 'en' });
const second = await signIn(server, 'organiser');
const reviewer = await signIn(server, 'moderator');

const rows = (csv) => csv.trim().split('\r\n').slice(2).map((l) => l.split(','));
const sum = (csv) => rows(csv).reduce((n, [, v]) => n + Number(v), 0);
const number = (s) => Number(s.replace(/[^\d]/g, ''));
const kpi = (page) => number(/class="kpi"[^]*?<b>([^<]*)</.exec(page)[1]);
const table = (page, id) => Object.fromEntries([...new RegExp(`id="${id}"[^]*?</table>`).exec(page)[0]
	.matchAll(/<th scope="row">(?:<a [^>]*>)?([^<]*)(?:<\/a>)?<\/th><td class="n">([^<]*)</g)].map(([, k, v]) => [k, number(v)]));
// Names of countries differ in their apostrophes from one edition of CLDR to the next.
const plain = (s) => s.replace(/[^a-z]/gi, '').toLowerCase();
const add = (o) => Object.values(o).reduce((a, b) => a + b, 0);

// Everything that the page says of one choice agrees with everything else.
async function agrees(query) {
	const page = (await anybody.ask(`/incidents${query}`)).whole.replace(/[\u2068\u2069]/g, '');
	const countries = (await anybody.ask(`/incidents/countries.csv${query}`)).whole;
	const months = (await anybody.ask(`/incidents/months.csv${query}`)).whole;
	const total = kpi(page);
	is(sum(countries), total, `${query}: file of countries`);
	is(sum(months), total, `${query}: file of months`);
	if (total) {
		is(add(table(page, 'rt')), total, `${query}: regions`);
		is(add(table(page, 'ct')), total, `${query}: countries`);
		const drawn = [...page.matchAll(/<title>([^<:]+): ([\d,]+)<\/title>/g)].filter(([, , n]) => number(n) > 0);
		const named = new Intl.DisplayNames('en', { type: 'region' });
		for (const [, country, n] of drawn) {
			const row = rows(countries).find(([code]) => plain(named.of(code)) === plain(country));
			is(Number(row?.[1]), number(n), `${query}: ${country} on the map`);
		}
		ok(drawn.length > 0, `${query}: something is drawn`);
	}
	is(add(table(page, 'mt')), total, `${query}: months`);
	return total;
}

await test('map, tables, files and list have the same figures for each choice', async () => {
	const all = await agrees('');
	ok(all > 20, 'the sample has incidents');
	const year = new Date().getUTCFullYear();
	let years = 0;
	for (const y of [year, year - 1, year - 2]) years += await agrees(`?year=${y}`);
	is(years, Number(sql(server, "SELECT count(*) FROM record WHERE name = 'incident_public' AND state = 'shown'")), 'all years');
	const detention = await agrees('?f-act=detention');
	ok(detention > 0 && detention < all, 'fewer of one act');
	await agrees('?f-role=journalist');
	await agrees('?f-act=threat&f-role=unionist&f-country=KE');
	is(await agrees('?f-country=AQ'), 0, 'nothing');
	let regions = 0;
	for (const code of ['002', '019', '142', '150', '009']) regions += await agrees(`?region=${code}`);
	is(regions, all, 'all regions');
	const africa = await agrees('?region=002');
	ok(africa > 0 && africa < all, 'fewer of one region');
	is(await agrees('?region=002&f-country=PE'), await agrees('?f-country=PE'), 'a country says which region');
	const page = (await anybody.ask('/incidents?region=002')).whole;
	has(page, '<option value="002" selected>', 'the choice stays');
	const latest = [...(/id="lt"[^]*?<\/table>/.exec(page)?.[0] ?? '').matchAll(/href="\/record\/(\w+)"/g)].map(([, u]) => u);
	ok(latest.length > 0, 'the latest of the region');
	for (const u of latest) ok(!/"country":"(PE|NP|KG|JO)"/.test(sql(server, `SELECT body FROM record WHERE uid = '${u}'`)), 'of the region alone');
});

await test('what the address asks for and is not there is passed by', async () => {
	const all = kpi((await anybody.ask('/incidents')).whole);
	is(kpi((await anybody.ask('/incidents?f-act=%3Cb%3E&f-country=ZZ&f-role=x&region=%3Cb%3E&year=99999')).whole), all, 'all');
	ok(!(await anybody.ask('/incidents?f-act=%3Cscript%3E')).whole.includes('<script>'), 'escaped');
});

const publics = (uid) => sql(server, `SELECT r.state FROM record_link l JOIN record r ON r.id = l.from_record JOIN record i ON i.id = l.to_record WHERE i.uid = '${uid}' ORDER BY r.id`);
const state = (uid) => stateOf(server, uid);

let uid = '';
await test('somebody without account reports an incident', async () => {
	const v = new Visitor(server, { lang: 'en' });
	const at = await fill(v, { title: 'Two reporters held', sources: ['yes', 'no'] });
	uid = await send(v, at);
	is(state(uid), 'review', 'state');
	is((await anybody.ask(`/record/${uid}`)).status, 404, 'nobody else reads it');
	has((await v.ask(`/record/${uid}`)).whole, 'Two reporters held');
});

await test('two sources that know it without each other, and two people', async () => {
	is(await move(reviewer, uid, 'verify'), 'not offered', 'one source alone');
	await reviewer.get(`/record/${uid}`);
	await reviewer.send(`/record/${uid}/change`);
	const at = reviewer.at.split('/').slice(0, 3).join('/');
	await reviewer.get(`${at}/source/2`);
	await reviewer.send('q-saw', { 'q-saw': 'other', 'q-trust': 'high', 'q-apart': 'yes' });
	await reviewer.get(at);
	await reviewer.send('name="version"');
	is(await move(reviewer, uid, 'verify'), 'review', 'the first one agrees');
	is(await move(reviewer, uid, 'verify'), 'review', 'the same person is no second one');
	is(publics(uid), '', 'nothing is public yet');
});

await test('it is public by derivation, with its month and country alone', async () => {
	const before = await agrees('?f-country=BW');
	sql(server, `INSERT INTO record_grant (name, role, account) SELECT 'incident', 'reviewer', id FROM account WHERE name = 'organiser'`);
	is(await move(second, uid, 'verify'), 'verified', 'state');
	is(publics(uid), 'shown', 'public');
	const pub = sql(server, `SELECT p.body FROM record_link l JOIN record p ON p.id = l.from_record JOIN record i ON i.id = l.to_record WHERE i.uid = '${uid}'`);
	const body = JSON.parse(pub);
	is(Object.keys(body).sort().join(), 'act,country,date_from,reprisal,role,title', 'what is public');
	is(body.date_from, `${day(-20).slice(0, 7)}-01`, 'the month');
	is(body.role.join(), 'journalist', 'groups');
	is(await agrees('?f-country=BW'), before + 1, 'counted');
	is(sql(server, "SELECT sum(persons) FROM monitor_unit WHERE country = 'BW'"), '2', 'two people');
});

await test('looked at again, it leaves every figure, and comes back once', async () => {
	is(await move(second, uid, 'reopen'), 'review', 'state');
	is(publics(uid), 'gone', 'taken back');
	is(await agrees('?f-country=BW'), 0, 'not counted');
	is(sql(server, "SELECT count(*) FROM monitor_unit WHERE country = 'BW'"), '0', 'nor its people');
	const gone = sql(server, `SELECT p.uid FROM record_link l JOIN record p ON p.id = l.from_record JOIN record i ON i.id = l.to_record WHERE i.uid = '${uid}'`);
	is((await anybody.ask(`/record/${gone}`)).status, 404, 'the public page');
	await move(reviewer, uid, 'verify');
	is(await move(second, uid, 'verify'), 'verified', 'again');
	is(publics(uid).replace(/\s+/g, ' '), 'gone shown', 'one is public');
	is(await agrees('?f-country=BW'), 1, 'counted once');
});

// Cells of a table by its caption: what is shown in each, row by row.
const cells = (page, id) => [...new RegExp(`id="${id}"[^]*?</table>`).exec(page)[0].matchAll(/<tr><th scope="row">[^]*?<\/tr>/g)]
	.map(([row]) => [...row.matchAll(/<td class="n">(?:<span class="soft">)?([^<]*)/g)].map(([, c]) => c.trim()));

await test('what may be the same is suggested to those who check, and merged by them', async () => {
	is((await anybody.ask('/incidents/check')).status, 303, 'sign in first');
	is((await (await signIn(server, 'editor')).ask('/incidents/check')).status, 403, 'not for others');
	const one = await send(anybody, await fill(new Visitor(server, { lang: 'en' }), { title: 'x' }).then(() => fill(anybody, { title: 'A march stopped', act: 'assembly', country: 'LS', days: 10, sources: ['yes'] })));
	const two = await send(anybody, await fill(anybody, { title: 'March broken up', act: 'assembly', country: 'LS', days: 8, sources: ['yes', 'no'] }));
	const other = await send(anybody, await fill(anybody, { title: 'Another thing', act: 'raid', country: 'LS', days: 8 }));
	await reviewer.get('/incidents');
	has(reviewer.page, 'href="/incidents/check"');
	ok(!(await anybody.ask('/incidents')).whole.includes('/incidents/check'), 'only for them');
	await reviewer.get('/incidents/check');
	has(reviewer.page, `name="from" value="${two}"><input type="hidden" name="into" value="${one}"`);
	ok(!reviewer.page.includes(`name="from" value="${other}"`), 'another act is another thing');
	const form = formOf(reviewer.page, `name="from" value="${two}"`);
	const post = (visitor, fields) => visitor.ask('/incidents/check', { method: 'POST', body: new URLSearchParams(fields) });
	await reviewer.send(`name="from" value="${two}"><input type="hidden" name="into" value="${one}"`);
	is(state(two), 'merged', 'state');
	is(state(one), 'review', 'the other one stays');
	is(JSON.parse(sql(server, `SELECT body FROM record WHERE uid = '${one}'`)).source.length, 3, 'its sources are there');
	has((await reviewer.ask(`/record/${two}`)).whole, `href="/record/${one}"`);
	is((await post(reviewer, form.fields)).status, 409, 'once');
	is((await post(reviewer, { ...form.fields, from: one, into: one })).status, 409, 'not with itself');
	is((await post(reviewer, { ...form.fields, from: one, into: '0123456789abcdef' })).status, 404, 'not with nothing');
	is((await post(await signIn(server, 'editor'), form.fields)).status, 403, 'not by others');
});

await test('people and acts: what the page shows of a place is what the file says', async () => {
	const file = (await anybody.ask('/incidents/sdg.csv')).whole.trim().split('\r\n').map((l) => l.split(','));
	is(file[0].length, 19, 'columns');
	is(file[0].slice(0, 5).join(), 'FREQ,INDICATOR,GEO,SEX,AGE', 'as SDMX has them');
	const acts = ['killing', 'disappearance', 'torture', 'detention', 'abduction', 'attack', 'threat'];
	const said = (r) => (r[17] === 'A' ? r[12] : r[18]);
	const of = (geo, year, act, sex, age, more) => file.filter((r) => r[2] === geo && r[11] === String(year) && r[3] === sex && r[4] === age && r[9] === `act=${act}${more}`);
	let hidden = 0;
	for (const place of ['', '002', '019', 'KE', 'IQ', 'BW'])
		for (const year of [new Date().getUTCFullYear(), new Date().getUTCFullYear() - 1]) {
			const { whole } = await anybody.ask(`/incidents/sdg?place=${place}&year=${year}`);
			const geo = place || '001';
			const sexes = cells(whole, 'b0'), ages = cells(whole, 'b1'), totals = cells(whole, 'yt');
			for (const [i, act] of acts.entries()) {
				const yes = of(geo, year, act, '_T', '_T', '');
				if (!yes.length) continue; // nothing of this place in that year
				const at = 4 - (new Date().getUTCFullYear() - year);
				is(totals[i][at].replace(/,/g, ''), said(yes[0]), `${place} ${year} ${act}`);
				is(sexes[i].join('|').replace(/,/g, ''), ['F', 'M', '_O', '_U'].map((s) => said(of(geo, year, act, s, '_T', '')[0])).join('|'), `${place} ${year} ${act} by gender`);
				is(ages[i].join('|').replace(/,/g, ''), ['Y0T17', 'Y_GE18', '_U'].map((a) => said(of(geo, year, act, '_T', a, '')[0])).join('|'), `${place} ${year} ${act} by age`);
				hidden += [...sexes[i], ...ages[i]].filter((c) => /fewer|held/.test(c)).length;
				ok(![...sexes[i], ...ages[i]].some((c) => /^[1-4]$/.test(c)), `${place} ${year} ${act}: no small number`);
			}
		}
	ok(hidden > 20, 'some are hidden');
	const sums = sql(server, "SELECT sum(persons) FROM monitor_unit WHERE act = 'detention' AND grp <> 'other'");
	is(file.filter((r) => r[2] === '001' && r[3] === '_T' && r[4] === '_T' && r[9] === 'act=detention').reduce((n, r) => n + Number(r[12]), 0), Number(sums), 'all people');
});

await test('the question that the page prints is the one it asks', async () => {
	const { whole } = await anybody.ask('/incidents/sdg');
	const query = /<pre[^>]*>([^<]*)/.exec(whole)[1].replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#39;/g, "'");
	const answer = sql(server, query.replace('?1', '2000').replace('?2', '2100'));
	const people = answer.split('\n').reduce((n, l) => n + Number(l.split('|')[7]), 0);
	is(people, Number(sql(server, "SELECT sum(persons) FROM monitor_unit WHERE grp <> 'other' AND grp <> ''")), 'people');
});

await test('made anew, the counts are what they were', async () => {
	const dump = () => ['monitor_public', 'monitor_tally', 'monitor_unit'].map((t) => sql(server, `SELECT * FROM ${t} ORDER BY 1, 2, 3, 4`)).join('\n');
	const before = dump();
	ok(before.includes('BW'), 'there is something');
	has(baraza(server, ['reindex']), 'records');
	ok(dump() === before, "the same");
});
await test('the server ends cleanly', async () => is(await server.stop(), 0, 'exit status'));
done();
