// I know how a test file speaks: TAP, one line a test, a failure with its reason.
let count = 0;
let bad = 0;

export async function test(name, run) {
	count++;
	try {
		await run();
		console.log(`ok ${count} - ${name}`);
	} catch (e) {
		bad++;
		console.log(`not ok ${count} - ${name}`);
		console.log(String(e?.stack ?? e).replace(/^/gm, '# '));
	}
}

export function done() {
	console.log(`1..${count}`);
	process.exitCode = bad ? 1 : 0;
}

export function is(got, want, what = '') {
	if (got !== want) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export function has(text, part, what = '') {
	const found = part instanceof RegExp ? part.test(text) : text.includes(part);
	if (!found) throw new Error(`${what}: ${part} is not in ${JSON.stringify(text.slice(0, 600))}`);
}

export function ok(claim, what = 'claim') {
	if (!claim) throw new Error(`not true: ${what}`);
}
