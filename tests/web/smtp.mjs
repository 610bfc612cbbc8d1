// I know a mail server that keeps what it is given: enough of SMTP for one honest client. What it
// should answer to RCPT and how slowly is for a test to say.
import net from 'node:net';

const decodeWords = (s) => s.replace(/\?=\r\n =\?/g, '?==?').replace(/=\?UTF-8\?B\?([^?]*)\?=/g,
	(_, b) => `\0${b}\0`).replace(/(\0[^\0]*\0)+/g, (run) =>
	Buffer.concat(run.split('\0').filter(Boolean).map((b) => Buffer.from(b, 'base64'))).toString());

// A letter taken apart: headings by small name, the text as it was written.
function open(raw) {
	const at = raw.indexOf('\r\n\r\n');
	const head = {};
	for (const line of raw.slice(0, at).replace(/\r\n (?!=\?)/g, ' ').split(/\r\n(?! )/)) {
		const [, name, value] = /^([^:]+): ?([^]*)$/.exec(line);
		head[name.toLowerCase()] = decodeWords(value);
	}
	const body = raw.slice(at + 4);
	const text = head['content-transfer-encoding'] === 'base64' ? Buffer.from(body, 'base64').toString() : body;
	return { raw, head, text: text.replace(/\r\n/g, '\n') };
}

// listen({ port }): { port, letters, answer, next(n), close() }; ${answer} may be set to '550 no'.
export async function listen({ port = 0 } = {}) {
	const sink = { letters: [], answer: '', waiting: [], sockets: new Set() };
	const take = (letter) => {
		sink.letters.push(letter);
		sink.waiting.forEach((look) => look());
	};
	const server = net.createServer((s) => {
		let rest = '', data = null, to = [];
		sink.sockets.add(s);
		s.on('close', () => sink.sockets.delete(s));
		s.on('error', () => {});
		s.setEncoding('latin1');
		s.write('220 sink\r\n');
		const say = (line) => {
			const word = line.slice(0, 4).toUpperCase();
			if (word === 'RCPT' && sink.answer) return sink.answer;
			if (word === 'RCPT') to.push(/<(.*)>/.exec(line)[1]);
			if (word === 'DATA') data = '';
			if (word === 'RSET') to = [];
			return word === 'DATA' ? '354 go on' : word === 'QUIT' ? '221 bye' : '250 ok';
		};
		s.on('data', (bytes) => {
			rest += bytes;
			for (let at; (at = rest.indexOf('\r\n')) >= 0;) {
				const line = rest.slice(0, at);
				rest = rest.slice(at + 2);
				if (data === null) s.write(`${say(line)}\r\n`);
				else if (line !== '.') data += `${line.replace(/^\./, '')}\r\n`;
				else {
					take({ to, ...open(Buffer.from(data, 'latin1').toString()) });
					[data, to] = [null, []];
					s.write('250 taken\r\n');
				}
			}
		});
	});
	await new Promise((go) => server.listen(port, '127.0.0.1', go));
	sink.port = server.address().port;
	// Once there are ${n} letters: the newest of them.
	sink.next = (n, ms = 20000) => new Promise((go, fail) => {
		const late = setTimeout(() => fail(new Error(`${sink.letters.length} letters, not ${n}`)), ms);
		const look = () => {
			if (sink.letters.length < n) return;
			clearTimeout(late);
			go(sink.letters[n - 1]);
		};
		sink.waiting.push(look);
		look();
	});
	sink.close = () => new Promise((go) => {
		sink.sockets.forEach((s) => s.destroy());
		server.close(go);
	});
	return sink;
}
