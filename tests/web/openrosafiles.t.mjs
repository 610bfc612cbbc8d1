#!/usr/bin/env node
// Files that come with a record from a device: in one part or in several, over again, changed, cut off, and those that are
// not taken. Either all of a record is there with its files, or nothing is, and nothing reaches the disk before it is known whose it is.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Visitor, baraza, formOf, raw, serve, signIn, sql } from './lib.mjs';
import { Device, keyPath, newId, record } from './openrosa.mjs';
import { png } from './picture.mjs';
import { done, has, is, ok, test } from './tap.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'baraza-odk-'));
let server = await serve({ dir, env: { BARAZA_RATES: 'no' } });
const words = server.log;
const key = keyPath(server);
let mine = new Device(server, key);
let anybody = new Device(server);
const folder = path.join(dir, 'blobs');
const blobs = () => fs.readdirSync(folder).length;
const PLANTED = 'wolkenkuckucksheim';
const pdf = (n = 1) => Buffer.from(`%PDF-1.4\nSample ${n} ${'x'.repeat(30000)}\n%%EOF\n`);
const resource = (title, { paper = '', cover = '' } = {}, id = newId(), of = '') => record('resource', 2,
	`<what><title>${title}</title><kind>guide</kind><about>Sample</about><made_by>Sample group</made_by><published>2025-01-02</published></what>`
	+ `<find><langs>en</langs><themes>part</themes><country/><link>https://guide.example/a</link><paper>${paper}</paper><cover>${cover}</cover></find>`, id, of);
const count = (title) => Number(sql(server, `SELECT count(*) FROM record WHERE body LIKE '%"${title}"%'`));
const body = (title) => sql(server, `SELECT body FROM record WHERE body LIKE '%"${title}"%'`);
const parts = () => Number(sql(server, 'SELECT count(*) FROM openrosa_part'));
const held = (title) => Number(sql(server, `SELECT count(*) FROM record_blob b JOIN record r ON r.uid = b.holder WHERE r.body LIKE '%"${title}"%'`));
// In this order: [[field, filename, bytes], …]; xml stands where it is named.
function send(device, xml, files, { incomplete = '', before = [] } = {}) {
	const form = new FormData();
	for (const [name, file, bytes] of before) form.append(name, new Blob([bytes]), file);
	form.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'record.xml');
	for (const [name, file, bytes] of files) form.append(name, new Blob([bytes]), file);
	if (incomplete) form.append('*isIncomplete*', incomplete);
	return device.ask('/submission', { method: 'POST', body: form });
}
const one = (name, bytes) => [name, name, bytes];
const restart = async () => {
	server = await serve({ command: 'serve', dir, env: { BARAZA_RATES: 'no', BARAZA_DB: server.env.BARAZA_DB } });
	mine = new Device(server, key);
	anybody = new Device(server);
};

await test('the form asks for files, and says how much may come', async () => {
	const x = (await mine.ask('/forms/resource.xml')).whole;
	has(x, '<bind nodeset="/data/find/cover" type="binary"/>');
	has(x, '<upload ref="/data/find/cover" mediatype="image/*">');
	has(x, '<upload ref="/data/find/paper" mediatype="application/*">');
	is((await mine.ask('/submission', { method: 'HEAD' })).headers.get('x-openrosa-accept-content-length'), '158334976');
	is((await anybody.ask('/submission', { method: 'HEAD' })).headers.get('x-openrosa-accept-content-length'), '1048576', 'nobody may send files');
	const wrong = new Device(server, `/or/k/${'0'.repeat(64)}`);
	is((await wrong.ask('/submission', { method: 'HEAD' })).headers.get('x-openrosa-accept-content-length'), '1048576', 'nor does an unknown device');
});

await test('a record comes with its files: pictures are made anew, each is given to whoever may read it', async () => {
	const before = blobs();
	const xml = resource('Sample with files', { paper: 'a paper.pdf', cover: 'IMG 1.png' });
	const files = [one('IMG 1.png', png(40, 30, PLANTED)), ['1234', 'a paper.pdf', pdf()]];
	const a = await send(mine, xml, files);
	is(a.status, 201, a.said);
	is(held('Sample with files'), 2);
	is(blobs(), before + 2);
	ok(!fs.readdirSync(folder).some((f) => fs.readFileSync(path.join(folder, f)).includes(PLANTED)), 'nothing hidden is left');
	const lead = await signIn(server, 'organiser', { words });
	await lead.get(`/record/${sql(server, `SELECT uid FROM record WHERE body LIKE '%"Sample with files"%'`)}`);
	has(lead.page, 'IMG 1.png');
	has(lead.page, 'a paper.pdf');
	is((await send(mine, xml, files)).status, 202, 'the same again');
	is((await send(mine, xml, [])).status, 202, 'and without files');
	is(`${count('Sample with files')} ${held('Sample with files')} ${blobs()}`, `1 2 ${before + 2}`);
	is((await send(mine, xml.replace('Sample group', 'Sample other'), files)).status, 409, 'other answers');
	is((await send(mine, resource('Sample without'), [])).status, 201, 'files that nobody has to send');
});

await test('in parts: the record is there when the last has come', async () => {
	const before = blobs();
	const xml = resource('Sample parts', { paper: 'p.pdf', cover: 'c.png' });
	const first = await send(mine, xml, [one('p.pdf', pdf(2))], { incomplete: 'yes' });
	is(first.status, 202, first.said);
	has(first.said, 'the rest');
	is(count('Sample parts'), 0, 'not yet');
	is(`${parts()} ${blobs()}`, `1 ${before + 1}`);
	is((await send(mine, xml, [one('p.pdf', pdf(2))], { incomplete: 'yes' })).status, 202, 'the same part again');
	is(`${parts()} ${blobs()}`, `1 ${before + 1}`);
	is((await send(mine, xml, [one('p.pdf', pdf(3))], { incomplete: 'yes' })).status, 202, 'in other bytes: the newest counts');
	const lack = await send(mine, xml, []);
	is(lack.status, 400, 'the last part without the last file');
	has(lack.said, 'c.png');
	is((await send(mine, xml.replace('Sample group', 'Sample other'), [one('c.png', png(8))])).status, 409, 'other answers under the same number');
	is((await send(mine, xml, [one('c.png', png(8))])).status, 201, 'the last one');
	is(`${count('Sample parts')} ${held('Sample parts')} ${parts()}`, '1 2 0');
	has(body('Sample parts'), 'c.png');
	is((await send(mine, xml, [one('p.pdf', pdf(2))], { incomplete: 'yes' })).status, 202, 'a part that comes once more');
	is(`${count('Sample parts')} ${held('Sample parts')} ${parts()}`, '1 2 0', 'changes nothing');
	is(sql(server, `SELECT max(b.until) FROM record_blob b JOIN record r ON r.uid = b.holder`), '0', 'no file outlives its record');
});

await test('the same at once: one record, with its files', async () => {
	const xml = resource('Sample at once', { paper: 'p.pdf', cover: 'c.png' });
	const both = [one('p.pdf', pdf(2)), one('c.png', png(8))];
	const parts1 = await Promise.all([...Array(4)].map(() => send(mine, xml, both.slice(0, 1), { incomplete: 'yes' })));
	ok(parts1.every((a) => a.status === 202), 'parts');
	is(parts(), 1);
	const all = await Promise.all([...Array(8)].map((_, i) => send(mine, xml, both.slice(i % 2))));
	is(all.map((a) => a.status).sort().join(), '201,202,202,202,202,202,202,202');
	is(`${count('Sample at once')} ${held('Sample at once')} ${parts()}`, '1 2 0');
});

await test('killed between the parts: nothing that was said to be here is lost', async () => {
	const xml = resource('Sample killed', { paper: 'k.pdf', cover: 'k.png' });
	is((await send(mine, xml, [one('k.pdf', pdf(4))], { incomplete: 'yes' })).status, 202);
	await server.stop('SIGKILL');
	await restart();
	await new Promise((go) => setTimeout(go, 2500)); // what nobody holds is swept at the start
	is(count('Sample killed'), 0);
	is((await send(mine, xml, [one('k.png', png(9))])).status, 201);
	is(`${count('Sample killed')} ${held('Sample killed')} ${parts()}`, '1 2 0');
	const uid = sql(server, `SELECT uid FROM record WHERE body LIKE '%"Sample killed"%'`);
	const lead = await signIn(server, 'organiser', { words });
	await lead.get(`/record/${uid}`);
	for (const [, to] of lead.page.matchAll(/(?:href|src)="(\/file\/[^"]+)"/g)) {
		const cookie = [...lead.jar].map(([k, x]) => `${k}=${x}`).join('; ');
		is((await fetch(new URL(to.replaceAll('&amp;', '&'), server.origin), { headers: { cookie } })).status, 200, to);
	}
});

await test('killed while a file comes: no record, and nobody holds a file', async () => {
	const before = blobs();
	const xml = resource('Sample torn', { paper: 't.pdf' });
	const text = `--b\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n\r\n${xml}\r\n`
		+ '--b\r\nContent-Disposition: form-data; name="t.pdf"; filename="t.pdf"\r\n\r\n%PDF-1.4\n' + 'x'.repeat(90000);
	const sent = raw(server, `POST ${key}/submission HTTP/1.1\r\nHost: x\r\nX-OpenRosa-Version: 1.0\r\n`
		+ `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${text.length + 5000}\r\n\r\n${text}`, 1500).catch(() => '');
	for (let i = 0; i < 100 && blobs() === before; i++) await new Promise((go) => setTimeout(go, 20));
	is(blobs(), before + 1, 'it is on its way');
	await server.stop('SIGKILL');
	await sent;
	await restart();
	is(count('Sample torn'), 0);
	is(Number(sql(server, 'SELECT count(*) FROM record_blob b WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.uid = b.holder)')), 0, 'nobody holds it');
	is((await send(mine, xml, [one('t.pdf', pdf(5))])).status, 201, 'sent again, it comes');
});

await test('an edit keeps the files that it does not send anew', async () => {
	const [first, second, third] = [newId(), newId(), newId()];
	is((await send(mine, resource('Sample edit one', { paper: 'e.pdf', cover: 'e.png' }, first), [one('e.pdf', pdf(6)), one('e.png', png(10))])).status, 201);
	const a = await send(mine, resource('Sample edit two', { paper: 'e.pdf', cover: 'f.png' }, second, first), [one('f.png', png(11))]);
	is(a.status, 201, a.said);
	is(`${count('Sample edit one')} ${held('Sample edit two')}`, '0 2');
	has(body('Sample edit two'), 'e.pdf');
	has(body('Sample edit two'), 'f.png');
	const lack = await send(mine, resource('Sample edit three', { paper: 'e.pdf', cover: 'g.png' }, third, second), []);
	is(lack.status, 400);
	has(lack.said, 'g.png');
	const xml = resource('Sample edit three', { paper: 'h.pdf', cover: 'g.png' }, third, second);
	is((await send(mine, xml, [one('g.png', png(12))], { incomplete: 'yes' })).status, 202, 'an edit in parts');
	has(body('Sample edit two'), 'f.png', 'nothing is changed yet');
	is((await send(mine, xml, [one('h.pdf', pdf(7))])).status, 201);
	is(`${held('Sample edit three')} ${parts()}`, '2 0');
	is((await send(mine, resource('Sample edit four', {}, newId(), third), [])).status, 201, 'an answer that is gone takes its file along');
	is(held('Sample edit four'), 0);
});

await test('what is not taken is named, and neither record nor file is here', async () => {
	const cases = {
		'not named in the record': [{ cover: 'a.png' }, [one('a.png', png(13)), one('b.png', png(14))], 400, 'b.png'],
		'named by what is no question for a file': [{ cover: 'a.png' }, [one('a.png', png(13)), one('guide', png(14))], 400, 'guide'],
		'missing': [{ cover: 'a.png', paper: 'z.pdf' }, [one('a.png', png(13))], 400, 'z.pdf'],
		'twice': [{ cover: 'a.png' }, [one('a.png', png(13)), one('a.png', png(14))], 400, 'twice'],
		'empty': [{ cover: 'a.png' }, [one('a.png', '')], 400, 'a.png'],
		'a picture that is none': [{ cover: 'a.png' }, [one('a.png', 'Sample text')], 400, 'photo'],
		'a program': [{ paper: 'a.pdf' }, [one('a.pdf', Buffer.from('\x7fELF\x02\x01\x01' + 'x'.repeat(2000), 'latin1'))], 400, 'Programs'],
		'a page': [{ paper: 'a.pdf' }, [one('a.pdf', '<!doctype html><script>alert(1)</script>')], 400, 'Programs'],
		'two kinds in one': [{ paper: 'a.pdf' }, [one('a.pdf', Buffer.concat([pdf(8), Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1')]))], 400, 'two kinds'],
		'a picture of too many dots': [{ cover: 'a.png' }, [one('a.png', png(60000, 60000, '', false))], 400, 'a.png'],
		'one of two': [{ paper: 'a.pdf', cover: 'a.png' }, [one('a.pdf', pdf(9)), one('a.png', 'Sample text')], 400, 'a.png'],
	};
	for (const [name, [named, files, status, why]] of Object.entries(cases)) {
		const before = blobs();
		const a = await send(mine, resource(`Sample ${name}`, named), files);
		is(a.status, status, `${name}: ${a.said}`);
		has(a.said, why, name);
		is(`${count(`Sample ${name}`)} ${blobs()}`, `0 ${before}`, `${name}: nothing is here`);
	}
	for (const lang of ['ar', 'zh', 'fr', 'ru', 'es']) {
		const a = await send(new Device(server, key, lang), resource('Sample tongue', { cover: 'a.png' }), [one('a.png', 'Sample text')]);
		ok(!/[a-z]{5} [a-z]{3}/.test(a.said) || ['fr', 'es'].includes(lang), `in ${lang}: ${a.said}`);
		ok(!a.said.includes('Nothing was kept'), lang);
	}
	is(parts(), 0);
});

await test('too large: 413, and nothing of it stays', async () => {
	const before = blobs();
	const big = Buffer.concat([pdf(10), Buffer.alloc(51 << 20, 0x20)]);
	const a = await send(mine, resource('Sample large', { paper: 'l.pdf' }), [one('l.pdf', big)]);
	is(a.status, 413, a.said);
	has(a.said, 'l.pdf');
	is(`${count('Sample large')} ${blobs()}`, `0 ${before}`);
	const many = [...Array(31)].map((_, i) => one(`${i}.pdf`, `%PDF-1.4\n${i}`));
	is((await send(mine, resource('Sample many', { paper: '0.pdf' }), many)).status, 413, 'more files than a record holds');
	is(blobs(), before);
});

// Watches the folder while what is sent waits for its end: the most files that were there at once.
async function most(to, { cookie = '', head = '', first = '', xml = '' }) {
	const before = blobs();
	const text = `${first}--b\r\nContent-Disposition: form-data; name="${xml ? 'xml_submission_file' : 'x'}"${xml ? '; filename="a.xml"' : ''}\r\n\r\n${xml}\r\n`
		+ '--b\r\nContent-Disposition: form-data; name="q-paper"; filename="w.pdf"\r\n\r\n%PDF-1.4\n' + 'x'.repeat(60000);
	let top = 0;
	const watch = setInterval(() => { top = Math.max(top, blobs() - before); }, 5);
	await raw(server, `POST ${to} HTTP/1.1\r\nHost: x\r\n${head}${cookie ? `Cookie: ${cookie}\r\n` : ''}`
		+ `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${text.length + 100}\r\n\r\n${text}`, 700).catch(() => '');
	clearInterval(watch);
	return top;
}

await test('nothing reaches the disk before it is known whose it is', async () => {
	const head = 'X-OpenRosa-Version: 1.0\r\n';
	const xml = resource('Sample early', { paper: 'w.pdf' });
	is(await most(`${key}/submission`, { head, xml }), 1, 'a good secret, and a record that names it');
	is(await most(`/or/k/${'0'.repeat(64)}/submission`, { head, xml }), 0, 'another secret');
	is(await most(`${key}/submission`, { xml }), 0, 'no word of OpenRosa');
	is(await most('/or/submission', { head, xml }), 0, 'nobody, who may not send this form');
	is(await most(`${key}/submission`, { head, xml: resource('Sample early', { paper: 'v.pdf' }) }), 0, 'a file that nobody names');
	is(await most(`${key}/submission`, { head, xml: xml.replace('"resource"', '"none"') }), 0, 'no such form');
	is(await most(`${key}/submission`, { head, xml: `<!DOCTYPE a>${xml}` }), 0, 'no record');
	const a = await send(mine, xml, [], { before: [one('w.pdf', pdf(11))] });
	is(a.status, 400);
	has(a.said, 'in front of');
	// The same of the forms that people fill in here.
	const lead = await signIn(server, 'organiser', { words });
	await lead.get('/records/resource/new');
	await lead.send('/records/resource/new');
	const draft = lead.at.split('/').slice(0, 3).join('/');
	const what = { 'q-title': 'A guide', 'q-kind': 'guide', 'q-about': 'x', 'q-made_by': 'Sample', 'q-published': '2025-01-02' };
	await lead.send('q-title', what);
	is(lead.at, `${draft}/find`);
	const cookie = [...lead.jar].map(([k, x]) => `${k}=${x}`).join('; ');
	const csrf = /name="csrf" value="([^"]+)"/.exec(lead.page)[1];
	const token = (s) => `--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${s}\r\n`;
	is(await most(`${draft}/find`, { cookie, first: token(csrf) }), 1, 'our own form');
	is(await most(`${draft}/find`, { cookie, first: token('x'.repeat(csrf.length)) }), 0, 'a form of somebody else');
	is(await most(`${draft}/find`, { cookie }), 0, 'no form of ours');
	const form = formOf(lead.page, 'q-link');
	const late = new FormData();
	for (const [name, value] of Object.entries({ ...form.fields, csrf: 'stale', 'q-link': 'https://guide.example/a' })) late.append(name, value);
	late.append('q-cover', new Blob([png(15)]), 'late.png');
	const before = blobs();
	is((await lead.get(form.action, { method: 'POST', body: late })).status, 422, 'a stale form is shown again');
	is(blobs(), before);
});

await test('a device that was ended sends no file any more, one that was just made does', async () => {
	const lead = await signIn(server, 'organiser', { words });
	await lead.get('/account/devices');
	await lead.send('action="/account/devices"', { name: 'Sample phone' });
	const at = /http:[^<\s]+(\/or\/k\/\w{64})/.exec(lead.page)[1];
	const phone = new Device(server, at);
	is((await send(phone, resource('Sample phone one', { paper: 'a.pdf' }), [one('a.pdf', pdf(12))])).status, 201);
	await lead.get('/account/devices');
	await lead.send(`/account/devices/${sql(server, 'SELECT max(id) FROM openrosa_key')}/end`);
	const head = 'X-OpenRosa-Version: 1.0\r\n';
	is(await most(`${at}/submission`, { head, xml: resource('Sample phone two', { paper: 'w.pdf' }) }), 0);
	is((await send(phone, resource('Sample phone two', { paper: 'a.pdf' }), [one('a.pdf', pdf(12))])).status, 401);
	const large = await raw(server, `POST ${at}/submission HTTP/1.1\r\nHost: x\r\n${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n--b`);
	has(large, /^HTTP\/1.1 401 /, 'also where much is announced');
});

await test('another device does not finish what one began', async () => {
	const monitor = await signIn(server, 'moderator', { words });
	await monitor.get('/account/devices');
	await monitor.send('action="/account/devices"', { name: 'Sample tablet' });
	const other = new Device(server, /http:[^<\s]+(\/or\/k\/\w{64})/.exec(monitor.page)[1]);
	const xml = resource('Sample of two', { paper: 'a.pdf', cover: 'a.png' });
	is((await send(mine, xml, [one('a.pdf', pdf(13))], { incomplete: 'yes' })).status, 202);
	is((await send(other, xml, [one('a.png', png(16))])).status, 409);
	is(count('Sample of two'), 0);
	is((await send(mine, xml, [one('a.png', png(16))])).status, 201);
});

await test('a form that everybody may fill in takes files from everybody; an older version still takes its own', async () => {
	const admin = await signIn(server, 'admin', { words });
	baraza(server, ['user', 'add', 'Ada', 'admin'], 'four words not related\n');
	const second = new Visitor(server, { lang: 'en' });
	await second.get('/sign-in');
	await second.send('action="/sign-in"', { name: 'Ada', password: 'four words not related' });
	const text = fs.readFileSync('forms/resource.form.md', 'utf8').replace(/\| 2 (\| RES-)/, '| 3 $1')
		.replace(/^\|  \| staff +\| +\| create .*$/m, '|  | public |       | create             |        |')
		.replace(/^(\|  \| image +\| cover .*?Its cover, for example \|) \|/m, '$1 yes |');
	await admin.get('/site/next');
	const body = new FormData();
	body.set('csrf', /name="csrf" value="([^"]+)"/.exec(admin.page)[1]);
	body.append('file', new Blob([text]), 'resource.form.md');
	await admin.get('/site/next', { method: 'POST', body });
	await second.get(admin.at);
	await second.send('/use"');
	has((await anybody.ask('/forms/resource.xml')).whole, '<bind nodeset="/data/find/cover" type="binary" required="true()"/>');
	is((await anybody.ask('/submission', { method: 'HEAD' })).headers.get('x-openrosa-accept-content-length'), '158334976');
	const of3 = (title, named, id) => resource(title, named, id).replace('version="2"', 'version="3"');
	const lack = await send(anybody, of3('Sample nobody'), []);
	is(lack.status, 400);
	has(lack.said, 'A picture of it');
	is((await send(anybody, of3('Sample nobody', { cover: 'n.png' }), [one('n.png', png(20))])).status, 201);
	is(held('Sample nobody'), 1);
	const xml = of3('Sample nobody in parts', { paper: 'n.pdf', cover: 'm.png' });
	is((await send(anybody, xml, [one('n.pdf', pdf(20))], { incomplete: 'yes' })).status, 202);
	const days = (Number(sql(server, 'SELECT max(until) FROM openrosa_part')) - Date.now() / 1000) / 86400;
	ok(days > 0.9 && days <= 1, `it waits a day: ${days}`);
	is((await send(mine, xml, [one('m.png', png(21))])).status, 409, 'what nobody began, an account does not finish');
	is((await send(anybody, xml, [one('m.png', png(21))])).status, 201);
	is(held('Sample nobody in parts'), 2);
	is((await send(mine, resource('Sample of version 2', { paper: 'o.pdf' }), [one('o.pdf', pdf(21))])).status, 201);
	is(held('Sample of version 2'), 1);
});

await test('what never went on is gone after some nights, with its file; what waits stays', async () => {
	const xml = resource('Sample forgotten', { paper: 'a.pdf', cover: 'a.png' });
	const fresh = resource('Sample waits', { paper: 'b.pdf', cover: 'b.png' });
	is((await send(mine, xml, [one('a.pdf', pdf(14))], { incomplete: 'yes' })).status, 202);
	is((await send(mine, fresh, [one('b.pdf', pdf(15))], { incomplete: 'yes' })).status, 202);
	await server.stop();
	const hash = (file) => sql(server, `SELECT hash FROM record_blob WHERE holder = (SELECT uid FROM openrosa_part WHERE file = '${file}')`);
	const [gone, stays] = [hash('a.pdf'), hash('b.pdf')];
	ok(fs.existsSync(path.join(folder, gone)) && fs.existsSync(path.join(folder, stays)), 'both lie there');
	const old = new Date(Date.now() - 2 * 86400000);
	for (const f of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, f), old, old);
	sql(server, `UPDATE openrosa_part SET until = 1 WHERE file = 'a.pdf'`);
	sql(server, `UPDATE record_blob SET until = 1 WHERE holder = (SELECT uid FROM openrosa_part WHERE file = 'a.pdf')`);
	await restart();
	for (let i = 0; i < 100 && parts() > 1; i++) await new Promise((go) => setTimeout(go, 100));
	is(parts(), 1);
	for (let i = 0; i < 50 && fs.existsSync(path.join(folder, gone)); i++) await new Promise((go) => setTimeout(go, 100));
	ok(!fs.existsSync(path.join(folder, gone)), 'gone');
	ok(fs.existsSync(path.join(folder, stays)), 'stays');
	is((await send(mine, xml, [one('a.png', png(17))])).status, 400, 'it begins anew');
	is((await send(mine, fresh, [one('b.png', png(18))])).status, 201, 'the other goes on');
});

await test('every file that is held is there, and is what it was', async () => {
	await server.stop();
	has(baraza(server, ['check']), /\d files?/);
});

fs.rmSync(dir, { recursive: true, force: true });
done();
