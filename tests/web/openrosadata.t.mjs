#!/usr/bin/env node
// XForms and records that others made, sent in as records: each is answered, with a reason, and the house stays up.
import fs from 'node:fs';
import path from 'node:path';
import { serve } from './lib.mjs';
import { Device, keyPath, newId } from './openrosa.mjs';
import { done, is, ok, test } from './tap.mjs';

const folder = path.resolve(process.env.BARAZA_SHARED ?? '../shared', 'data/openrosa');
const files = ['xforms', 'instances'].flatMap((kind) => (fs.existsSync(`${folder}/${kind}`)
	? fs.readdirSync(`${folder}/${kind}`, { recursive: true }).map((f) => `${folder}/${kind}/${f}`).filter((f) => fs.statSync(f).isFile())
	: []));

if (!files.length) {
	console.log('# skipped: no ../shared');
	console.log('1..0 # SKIP no ../shared');
} else {
	const server = await serve({ env: { BARAZA_RATES: 'no' } });
	const device = new Device(server, keyPath(server));
	const tally = {};
	// What is larger than one record may be, the house stops reading; then there may be no answer to be heard.
	const send = async (file, bytes) => {
		const a = await device.send(bytes).catch((e) => {
			if (bytes.length < 1 << 20) throw e;
			return { status: 413, said: 'closed: too large' };
		});
		ok(a.said.length > 10, `${file}: a reason`);
		tally[`${a.status} ${a.said}`] = (tally[`${a.status} ${a.said}`] ?? 0) + 1;
		return a.status;
	};
	await test(`${files.length} files that others made`, async () => {
		for (const file of files) {
			const status = await send(file, fs.readFileSync(file));
			ok([400, 403, 404, 413].includes(status), `${file}: ${status}`);
		}
	});
	await test('the same as records of forms that are here', async () => {
		for (const file of files) {
			const text = fs.readFileSync(file, 'latin1').replace(/<!--[^]*?-->/g, '').replace(/<\?xml[^>]*\?>/, '');
			const record = file.includes('/xforms/') ? /<instance[^>]*>\s*([^]*?)<\/instance>/.exec(text)?.[1] ?? text : text;
			for (const form of ['incident', 'organisation']) {
				const ours = record.replace(/^\s*<([\w:.-]+)(?: [^>]*?)?(\/?)>/, (_, name, end) => `<${name} id="${form}" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="a" xmlns:cc="b" xmlns:n1="c" xmlns:h="d">`
					+ `<meta><instanceID>${newId()}</instanceID></meta>${end ? `</${name}>` : ''}`);
				const status = await send(file, Buffer.from(ours, 'latin1'));
				ok(status >= 201 && status < 500, `${file}: ${status}`);
			}
		}
	});
	for (const [what, n] of Object.entries(tally)) console.log(`# ${n} ${what}`);
	is((await device.ask('/formList')).status, 200, 'still there');
	is(await server.stop(), 0, 'and ends well');
	done();
}
