// I know a participant who votes from an address of their own, remembers what the server said
// yes to, and can ask it later what it knows.
import http from 'node:http';

export const SPACE = '/c/civic-space';
const VALUES = [1, -1, 0];

export class Voter {
	constructor(number) {
		this.agent = new http.Agent({ keepAlive: true, maxSockets: 1, localAddress: `127.0.0.${10 + number}` });
		this.number = number;
		this.turn = 0;
		this.jar = new Map();
		this.said = new Map(); // statement: value the server has acknowledged
		this.perhaps = new Map(); // statement: value that was sent and not answered
		this.acks = 0;
	}

	ask(server, path, { method = 'GET', body, head = {} } = {}) {
		const cookie = [...this.jar].map(([k, v]) => `${k}=${v}`).join('; ');
		return new Promise((resolve, reject) => {
			const ask = http.request(server.origin + path, { method, agent: this.agent, headers: {
				...(cookie && { cookie }), ...(body && { 'content-length': body.length,
					'content-type': 'application/x-www-form-urlencoded' }), ...head } }, (answer) => {
				let text = '';
				answer.setEncoding('utf8');
				answer.on('data', (d) => (text += d));
				answer.on('error', reject);
				answer.on('end', () => {
					for (const line of answer.headers['set-cookie'] ?? []) {
						const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
						this.jar.set(name, value);
					}
					resolve({ status: answer.statusCode, head: answer.headers, text });
				});
			});
			ask.on('error', reject);
			ask.end(body);
		});
	}

	// What the server shows as this person's votes: { statement: value or null }, all pages.
	async know(server) {
		const mine = new Map();
		for (let page = 1; ; page++) {
			const { status, text } = await this.ask(server, `${SPACE}/vote/list?page=${page}`);
			if (status !== 200) throw new Error(`the list of statements answers ${status}`);
			this.token = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? this.token;
			for (const [, id, inner] of text.matchAll(/<article[^>]*id="s(\d+)">([^]*?)<\/article>/g)) {
				const pressed = /name="v" value="(-?\d)"\s+aria-pressed="true"/.exec(inner);
				mine.set(id, pressed ? Number(pressed[1]) : null);
			}
			if (!text.includes(`?page=${page + 1}"`)) break;
		}
		this.statements = [...mine.keys()];
		return mine;
	}

	send(server, statement, value, head) {
		const body = new URLSearchParams({ csrf: this.token, s: statement, v: value }).toString();
		return this.ask(server, `${SPACE}/vote`, { method: 'POST', body, head });
	}

	// One vote, each time another value than the time before. Resolves to the answer.
	async vote(server, head) {
		const statement = this.statements[this.turn % this.statements.length];
		const round = Math.floor(this.turn++ / this.statements.length);
		const value = VALUES[(round + this.number) % 3];
		this.perhaps.set(statement, value);
		const answer = await this.send(server, statement, value, head);
		this.perhaps.delete(statement);
		if (answer.status === 303) {
			this.said.set(statement, value);
			this.acks++;
		}
		return answer;
	}

	// Every acknowledged vote is there, and nothing that was never sent. What was under way when
	// the server went counts from now on as the server has it.
	async check(server) {
		const known = await this.know(server);
		for (const [statement, value] of known) {
			const said = this.said.get(statement) ?? null;
			const perhaps = this.perhaps.get(statement);
			if (value !== said && value !== perhaps)
				throw new Error(`voter ${this.number}, statement ${statement}: was told ${said}, finds ${value}`);
			if (value !== null) this.said.set(statement, value);
		}
		this.perhaps.clear();
		return known;
	}

	rest() {
		this.agent.destroy();
	}
}
