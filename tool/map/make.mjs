// I make static/map.txt: the outlines of countries, small enough for an old phone, one line a
// country. From Natural Earth (public domain), by way of the package world-atlas.
//   cd tool/map && npm ci && node make.mjs > ../../static/map.txt
import fs from 'node:fs';
import { geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import iso from 'i18n-iso-countries';
import { feature } from 'topojson-client';

const WIDTH = 880;
const HEIGHT = 428;
const LEAST_AREA = 1.2; // smaller islands are left out, in square pixels
// States too small for an outline at this scale: a dot each.
const SMALL = new Set(('AD AG BH BB CV KM DM FM GD KI LI LC MV MH MT MU MC NR PW KN VC WS SM ST SC SG TO TV ' +
	'PS VA CK NU').split(' '));
// Parts that Natural Earth draws alone and that have no code of their own in ISO 3166.
const PART_OF = { 'N. Cyprus': 'CY', Somaliland: 'SO', Kosovo: 'XK' };

const atlas = (file) => {
	const world = JSON.parse(fs.readFileSync(new URL(`node_modules/world-atlas/${file}.json`, import.meta.url)));
	return feature(world, world.objects.countries).features.filter((f) => f.properties.name !== 'Antarctica');
};
const codeOf = (f) => (f.id && iso.numericToAlpha2(f.id)) || PART_OF[f.properties.name];
const coarse = atlas('countries-110m');
const fine = atlas('countries-50m');
const projection = geoEqualEarth().rotate([-11, 0])
	.fitExtent([[2, 2], [WIDTH - 2, HEIGHT - 2]], { type: 'FeatureCollection', features: coarse });
const draw = geoPath(projection);

const turn = ([ax, ay], [bx, by], [cx, cy]) => (cx - ax) * (by - ay) - (bx - ax) * (cy - ay);
const area = (ring) => ring.reduce((sum, [x, y], i) => {
	const [u, v] = ring[(i + 1) % ring.length];
	return sum + x * v - u * y;
}, 0) / 2;

// Whole pixels, without points that repeat or lie on a straight line.
function thin(ring) {
	const kept = [];
	for (const point of ring.map((xy) => xy.map(Math.round))) {
		const last = kept.at(-1);
		if (last && last[0] === point[0] && last[1] === point[1]) continue;
		if (kept.length > 1 && turn(kept.at(-2), last, point) === 0) kept.pop();
		kept.push(point);
	}
	if (kept.length > 1 && kept[0].join() === kept.at(-1).join()) kept.pop();
	return kept;
}

// A path in SVG's shortest words: one absolute point, then steps.
function words(ring) {
	const start = ring[0].join(' ');
	const steps = ring.slice(1).map(([x, y], i) => [x - ring[i][0], y - ring[i][1]]).flat();
	return `M${start}l${steps.map((n, i) => (i && n >= 0 ? ' ' : '') + n).join('')}z`;
}

function outline(f) {
	const rings = (draw(f) ?? '').split('M').slice(1)
		.map((ring) => thin(ring.replace('Z', '').split('L').map((p) => p.split(',').map(Number))));
	return rings.filter((r) => r.length > 2 && Math.abs(area(r)) >= LEAST_AREA).map(words).join('');
}

const lines = new Map();
for (const f of coarse) {
	const code = codeOf(f);
	if (!code) throw new Error(`no code for ${f.properties.name}`);
	const path = outline(f);
	if (path) lines.set(code, (lines.get(code) ?? '') + path);
}
const dot = (place) => {
	const [x, y] = projection(place).map(Math.round);
	return `${Math.min(WIDTH - 6, Math.max(6, x))} ${y}`;
};
for (const f of [...coarse, ...fine]) {
	const code = codeOf(f);
	if (!lines.has(code) && (SMALL.has(code) || coarse.includes(f))) lines.set(code, dot(geoCentroid(f)));
}
if (!lines.has('TV')) lines.set('TV', dot([179.2, -8.5])); // Tuvalu is in neither file

console.log(`# Outlines of countries for the world map, in the Equal Earth projection.
# Made by tool/map from Natural Earth, which is in the public domain (naturalearthdata.com).
# Borders, names and codes here do not mean that anyone endorses them; an office that must show
# other borders names a file of its own in BARAZA_MAP. See docs/data.md for the format.
size ${WIDTH} ${HEIGHT}`);
for (const [code, shape] of [...lines].sort()) console.log(`${code} ${shape}`);
