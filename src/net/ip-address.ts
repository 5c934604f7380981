import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** `203.0.113.7:4711`, `[2001:db8::1]:4711`: some proxies send the port too, and every connection has its own. */
const WITH_PORT = /^(?:\[([^\]]+)\](?::\d{1,5})?|(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5})$/;
/** NAT64 puts IPv4 addresses behind this prefix (RFC 6052). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * The IP address in the text of a proxy or a socket, without port and zone, in canonical form (RFC 5952). An IPv4 address that
 * is embedded in IPv6 (`::ffff:0:0/96`, `64:ff9b::/96`) becomes that IPv4 address.
 * @returns undefined for anything else
 */
export function parseIpAddress(text: string): string | undefined {
  return parse(text)?.toString();
}

/**
 * The network of a client, which rate limits use as its identity: an IPv4 address, or the /64 network of an IPv6 address,
 * because the owner of a network can use every address in it. All spellings of an address give the same text.
 * @returns undefined for anything else
 */
export function networkOf(text: string): string | undefined {
  const address = parse(text);
  if (!address) return undefined;
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`;
}

/** Whether a host is this machine. @param host a name or an IP address, IPv6 with or without brackets */
export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host);

function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const [, bracketed, withPort] = WITH_PORT.exec(text) ?? [];
  const [address = ''] = (bracketed ?? withPort ?? text).split('%');
  // ipaddr.js also reads `1.2.3` and octal parts; Node.js does not.
  if (isIP(address) === 0) return undefined;
  const parsed = ipaddr.process(address);
  const isNat64 = parsed.kind() === 'ipv6' && parsed.match(NAT64);
  return isNat64 ? new ipaddr.IPv4(parsed.toByteArray().slice(-4)) : parsed;
}
