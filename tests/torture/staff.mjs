// I know what the staff of a consultation writes: asks, links to evidence, answers and letters. Each remembers what the
// server said yes to, and what was sent and not answered, and can ask the database later.
import { formOf, signIn, sql } from '../web/lib.mjs';

const DESK = '/desk/civic-space';

class Worker {
	constructor(name) {
		this.name = name;
		this.n = 0;
		this.said = new Set();
		this.perhaps = new Set();
	}

	async begin(server, words) {
		this.v = await signIn(server, this.name, { words });
		await this.ready(server);
	}

	async ready() {}

	// One piece of work. The answer's status; what was acknowledged is remembered.
	async work() {
		const { mark, send } = await this.next();
		this.perhaps.add(mark);
		const answer = await send();
		if (answer.status < 400) this.said.add(mark);
		this.perhaps.delete(mark);
		return answer;
	}

	// A post without following where it leads: one request, one answer.
	post(path, fields) {
		return this.v.ask(path, { method: 'POST', body: new URLSearchParams(fields) });
	}

	// Each acknowledged piece is there once; what was under way is there once or not at all.
	check(server) {
		for (const mark of new Set([...this.said, ...this.perhaps])) {
			const n = this.count(server, mark);
			if (n !== 1 && !(n === 0 && !this.said.has(mark)))
				throw new Error(`${this.constructor.name}: "${mark}" is there ${n} times`);
			if (n) this.said.add(mark);
		}
		this.perhaps.clear();
	}
}

export class Asker extends Worker {
	async ready() {
		this.csrf = formOf((await this.v.get(`${DESK}/asks`)).whole, 'name="once"').fields.csrf;
	}

	async next() {
		const title = `Ask in trouble ${++this.n}`;
		const once = `${process.pid.toString(16)}${this.n.toString(16)}`.padStart(16, '0');
		return { mark: title, send: () => this.post(`${DESK}/asks`, { csrf: this.csrf, title, q: '0', once }) };
	}

	count(server, mark) {
		return Number(sql(server, `SELECT count(*) FROM ask a JOIN item_text t ON t.item = a.item WHERE t.title = '${mark}'`));
	}
}

export class Linker extends Worker {
	// Pairs of an ask and a text that are not tied yet.
	async ready(server) {
		this.pairs ??= sql(server, `SELECT a.item, i.id FROM item i CROSS JOIN ask a WHERE i.space = a.space AND i.kind = 2 AND i.status = 1
			AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.from_item = a.item AND e.to_item = i.id) ORDER BY i.id, a.item LIMIT 2000`).split('\n');
	}

	async next() {
		const [ask, item] = this.pairs[this.n++].split('|');
		await this.v.get(`${DESK}/evidence?ask=${ask}&use=any`);
		const { action, fields } = formOf(this.v.page, 'name="seen"');
		const body = { ...fields, do: 'link', ask, k: '0', i0: item, r0: 'for', w0: '' };
		return { mark: `${ask}|${item}`, send: () => this.post(action, body) };
	}

	count(server, mark) {
		const [ask, item] = mark.split('|');
		const both = sql(server, `SELECT (SELECT count(*) FROM edge WHERE from_item = ${ask} AND to_item = ${item} AND relation IN (2, 3, 4)),
			(SELECT count(*) FROM edge_past WHERE from_item = ${ask} AND to_item = ${item})`).split('|').map(Number);
		if (both[0] !== both[1]) throw new Error(`a link without its history: ${both}`);
		return both[0];
	}
}

export class Answerer extends Worker {
	async ready(server) {
		this.ask ??= sql(server, `SELECT min(a.item) FROM ask a JOIN org_account o ON o.org = a.org JOIN account x ON x.id = o.account
			WHERE x.name_key = 'responder' AND a.state <> 4 AND a.is_public = 1`);
	}

	async next() {
		const body = `Begun in trouble ${++this.n}.`;
		await this.v.get(`/answers/${this.ask}`);
		const { fields } = formOf(this.v.page, `action="/answers/${this.ask}"`);
		return { mark: body, send: () => this.post(`/answers/${this.ask}`, { ...fields, do: 'publish', state: 'begun', 'b-en': body }) };
	}

	count(server, mark) {
		return Number(sql(server, `SELECT count(*) FROM answer n JOIN item_text t ON t.item = n.item WHERE t.body = '${mark}'`));
	}
}

export class Mailer extends Worker {
	async ready() {
		this.csrf = formOf((await this.v.get('/site/mail')).whole, 'action="/site/mail"').fields.csrf;
	}

	async next() {
		const to = `trouble${++this.n}@example.org`;
		return { mark: to, send: () => this.post('/site/mail', { csrf: this.csrf, to }) };
	}

	check() {} // letters are asked of the mail server, at the end
}
