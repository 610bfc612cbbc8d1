#!/usr/bin/env node
// Tor itself reads the configuration that we ship, and would take it; with a line that it does not know, it would not.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { done, has, ok, test } from './tap.mjs';

const shipped = fs.readFileSync(new URL('../../contrib/tor/torrc', import.meta.url), 'utf8');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'tor-'));

// Its folders moved to where this test may write; nothing else is changed.
function verify(text) {
	const file = path.join(dir, 'torrc');
	fs.writeFileSync(file, `${text.replace('/var/lib/tor/baraza/', `${dir}/onion/`).replace('/run/baraza/tor.sock', `${dir}/tor.sock`)}\nDataDirectory ${dir}/data\nSocksPort 0\n`);
	try {
		return { is_valid: true, said: execFileSync('tor', ['--verify-config', '-f', file, '--defaults-torrc', '/dev/null'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
	} catch (e) {
		return { is_valid: false, said: `${e.stdout}${e.stderr}` };
	}
}

await test('the configuration is one that tor takes', async () => {
	const { is_valid, said } = verify(shipped);
	ok(is_valid, said);
	has(said, 'Configuration was valid', 'it says so');
});

await test('it keeps circuits apart, has proof of work and defends its introduction points', async () => {
	for (const line of ['HiddenServiceExportCircuitID haproxy', 'HiddenServicePoWDefensesEnabled 1', 'HiddenServiceEnableIntroDoSDefense 1', 'unix:/run/baraza/tor.sock'])
		has(shipped, line, line);
});

await test('a line that tor does not know is refused', async () => {
	ok(!verify(`${shipped}\nHiddenServiceNoSuchThing 1\n`).is_valid, 'refused');
});

fs.rmSync(dir, { recursive: true });
done();
