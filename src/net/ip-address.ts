import { isIPv4, isIPv6 } from 'node:net';

/** `203.0.113.7:4711`, `[2001:db8::1]:4711`: some proxies tell the port too, and every connection has its own. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5})$/;
const MAPPED_IPV4 = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;

/**
 * The address in what a proxy tells of a client, or a socket: without port and zone, in the one spelling of it, and IPv4
 * where that came over IPv6.
 * @returns undefined for what is no address
 */
export function parseIpAddress(text: string): string | undefined {
  const [, bracketed, withPort] = WITH_PORT.exec(text) ?? [];
  const [address = ''] = (bracketed ?? withPort ?? text).split('%');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  // The URL parser knows all spellings of an address and writes the one.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = MAPPED_IPV4.exec(normal) ?? [];
  return high !== undefined && low !== undefined ? ipv4Of(high, low) : normal;
}

/**
 * What counts as one client: an IPv4 address, or the /64 network of an IPv6 one, as whoever has one address there has
 * them all. Every spelling of an address gives the same text.
 * @returns undefined for what is no address
 */
export function networkOf(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address && isIPv6(address) ? ipv6Network(address) : address;
}

/** @param host a name or an address, an IPv6 one in brackets or without: whether it is this very machine */
export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host);

function ipv6Network(address: string): string {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function ipv4Of(high: string, low: string): string {
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((pair) => [pair >> 8, pair & 255])
    .join('.');
}
