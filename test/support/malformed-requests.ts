import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

const GIVE_UP_MS = 20_000;

/**
 * Sends bytes unchanged and reads until the server closes the connection or is silent after complete headers.
 * @returns the status; 0 if the connection was closed without a response
 */
export async function sendRaw(url: string, pieces: Iterable<string | Buffer>): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.setTimeout(GIVE_UP_MS, () => socket.destroy(new Error('no answer')));
  // The server may reject and close before everything is sent.
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    if (received.includes('\r\n\r\n')) socket.end();
  });
  const over = new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const piece of pieces) {
    if (received !== '' || socket.destroyed) break;
    if (!socket.write(piece)) await Promise.race([drained(socket), over]);
  }
  await closed;
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? 0);
}

const drained = (socket: Socket) => new Promise((resolve) => socket.once('drain', resolve));

const head = (...lines: string[]) =>
  ['POST /users/login HTTP/1.1', 'Host: a', 'Connection: close', 'Content-Type: application/json', ...lines].join(
    '\r\n',
  ) + '\r\n\r\n';
const whole = (body: string | Buffer, ...lines: string[]) => {
  const bytes = Buffer.from(body as string);
  return [head(`Content-Length: ${bytes.length}`, ...lines), bytes];
};
const get = (...lines: string[]) => [
  `GET /users/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join('\r\n')}\r\n\r\n`,
];

function* inPieces(size: number, count: number): Generator<string> {
  yield head('Transfer-Encoding: chunked');
  for (let i = 0; i < count; i++) yield `${size.toString(16)}\r\n${'a'.repeat(size)}\r\n`;
}

const BOMB = gzipSync(Buffer.alloc(20 * 1024 * 1024, ' '));

/** The bytes to send and the expected statuses. 0: Node closes the connection without a response. */
export const HOSTILE: [name: string, pieces: () => Iterable<string | Buffer>, statuses: number[]][] = [
  ['a body of 100 MB in pieces', () => inPieces(65_536, 1_600), [413, 0]],
  ['a body that says it is 100 MB', () => [head('Content-Length: 104857600'), 'a'], [413]],
  ['20 MB packed into 20 kB', () => whole(BOMB, 'Content-Encoding: gzip'), [413]],
  ['a packed body that is broken', () => whole('no gzip', 'Content-Encoding: gzip'), [400]],
  ['an unknown packing', () => whole('{}', 'Content-Encoding: compress'), [415]],
  ['17 kB of headers', () => get(`X-Long: ${'a'.repeat(17_000)}`), [431]],
  ['3,000 headers', () => get(...Array.from({ length: 3_000 }, (_, i) => `a${i}:`)), [401, 431]],
  ['half of a JSON', () => whole('{"username":"a","password":"'), [400]],
  ['bytes that are no UTF-8', () => whole(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), [400]],
  ['another character set', () => whole('{}', 'Content-Type: application/json; charset=koi8-r'), [415, 400]],
  ['30,000 brackets', () => whole('['.repeat(30_000)), [400]],
  ['30,000 levels', () => whole('['.repeat(30_000) + ']'.repeat(30_000)), [400]],
  ['a mark of byte order and nothing', () => whole('\ufeff'), [400]],
  ['a key twice', () => whole('{"username":"a","username":{"$ne":null},"password":"x"}'), [400]],
  ['__proto__', () => whole('{"__proto__":{"admin":true},"username":"abc","password":"x"}'), [400]],
  ['constructor', () => whole('{"constructor":{"prototype":{"admin":true}},"username":"abc","password":"x"}'), [400]],
  ['operators', () => whole('{"username":{"$gt":""},"password":{"$ne":null}}'), [400]],
  ['a cookie that cannot be decoded', () => get('Cookie: sid=%E0%A4%A'), [401]],
  ['a cookie with a wrong signature', () => get('Cookie: sid=s%3Aabc.def'), [401]],
  ['1,500 cookies', () => get(`Cookie: ${Array.from({ length: 1_500 }, (_, i) => `c${i}=1`).join('; ')}`), [401]],
  ['the same cookie often', () => get(`Cookie: ${'sid=s%3Aa.b; '.repeat(500)}`), [401]],
  ['a cookie of odd characters', () => get('Cookie: sid="\x80\xff; =; ;;; sid; __proto__=1'), [401, 400]],
  ['NUL in a header', () => get('X-Nul: a\x00b'), [400]],
  ['NUL in the address', () => ['GET /users/\x00 HTTP/1.1\r\nHost: a\r\n\r\n'], [400]],
  ['two lengths', () => [head('Content-Length: 2', 'Content-Length: 3'), '{}'], [400]],
  ['length and pieces', () => [head('Content-Length: 2', 'Transfer-Encoding: chunked'), '0\r\n\r\n'], [400]],
  ['a negative length', () => [head('Content-Length: -1')], [400]],
  ['no HTTP', () => ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'], [400, 0]],
  ['no Host', () => ['GET /users/me HTTP/1.1\r\n\r\n'], [400]],
];
