#!/usr/bin/env node
// Devices fetch forms and send records in as OpenRosa 1.0 has it: each case of its table, with and without
// an account, over again, in parts, changed, too late, and by somebody who may not.
import http from 'node:http';
import { Visitor, baraza, raw, serve, signIn, sql } from './lib.mjs';
import { Device, HEAD, flood, incident, keyPath, newId, record } from './openrosa.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const server = await serve({ env: { BARAZA_RATES: 'no' } });
const words = server.log;
const anybody = new Device(server);
const mine = new Device(server, keyPath(server));
const count = (name) => Number(sql(server, `SELECT count(*) FROM record WHERE name = '${name}'`));
const meeting = (subject, id, of, sides = 2, version = 1) => record('meeting', version,
	`<what><subject>${subject}</subject><held>2026-03-04</held><way>online</way><country>CH</country></what>`
	+ '<side><name>Sample office</name><kind>state</kind><people>3</people></side>'.repeat(sides)
	+ '<came><result>Sample result</result></came>', id, of);
const stateOf = (subject) => sql(server, `SELECT state FROM record WHERE body LIKE '%"${subject}"%'`);

await test('an answer carries what OpenRosa asks for', async () => {
	for (const method of ['HEAD', 'GET']) {
		const a = await anybody.ask('/submission', { method });
		is(a.status, 204, method);
		is(a.headers.get('x-openrosa-version'), '1.0');
		is(a.headers.get('x-openrosa-accept-content-length'), '1048576');
		ok(/ GMT$/.test(a.headers.get('date')), 'Date');
		is(a.headers.get('set-cookie'), null, 'no cookie');
	}
	is((await anybody.ask('/formList', { headers: { 'x-openrosa-version': '2.0' } })).status, 400, 'another version');
	const none = await fetch(`${anybody.base}/formList`);
	is(none.status, 400, 'a browser');
	is(none.headers.get('content-type'), 'text/xml; charset=utf-8');
	is((await anybody.ask('/nothing')).headers.get('x-openrosa-version'), '1.0', 'also where there is nothing');
});

await test('the list has what the device may fill in, and nothing else', async () => {
	const all = await anybody.ask('/formList');
	is(all.status, 200);
	is(all.headers.get('content-type'), 'text/xml; charset=utf-8');
	has(all.whole, 'xmlns="http://openrosa.org/xforms/xformsList"');
	has(all.whole, '<formID>incident</formID><name>Incident</name><version>2</version><hash>md5:');
	ok(!all.whole.includes('<formID>meeting<'), 'not for everybody');
	ok(!all.whole.includes('<formID>threat<'), 'sealed as a whole');
	ok(!all.whole.includes('manifestUrl'), 'nothing belongs to it');
	ok(!all.whole.includes('descriptionText'), 'only when asked for');
	has((await anybody.ask('/formList?verbose=true')).whole, '<descriptionText>');
	has((await mine.ask('/formList')).whole, '<formID>meeting</formID>');
	ok(!(await mine.ask('/formList')).whole.includes('<formID>incident_public<'), 'made by derivation alone');
	is((await anybody.ask('/formList?formID=barrier')).whole.split('<xform>').length, 2, 'one');
	ok(!(await anybody.ask('/formList?formID=none')).whole.includes('<xform>'), 'none');
	has((await new Device(server, '/or', 'fr').ask('/formList?formID=meeting&x=y')).whole, '<xforms');
	has((await new Device(server, keyPath(server), 'ar').ask('/formList')).whole, 'اجتماع');
});

await test('the checksum is that of the form, and the form asks of a person nothing but answers', async () => {
	const { createHash } = await import('node:crypto');
	const list = (await mine.ask('/formList')).whole;
	for (const [, id, md5, at] of list.matchAll(/<formID>(\w+)<.*?md5:(\w+)<.*?<downloadUrl>([^<]+)</g)) {
		const form = await mine.ask(at);
		is(form.status, 200, id);
		is(createHash('md5').update(form.whole).digest('hex'), md5, id);
		ok(!/deviceid|username|phonenumber|jr:preload="(?!uid)|audit|email/.test(form.whole.replace(/<value>.*<\/value>/g, '')), `${id} is private`);
		is(form.whole.match(/<translation /g).length, 6, `languages of ${id}`);
		const manifest = await mine.ask(`/forms/${id}/manifest`);
		is(manifest.status, 200);
		has(manifest.whole, 'xformsManifest');
	}
	const plain = await anybody.ask('/forms/incident.xml', { headers: { 'accept-encoding': 'gzip;q=0' } });
	const small = await anybody.ask('/forms/incident.xml', { headers: { 'accept-encoding': 'br, gzip' } });
	is(`${plain.headers.get('content-encoding')} ${small.headers.get('content-encoding')}`, 'null gzip');
	is(plain.whole, small.whole, 'the same, compressed');
	const x = plain.whole;
	ok(!/<(alias|story|link)[ >].*<(input|select)/.test(x) && !x.includes('ref="/data/what/story"'), 'sealed questions are not asked');
	has(x, 'constraint=". &lt;= today()"');
	is((await anybody.ask('/forms/meeting.xml')).status, 404, 'not theirs');
	is((await anybody.ask('/forms/threat.xml')).status, 404, 'sealed');
	is((await anybody.ask('/forms/none/manifest')).status, 404, 'none');
});

await test('new: stored once, and sent on, 201', async () => {
	const before = count('incident');
	const a = await anybody.send(incident('Sample by device'));
	is(a.status, 201, a.whole);
	has(a.said, /INC-\d{4}-\d+/);
	has(a.whole, 'xmlns="http://openrosa.org/http/response"');
	is(count('incident'), before + 1);
	is(stateOf('Sample by device'), 'review', 'what nobody could send on later is sent on');
	is(sql(server, `SELECT count(*) FROM record WHERE body LIKE '%Sample by device%' AND account IS NULL AND participant IS NULL`), '1', 'of nobody');
});

await test('the same again: 202, and still one', async () => {
	const id = newId();
	const before = count('incident');
	is((await anybody.send(incident('Sample again', id))).status, 201);
	for (let i = 0; i < 3; i++) is((await anybody.send(incident('Sample again', id))).status, 202);
	const all = await Promise.all([...Array(8)].map(() => anybody.send(incident('Sample at once', `${id}-2`))));
	is(all.filter((a) => a.status === 201).length, 1, 'one of those that come at once');
	is(all.filter((a) => a.status === 202).length, 7);
	is(count('incident'), before + 2);
});

await test('the same number, other answers: 409, and nothing changes', async () => {
	const id = newId();
	await anybody.send(incident('Sample first', id));
	const a = await anybody.send(incident('Sample second', id));
	is(a.status, 409);
	has(a.said, 'Another record');
	is(stateOf('Sample second'), '');
});

await test('parts with files: refused by name, never lost in silence', async () => {
	const a = await anybody.send(incident('Sample with a file'), { 'photo.jpg': 'x' });
	is(a.status, 400);
	has(a.said, 'photo.jpg');
	is(stateOf('Sample with a file'), '');
});

await test('an edit takes the place of the one before, as long as nobody changed it', async () => {
	const lead = await signIn(server, 'organiser', { words });
	const [one, two, three] = [newId(), newId(), newId()];
	is((await mine.send(meeting('Sample edit one', one))).status, 201);
	is(stateOf('Sample edit one'), 'review', 'sent on');
	const a = await mine.send(meeting('Sample edit two', two, one));
	is(a.status, 201, a.whole);
	is(stateOf('Sample edit one'), '', 'changed');
	is(stateOf('Sample edit two'), 'review');
	is((await mine.send(meeting('Sample edit two', two, one))).status, 202, 'the same edit again');
	is((await mine.send(meeting('Sample edit x', newId(), one))).status, 409, 'of what is not the newest');
	is((await mine.send(meeting('Sample edit x', newId(), newId()))).status, 404, 'of what is not here');
	is((await anybody.send(meeting('Sample edit x', newId(), two))).status, 401, 'of somebody else');
	const uid = sql(server, `SELECT uid FROM record WHERE body LIKE '%Sample edit two%'`);
	await lead.get(`/record/${uid}`);
	has(lead.page, 'Sample edit two');
	const log = sql(server, `SELECT count(*) FROM record_entry e JOIN record r ON r.id = e.record WHERE r.uid = '${uid}' AND e.kind = 2`);
	is(log, '1', 'the change stands in its log');
	sql(server, `UPDATE record SET body = replace(body, 'Sample result', 'Sample other') WHERE uid = '${uid}'`);
	const late = await mine.send(meeting('Sample edit three', three, two));
	is(late.status, 409, 'changed here meanwhile');
	has(late.said, 'meanwhile');
});

await test('an edit by an account that may not any more: 403', async () => {
	const monitor = await signIn(server, 'moderator', { words });
	await monitor.get('/account/devices');
	await monitor.send('action="/account/devices"', { name: 'Sample tablet' });
	const device = new Device(server, new URL(/http:[^<\s]+\/or\/k\/\w+/.exec(monitor.page)[0]).pathname);
	const [one, two] = [newId(), newId()];
	const edit = (title, id, of) => incident(title, id).replace('</orx:meta>', `<orx:deprecatedID>${of}</orx:deprecatedID></orx:meta>`);
	is((await device.send(incident('Sample not theirs', one))).status, 201);
	is((await device.send(edit('Sample theirs', two, one))).status, 201, 'a reviewer may, while it is looked at');
	sql(server, `UPDATE record SET state = 'verified' WHERE body LIKE '%Sample theirs%'`);
	is((await device.send(edit('Sample not any more', newId(), two))).status, 403);
	is(stateOf('Sample not any more'), '');
	is((await anybody.send(edit('Sample of nobody', newId(), two))).status, 403, 'nor does nobody');
});

await test('deleted since: 409', async () => {
	const id = newId();
	is((await mine.send(meeting('Sample deleted', id))).status, 201);
	const rec = sql(server, `SELECT id FROM record WHERE body LIKE '%Sample deleted%'`);
	sql(server, `UPDATE openrosa_sent SET record = 'gone' WHERE instance = '${id}'`);
	const a = await mine.send(meeting('Sample deleted', id));
	is(a.status, 409, rec);
	has(a.said, 'deleted');
});

await test('unknown forms and versions: 404, each by name', async () => {
	const form = await anybody.send(record('none', 1, '<a>1</a>'));
	is(form.status, 404);
	has(form.said, 'no such form');
	for (const version of ['99', 'x', '-1', '2.0']) {
		const a = await anybody.send(incident('Sample version').replace('version="2"', `version="${version}"`));
		is(a.status, 404, version);
		has(a.said, 'version');
	}
	is((await anybody.send(incident('Sample no version').replace(' version="2"', ''))).status, 201, 'none: the one in use');
});

await test('not allowed: 401 without an account, 403 with one; a form that is sealed takes nothing', async () => {
	const a = await anybody.send(meeting('Sample nobody'));
	is(a.status, 401);
	ok(a.headers.get('www-authenticate'), 'it says how');
	is((await anybody.send(record('threat', 1, '<a>1</a>'))).status, 403);
	for (const key of ['0'.repeat(64), 'x', keyPath(server).slice(6, -1)]) {
		const wrong = new Device(server, `/or/k/${key}`);
		is((await wrong.ask('/formList')).status, 401, key);
		is((await wrong.send(incident('Sample nobody'))).status, 401, key);
		is((await wrong.ask('/submission', { method: 'HEAD' })).status, 401, key);
	}
	is(stateOf('Sample nobody'), '');
});

await test('malformed: 400, with its reason', async () => {
	const before = count('incident');
	const cases = {
		'cut short': [incident('x').slice(0, -20), 'damaged'],
		'a definition': [`<!DOCTYPE data [<!ENTITY a "b">]>${incident('&a;')}`, 'DTD'],
		'entities in entities': [`<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${incident('&b;')}`, 'DTD'],
		'a file of ours': [`<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>${incident('&a;')}`, 'DTD'],
		'too deep': [record('incident', 2, '<a>'.repeat(30) + '</a>'.repeat(30)), 'deep'],
		'no UTF-8': [Buffer.from([...Buffer.from('<data id="incident">'), 0xff, 0xfe, ...Buffer.from('</data>')]), 'damaged'],
		'nothing': ['', 'damaged'],
		'no number': [record('incident', 2, '<what><title>x</title></what>', ''), 'instanceID'],
		'encrypted': [record('incident', 2, '').replace('<data', '<data xmlns="http://opendatakit.org/submissions" encrypted="yes"'), 'encrypted'],
		'no such choice': [incident('x').replace('threat detention', 'threat dancing'), 'What was done?'],
		'no such day': [incident('x').replace('2026-02-03', '2026-02-31'), 'When did it begin?'],
		'a day to come': [incident('x').replace('2026-02-03', '2999-02-03'), 'When did it begin?'],
		'no such country': [incident('x').replace('KE', 'QQ'), 'In which country?'],
		'nothing where something is required': [incident('x').replace('<exact>day</exact>', ''), 'How exact is that day?'],
		'too long': [incident('x'.repeat(500)), 'Short title'],
		'an answer twice': [incident('x').replace('<exact>', '<exact>day</exact><exact>'), 'How exact'],
		'too many rows': [incident('x', newId(), '<actor><kind>police</kind></actor>'.repeat(60)), 'Who is said to be responsible'],
		'a number that is none': [incident('x').replace('<sex>', '<persons>many</persons><sex>'), 'How many people'],
		'what must be sealed': [incident('x').replace('<sex>', '<alias>Sample name</alias><sex>'), 'Name or alias'],
	};
	for (const [name, [xml, why]] of Object.entries(cases)) {
		const a = await anybody.send(xml);
		is(a.status, 400, `${name}: ${a.said}`);
		has(a.said, why, name);
	}
	for (const lang of ['ar', 'zh', 'fr', 'ru', 'es']) {
		const a = await new Device(server, '/or', lang).send(incident('x').replace('<exact>day</exact>', ''));
		is(a.status, 400);
		ok(!/[a-z]{4}.*needs/.test(a.said), `in ${lang}: ${a.said}`);
	}
	is(count('incident'), before, 'nothing of it is kept');
});

await test('a broken body: 400; without a record, or with two: 400', async () => {
	const type = { 'content-type': 'multipart/form-data; boundary=b' };
	const post = (body, headers = type) => anybody.ask('/submission', { method: 'POST', body, headers });
	for (const [name, body, headers] of [
		['truncated', '--b\r\nContent-Disposition: form-data; name="xml_submission_file"\r\n\r\n<data'],
		['no boundary', 'x', { 'content-type': 'multipart/form-data' }],
		['no part', '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n'],
		['not a form', incident('x'), { 'content-type': 'text/xml' }],
	]) {
		const a = await post(body, headers);
		is(a.status, 400, name);
		is(a.headers.get('x-openrosa-version'), '1.0', name);
		has(a.whole, '<message nature="error">', name);
	}
	const two = new FormData();
	two.append('xml_submission_file', new Blob([incident('x')]), 'a.xml');
	two.append('xml_submission_file', new Blob([incident('x')]), 'b.xml');
	is((await anybody.ask('/submission', { method: 'POST', body: two })).status, 400, 'two');
});

await test('too large: 413, also when it comes in chunks; chunks that fit are taken', async () => {
	const body = `--b\r\nContent-Disposition: form-data; name="xml_submission_file"\r\n\r\n${incident('x'.repeat(1 << 20))}\r\n--b--\r\n`;
	const big = await raw(server, 'POST /or/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\nAccept-Language: fr\r\n'
		+ `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 1000)}`);
	has(big, /^HTTP\/1.1 413 /);
	has(big, 'X-OpenRosa-Accept-Content-Length: 1048576');
	has(big, 'Rien n');
	const chunked = (xml) => new Promise((resolve, reject) => {
		const { hostname, port } = new URL(server.origin);
		const req = http.request({ hostname, port, path: '/or/submission', method: 'POST',
			headers: { ...HEAD, 'content-type': 'multipart/form-data; boundary=b', 'transfer-encoding': 'chunked' } },
		(res) => { res.resume(); resolve(res.statusCode); });
		req.on('error', reject);
		const body = `--b\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml\r\n\r\n${xml}\r\n--b--\r\n`;
		for (let i = 0; i < body.length; i += 1000) req.write(body.slice(i, i + 1000));
		req.end();
	});
	is(await chunked(incident('Sample chunks')), 201);
	is(stateOf('Sample chunks'), 'review');
	is((await anybody.send(record('incident', 2, '<a/>'.repeat(12000)))).status, 413, 'too many elements');
});

await test('what the form does not ask is kept aside; what is not asked any more is dropped', async () => {
	const id = newId();
	const a = await anybody.send(incident('Sample aside', id, '<later>sample &lt;b&gt;</later><group2><inner>7</inner></group2>'));
	is(a.status, 201, a.whole);
	is(sql(server, `SELECT aside FROM openrosa_sent WHERE instance = '${id}'`), '[["later","sample <b>"],["group2/inner","7"]]');
	const big = await anybody.send(incident('Sample aside too', newId(), `<later>${'y'.repeat(70000)}</later>`));
	is(big.status, 400);
	ok(!sql(server, `SELECT body FROM record WHERE body LIKE '%Sample aside%'`).includes('later'), 'not in the record');
});

await test('markup in an answer stays a text', async () => {
	const a = await anybody.send(incident('&lt;script&gt;alert(1)&lt;/script&gt; Sample'));
	is(a.status, 201);
	const reviewer = await signIn(server, 'moderator', { words });
	await reviewer.get(`/record/${sql(server, `SELECT uid FROM record WHERE body LIKE '%alert(1)%'`)}`);
	has(reviewer.page, '&lt;script&gt;alert(1)&lt;/script&gt; Sample');
});

await test('cookies say nothing here, and a page of somebody else can send nothing', async () => {
	const lead = await signIn(server, 'organiser', { words });
	const body = new FormData();
	body.append('xml_submission_file', new Blob([meeting('Sample cookie')]), 'a.xml');
	const cookie = [...lead.jar].map(([k, v]) => `${k}=${v}`).join('; ');
	is((await anybody.ask('/submission', { method: 'POST', body, headers: { cookie } })).status, 401, 'a session is nobody here');
	const plain = await fetch(`${anybody.base}/submission`, { method: 'POST', body });
	is(plain.status, 400, 'without the head that another page cannot send');
	const routes = baraza(server, ['routes']).split('\n').filter((l) => / program /.test(l));
	ok(routes.length === 10 && routes.every((l) => l.includes(' /or/')), 'those routes alone are so');
});

await test('a caretaker or an account makes and ends devices; the secret is shown once and kept as a hash', async () => {
	const lead = await signIn(server, 'organiser', { words });
	const admin = await signIn(server, 'admin', { words });
	await lead.get('/account');
	has(lead.page, '/account/devices');
	await lead.get('/account/devices');
	await lead.send('action="/account/devices"', { name: '' });
	has(lead.page, 'Write an answer here');
	await lead.send('action="/account/devices"', { name: '<b>Sample phone' });
	is(lead.at, '/account/devices/new');
	const at = /http:[^<\s]+(\/or\/k\/(\w{64}))/.exec(lead.page);
	has(lead.page, '<svg class="qr big"');
	has(lead.page, 'odk_default');
	ok(!sql(server, `SELECT hash FROM openrosa_key`).includes(at[2]), 'a hash');
	const phone = new Device(server, at[1]);
	has((await phone.ask('/formList')).whole, '<formID>meeting</formID>');
	is((await phone.send(meeting('Sample phone'))).status, 201);
	await admin.get('/account/devices/new');
	ok(!admin.page.includes(at[2]), 'not to others');
	await admin.get('/account/devices');
	has(admin.page, '&lt;b&gt;Sample phone');
	const id = sql(server, `SELECT max(id) FROM openrosa_key`);
	const other = await signIn(server, 'translator', { words });
	await other.get('/account/devices');
	ok(!other.page.includes('Sample phone'), 'not to those who do not run the site');
	const csrf = /name="csrf" value="([^"]+)"/.exec(other.page)[1];
	is((await other.ask(`/account/devices/${id}/end`, { method: 'POST', body: new URLSearchParams({ csrf }) })).status, 404, 'nor to end');
	await admin.send(`/account/devices/${id}/end`);
	has(admin.page, 'can fetch and send nothing any more');
	is((await phone.ask('/formList')).status, 401);
	is((await phone.send(meeting('Sample after the end'))).status, 401);
	is((await new Visitor(server).ask('/account/devices')).status, 303, 'nobody');
	is(sql(server, `SELECT count(*) FROM audit_line WHERE what IN (315, 316)`) >= '2', true, 'in the log');
});

await test('an account that is off has no devices', async () => {
	sql(server, `UPDATE account SET is_disabled = 1 WHERE name = 'organiser'`);
	is((await mine.ask('/formList')).status, 401);
	sql(server, `UPDATE account SET is_disabled = 0 WHERE name = 'organiser'`);
	is((await mine.ask('/formList')).status, 200);
});

await test('an older version is taken as it was; a form that is closed takes nothing more: 409', async () => {
	const fs = await import('node:fs');
	const admin = await signIn(server, 'admin', { words });
	baraza(server, ['user', 'add', 'Ada', 'admin'], 'four words not related\n');
	const second = new Visitor(server, { lang: 'en' });
	await second.get('/sign-in');
	await second.send('action="/sign-in"', { name: 'Ada', password: 'four words not related' });
	const use = async (text) => {
		await admin.get('/site/next');
		const body = new FormData();
		body.set('csrf', /name="csrf" value="([^"]+)"/.exec(admin.page)[1]);
		body.append('file', new Blob([text]), 'meeting.form.md');
		await admin.get('/site/next', { method: 'POST', body });
		const at = admin.at;
		await second.get(at);
		await second.send('/use"');
	};
	const own = fs.readFileSync('forms/meeting.form.md', 'utf8');
	const next = own.replace('| Meeting    | 1 ', '| Meeting    | 2 ')
		.replace(/^(\|  \| text +\| subject .*)$/m, '$1\n|  | text | room | Which room? | yes | string-length(.) <= 40 | | | |');
	const id = newId();
	await mine.send(meeting('Sample before', id));
	await use(next);
	has((await mine.ask('/formList?formID=meeting')).whole, '<version>2</version>');
	is((await mine.send(meeting('Sample of version 1'))).status, 201, 'filled in before');
	const lack = await mine.send(meeting('Sample of version 2', newId(), '', 2, 2));
	is(lack.status, 400);
	has(lack.said, 'Which room?');
	is((await mine.send(meeting('Sample mixed', newId(), id, 2, 2).replace('<held>', '<room>Sample</room><held>'))).status, 409, 'an edit in another version');
	await use(next.replace('| Meeting    | 2 ', '| Meeting    | 3 ').replace(/^\|  \| staff +\| +\| create .*\n/m, ''));
	const closed = await mine.send(meeting('Sample too late'));
	is(closed.status, 409, closed.whole);
	has(closed.said, 'nothing more');
	is((await mine.send(meeting('Sample before', id))).status, 202, 'what is here is here');
});

await test('many devices at once, with the same again: none is lost, none doubled', async () => {
	const got = await flood(server, { records: 60, devices: 16 });
	is(`${got.stored} ${got.lost} ${got.doubled} ${got.refused}`, '60 0 0 0');
});

await server.stop();
done();
