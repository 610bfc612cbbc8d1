// I know the pages around reports: a house that takes them, and who comes to what in it.
import { Visitor, serve, sql } from '../web/lib.mjs';
import { comeBack, fill, makeChannel, makeReady, report, signIn as signInWithStep } from '../web/protect.mjs';

// A house that takes reports, and has one; made when it is first asked for.
let taken;
export function takesReports() {
	taken ??= (async () => {
		const own = await serve({ command: 'serve', env: { BARAZA_RATES: 'no' } });
		const secrets = {};
		const admin = await makeReady(own, 'Ada', 'admin', secrets);
		for (const name of ['Ben', 'Cy', 'Dee', 'Oz', 'Pia']) await makeReady(own, name, 'none', secrets);
		const channel = await makeChannel(admin, 'west', ['Ben', 'Cy'], ['Dee']);
		await admin.get(channel);
		await admin.send('/add"', { person: 'Oz', role: 6 });
		await admin.send('/add"', { person: 'Pia', role: 4 });
		await admin.get('/site/mechanisms');
		await admin.send('action="/site/mechanisms"', { name: 'A commission', mandate: 'Defenders', takes: 'Letters', langs: 'English', days: '14' });
		const { v, code } = await report(own, 'west', { what: 'They came at night.', where: 'At home.', contact: 'Amina' });
		const ben = await signInWithStep(own, 'Ben', secrets);
		await ben.get('/cases');
		const at = /href="(\/cases\/[^"]+)"/.exec(ben.page)[1];
		await ben.get(at);
		await ben.send('/say"', { text: 'Thank you for telling us.' });
		await ben.send('/say"', { text: 'Call the lawyer.', note: '1' });
		await v.get('/r/pay');
		await v.send('action="/r/pay"', { way: '2', how: 'Ask for my sister.' });
		const cy = await signInWithStep(own, 'Cy', secrets);
		await ben.get(`${at}/support`);
		await ben.send('/support"', { what: 'A room', kinds: '0', sum: '1260', why: 'The address is known.', works: '1', danger: '1', lowers: '1', until: '24' });
		await ben.send('/support/state"', { state: '2' });
		await cy.get(`${at}/support`);
		await cy.send('/support/state"', { state: '2' });
		const pia = await signInWithStep(own, 'Pia', secrets);
		await pia.get('/fund');
		const pay = /href="(\/fund\/[A-Za-z0-9_-]{22})"/.exec(pia.page)[1];
		await pia.get(pay);
		await pia.send(`action="${pay}"`, { unpaid: '1', reason: 'Nobody came.' });
		const dee = await signInWithStep(own, 'Dee', secrets);
		await ben.get(at);
		await ben.send('/ask-name"', { why: 'A lawyer needs it.' });
		await v.get('/r/case');
		await v.send('action="/r/name"', { yes: '1' });
		await dee.get('/cases');
		await dee.get(/href="(\/names\/[^"]+)"/.exec(dee.page)[1]);
		const [, one] = /<option value="(\d+)">Ben/.exec(dee.page);
		await dee.send('/give"', { account: one, why: 'For the lawyer.' });
		await report(own, 'west', { what: 'It is over.' });
		await ben.get('/cases');
		const closed = /href="(\/cases\/[A-Za-z0-9_-]{22})">It is over/.exec(ben.page)[1];
		await ben.get(at);
		const cover = /href="(\/cases\/[A-Za-z0-9_-]{22}\/cover\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
		await ben.get(`${cover}?q=un_which`);
		await ben.send('/cover/', { text: 'At [place].' });
		await ben.get(at);
		const first = /href="(\/cases\/[A-Za-z0-9_-]{22}\/first\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
		const covered = /href="(\/cases\/[A-Za-z0-9_-]{22}\/cover\/[A-Za-z0-9_-]{22})"/.exec(ben.page)[1];
		await ben.get(`${at}/links`);
		await ben.send('/links"', { case: closed.split('/').pop(), relation: '3', note: 'The same night.' });
		await ben.get(closed);
		await ben.send('/close"', { outcome: '1' });
		return { own, secrets, admin, channel, v, code, ben, pia, pay, at, closed, first, cover: covered };
	})();
	return taken;
}
export const reporting = (path) => async () => {
	const { own } = await takesReports();
	return { visitor: new Visitor(own), path, end: () => own.stop() };
};
export const writing = (path) => async () => {
	const { own } = await takesReports();
	return { visitor: await fill(own, 'west', { what: 'They came at night.', inside: 'yes' }), path };
};
export const returning = (path) => async () => {
	const { own, code } = await takesReports();
	const visitor = await comeBack(own, code);
	return { visitor, path, again: async () => {
		await visitor.get('/r/open');
		await visitor.send('action="/r/open"', { code });
	} };
};
// A name that its custodian opened today and covered a part of: where it is covered, and what was first.
let named;
export const naming = (path) => async () => {
	const house = await takesReports();
	const { own, secrets, ben } = house;
	named ??= (async () => {
		const { v } = await report(own, 'west', { what: 'There is a name to cover.', contact: 'Amina Haddad' });
		await ben.get('/cases');
		const [, id] = /href="\/cases\/([A-Za-z0-9_-]{22})">There is a name/.exec(ben.page);
		await ben.get(`/cases/${id}`);
		await ben.send('/ask-name"', { why: 'A lawyer needs it.' });
		await v.get('/r/case');
		await v.send('action="/r/name"', { yes: '1' });
		const dee = await signInWithStep(own, 'Dee', secrets);
		await dee.get(`/names/${id}`);
		await dee.send(`action="/names/${id}"`, { reason: 'To cover a part of it.' });
		const find = (what) => new RegExp(`href="(/names/${id}/${what}/[A-Za-z0-9_-]{22})"`).exec(dee.page)[1];
		await dee.get(`${find('cover')}?q=name`);
		await dee.send('/cover/', { text: 'Amina [name]' });
		return { cover: find('cover'), first: find('first') };
	})();
	const dee = await signInWithStep(own, 'Dee', secrets);
	return { visitor: dee, path: path(await named), again: inAgain(house, 'Dee') };
};
// Keys lock themselves after a quarter of an hour, and two windows are open at a time: each page has a
// session of its own, begun one after the other, since the digits of a half minute are good once.
let turn = Promise.resolve();
export const inAgain = ({ own, secrets }, name) => function again() {
	turn = turn.then(async () => {
		this.visitor = await signInWithStep(own, name, secrets);
	});
	return turn;
};
export const paying = (pathOf) => async () => {
	const house = await takesReports();
	return { visitor: house.pia, path: pathOf(house), again: inAgain(house, 'Pia') };
};
export const handling = (pathOf) => async () => {
	const house = await takesReports();
	return { visitor: house.ben, path: pathOf(house), again: inAgain(house, 'Ben') };
};

// Figures of a year that is over, which two people released.
let released;
export const counted = (pathOf, name) => async () => {
	const house = await takesReports();
	released ??= (async () => {
		const now = new Date();
		const past = now.getUTCFullYear() - (now.getUTCMonth() < 4) - 1;
		for (const [field, code, n] of [['', '', 40], ['act', 'threat', 25], ['act', 'attack', 4], ['act', 'smear', 11], ['again', 'yes', 9], ['again', 'no', 31]])
			sql(house.own, `INSERT INTO protect_coded (year, form, field, code, n) VALUES (${past}, 'reprisal', '${field}', '${code}', ${n})`);
		for (const [who, does] of [['Ben', 'offer'], ['Cy', 'release']]) {
			const visitor = await signInWithStep(house.own, who, house.secrets);
			await visitor.get(`/cases/figures/${past}`);
			await visitor.send(`/${does}"`);
		}
		return past;
	})();
	const path = pathOf(await released);
	return name ? { visitor: house.ben, path, again: inAgain(house, name) } : { visitor: new Visitor(house.own), path };
};

// endReports(): Once nobody looks at them any more.
export const endReports = async () => (await taken)?.own.stop();
