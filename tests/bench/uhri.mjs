// Writes a file of the shape of the Universal Human Rights Index's export, for tests: our own words,
// and the oddities of the real one. To stdout, as it goes:
//   node tests/bench/uhri.mjs HOW_MANY [BYTES_OF_TEXT] >FILE
// What it holds is known by arithmetic: see `oddity`.
const COUNTRIES = [['Albania', 'ALB'], ['Kenya', 'KEN'], ['Peru', 'PER'], ['Türkiye', 'TUR'], ["Côte d'Ivoire", 'CIV'], ['Viet Nam', 'VNM'], ['Jordan', 'JOR']];
const THEMES = ['Freedom of expression', 'Freedom of association', 'Access to justice', 'Human rights defenders', 'Equality'];
const uuid = (k) => `00000000-0000-4000-8000-${String(k).padStart(12, '0')}`;

// Which oddity record k has.
export function oddity(k) {
	if (k % 1000 === 999) return 'empty';
	if (k % 500 === 498) return 'no country'; // though the symbol tells it
	if (k % 400 === 397) return 'twice'; // the id of the record before
	if (k % 300 === 296) return 'type'; // is the id of something else
	if (k % 250 === 245) return 'nowhere'; // a country that is none
	return '';
}

export function record(k, bytes = 0) {
	const odd = oddity(k);
	if (odd === 'empty') return { AnnotationId: '', DocumentId: '', Symbol: '', Text: '', AnnotationType: '', Body: '', Countries: [], Regions: [], Themes: [], AffectedPersons: [], Sdgs: [],
		PublicationDate: null, PublicationDateOnUhri: null, UprCycle: '', UprSession: [], UprPositions: [], UprRecommendingCountry: [], UprRecommendingRegions: [] };
	const [country, iso] = COUNTRIES[k % COUNTRIES.length];
	const isUpr = k % 3 === 0;
	return {
		AnnotationId: uuid(odd === 'twice' ? k - 1 : k), DocumentId: uuid(1e9 + (k >> 5)),
		Symbol: isUpr ? `A/HRC/${10 + (k % 40)}/${1 + (k % 20)}` : `CEDAW/C/${iso}/CO/${1 + (k % 9)}`,
		Text: `<p>- Take step ${k} &amp; publish it&nbsp;soon.</p>${k % 11 ? '' : '<p>Más audiencias públicas.</p>'}${'Hold open hearings. '.repeat(bytes / 20)}`,
		AnnotationType: odd === 'type' ? uuid(k) : k % 5 ? '- Recommendations' : '- Concerns/Observations',
		Body: isUpr ? '- Universal Periodic Review' : '- CEDAW', Countries: odd === 'no country' ? [] : [odd === 'nowhere' ? '- Atlantis' : `- ${country}`], Regions: ['- Region'],
		Themes: [`- ${THEMES[k % 5]}`, `- ${THEMES[(k + 2) % 5]}`], AffectedPersons: k % 4 ? [] : ['- Women & girls'], Sdgs: k % 2 ? ['16.10 - Access to information'] : [],
		PublicationDate: `20${String(10 + (k % 15)).padStart(2, '0')}-0${1 + (k % 9)}-15T00:00:00`, PublicationDateOnUhri: '2025-01-01T00:00:00',
		UprCycle: isUpr ? '3' : '', UprSession: isUpr ? ['- 27'] : [], UprPositions: isUpr ? [k % 2 ? '- Supported' : '- Noted'] : [],
		UprRecommendingCountry: isUpr ? ['- Ghana'] : [], UprRecommendingRegions: [],
	};
}

export function* pieces(n, bytes = 0) {
	yield '[';
	for (let k = 0; k < n; k++) yield `${k ? ',\n' : '\n'}${JSON.stringify(record(k, bytes))}`;
	yield '\n]\n';
}

if (process.argv[1] === import.meta.filename) {
	const { Readable } = await import('node:stream');
	const { pipeline } = await import('node:stream/promises');
	await pipeline(Readable.from(pieces(Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 0))), process.stdout);
}
