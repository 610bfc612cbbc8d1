// Pictures for tests: PNG of any size, with words hidden in them, or with more dots than they say.
import zlib from 'node:zlib';

function chunk(type, bytes) {
	const body = Buffer.concat([Buffer.from(type), bytes]);
	const all = Buffer.alloc(8);
	all.writeUInt32BE(bytes.length);
	all.writeUInt32BE(zlib.crc32 ? zlib.crc32(body) : crc(body), 4);
	return Buffer.concat([all.subarray(0, 4), body, all.subarray(4)]);
}
function crc(bytes) {
	let c = ~0;
	for (const b of bytes) {
		c ^= b;
		for (let i = 0; i < 8; i++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}
// png(wide, high, hidden, dots): ${hidden} stands in a comment; without ${dots} there are none behind the head.
export function png(wide, high = wide, hidden = '', dots = true) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(wide);
	head.writeUInt32BE(high, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * wide, 0x7f)]);
	const data = dots ? zlib.deflateSync(Buffer.concat(Array(high).fill(row))) : zlib.deflateSync(Buffer.alloc(10));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), ...(hidden ? [chunk('tEXt', Buffer.from(`Comment\0${hidden}`))] : []),
		chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
